internal import CloudFormation
internal import Documents
internal import Foundation

/// Takes secrets out of what a tool said, before anything is kept or shown of it.
package struct Redaction: Sendable {
    /// The longest first, so that none is left in part.
    private var secrets: [String] = []

    /// Variables of the environment that hold secrets.
    private static let variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]

    init(environment: [String: String]) {
        // A short one would blacken half of every sentence, and be guessed by that.
        add(Self.variables.compactMap { environment[$0] }.filter { $0.utf8.count >= 6 })
    }

    /// Hides what a process was given to keep to itself, however short it is, and as tools write it in other ways.
    package init(_ values: [SecretValue]) {
        add(values.flatMap { Self.forms(of: $0.text) })
    }

    /// Adds the values of the parameters that the job's template declares as hidden.
    mutating func hide(_ parameters: Object, of template: Template?) {
        for parameter in template?.parameters ?? [] where parameter.isHidden {
            if let text = parameters[parameter.name].flatMap(ScalarText.of), text.utf8.count >= 6 { add([text]) }
        }
    }

    private mutating func add(_ texts: [String]) {
        secrets = Set(secrets + texts.filter { !$0.isEmpty }).sorted {
            ($1.utf8.count, $0) < ($0.utf8.count, $1)
        }
    }

    package func clean(_ text: String) -> String {
        var text = text
        for secret in secrets where text.contains(secret) { text = text.replacing(secret, with: "(secret)") }
        return text
    }

    /// Itself and each of its lines; in JSON, in a URL, in base64 wherever it begins in what is encoded, in hexadecimal.
    private static func forms(of text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        return ([text] + (lines.count > 1 ? lines.filter { $0.utf8.count >= 6 } : [])).flatMap { text in
            let bytes = Array(text.utf8)
            let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
            let url = text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let base64 = (0..<3).compactMap { encoded(bytes, behind: $0) }
            return [text, String(Value.string(text).json().dropFirst().dropLast()), url, hex, hex.uppercased()]
                + base64 + base64.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
        }
    }

    /// The letters that stand for `bytes` alone when others come before and behind; `nil` where these are too few.
    private static func encoded(_ bytes: [UInt8], behind count: Int) -> String? {
        let letters = Array(Data([UInt8](repeating: 0, count: count) + bytes).base64EncodedString())
        let first = (count * 8 + 5) / 6
        let end = (count + bytes.count) * 8 / 6
        guard end - first >= 4 else { return nil }
        return String(letters[first..<min(end, letters.count)])
    }
}
