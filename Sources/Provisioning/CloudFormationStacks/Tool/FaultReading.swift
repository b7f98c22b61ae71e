/// Reads what the `aws` tool said into a fault.
struct FaultReading {
    /// What the call was about, to fill sentences with.
    struct Context: Sendable {
        var profile: String?
        var stack = ""
        var role = ""
        var bucket = ""
    }

    let context: Context

    /// - Parameter talk: What the tool wrote on standard error, without secrets.
    func fault(code exit: Int, talk: String) -> AWSFault {
        let said = Said(talk)
        let lower = talk.lowercased()
        let row = FaultTable.rows.first { row in
            row.codes.contains(said.code)
                || row.texts.contains { parts in parts.allSatisfy { lower.contains($0) } }
        }
        let words = words(of: said)
        guard let row else {
            let detail = said.message.isEmpty ? "it ended with code \(exit) and said nothing" : said.message
            return AWSFault(
                .other, "The AWS CLI could not do it: \(Self.ended(detail))",
                hint: "Read the deployment's log.", code: said.code, detail: said.message)
        }
        return AWSFault(
            row.kind, fill(row.reason, words), hint: fill(row.hint, words), code: said.code, detail: said.message)
    }

    private func words(of said: Said) -> [String: String] {
        let profile = context.profile ?? ""
        return [
            "detail": Self.ended(said.message), "operation": said.operation, "stack": context.stack,
            "role": context.role,
            "bucket": context.bucket.isEmpty ? "A bucket" : "The connection's bucket \(context.bucket)",
            "profile": profile.isEmpty ? "" : " --profile \(profile)",
            "profileNote": profile.isEmpty ? "" : " for the profile \(profile)",
            "action": said.action.isEmpty
                ? (said.operation.isEmpty ? "to do this" : "to call \(said.operation)") : said.action,
            "resource": said.resource.isEmpty ? "" : " on \(said.resource)",
        ]
    }

    private func fill(_ text: String, _ words: [String: String]) -> String {
        guard text.contains("{") else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += words[String(rest[rest.index(after: open)..<close])] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// With one full stop.
    static func ended(_ text: String) -> String {
        let end = text.last { !$0.isWhitespace } ?? "."
        return ".!?".contains(end) ? text : text + "."
    }

    /// The parts of what the tool said.
    private struct Said {
        var code = ""
        var operation = ""
        var message = ""
        var action = ""
        var resource = ""

        init(_ talk: String) {
            let lines = talk.split(whereSeparator: \.isNewline).map { line in
                String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
            }
            // An error occurred (Code) when calling the Operation operation: message
            if let index = lines.lastIndex(where: { $0.contains("An error occurred (") }) {
                let line = lines[index]
                code = Self.between("(", ")", in: line)
                operation = Self.between("when calling the ", " operation", in: line)
                let parts = line.components(after: " operation")
                let tail = parts.hasPrefix(":") ? String(parts.dropFirst()) : Self.after("): ", in: parts)
                message = ([tail] + lines[(index + 1)...]).joined(separator: " ")
            } else {
                let told = lines.filter { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("usage:") }
                message = told.suffix(3).joined(separator: " ")
            }
            message = String(message.trimmed.prefix(600))
            action = Self.between("to perform: ", " ", in: message + " ")
            resource = Self.between("on resource: ", " ", in: message + " ")
        }

        private static func between(_ start: String, _ end: String, in text: String) -> String {
            let rest = text.components(after: start)
            guard let range = rest.firstRange(of: end) else { return "" }
            return String(rest[..<range.lowerBound])
        }

        private static func after(_ start: String, in text: String) -> String {
            let rest = text.components(after: start)
            return rest.isEmpty ? text : rest
        }
    }
}

extension String {
    /// What follows the first `mark`; empty where there is none.
    fileprivate func components(after mark: String) -> String {
        firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? ""
    }

    fileprivate var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
