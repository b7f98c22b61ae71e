internal import CloudFormation
internal import Documents

/// Takes secrets out of what a tool said, before anything is kept or shown of it.
struct Redaction: Sendable {
    /// The longest first, so that none is left in part.
    private var secrets: [String] = []

    /// Variables of the environment that hold secrets.
    private static let variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]

    init(environment: [String: String]) {
        add(Self.variables.compactMap { environment[$0] })
    }

    /// Adds the values of the parameters that the job's template declares as hidden.
    mutating func hide(_ parameters: Object, of template: Template?) {
        for parameter in template?.parameters ?? [] where parameter.isHidden {
            if let text = parameters[parameter.name].flatMap(ScalarText.of) { add([text]) }
        }
    }

    private mutating func add(_ texts: [String]) {
        // A short one would blacken half of every sentence, and be guessed by that.
        secrets = (secrets + texts.filter { $0.utf8.count >= 6 }).sorted { $0.utf8.count > $1.utf8.count }
    }

    func clean(_ text: String) -> String {
        var text = text
        for secret in secrets where text.contains(secret) { text = text.replacing(secret, with: "(secret)") }
        return text
    }
}
