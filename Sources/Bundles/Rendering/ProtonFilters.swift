import Documents
import Jinja

/// Proton's four filters: environment variables, policies, and the check for harmless text.
enum ProtonFilters {
    static let all: [String: CustomFilter] = [
        "proton_cfn_ecs_task_definition_formatted_env_vars": CustomFilter(taskVariables),
        "proton_cfn_lambda_function_formatted_env_vars": CustomFilter(functionVariables),
        "proton_cfn_iam_policy_arns": CustomFilter(policies),
        "proton_cfn_sanitize": CustomFilter(sanitize),
    ]

    @Sendable private static func taskVariables(_ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> Value {
        var lines: [String] = []
        for (key, value) in try members(call) {
            lines.append("- Name: \(YAMLText.inline(.string(key)))")
            lines.append("  Value: \(try text(of: value, call))")
        }
        return indented(lines, call)
    }

    @Sendable private static func functionVariables(_ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> Value {
        var lines: [String] = []
        for (key, value) in try members(call) {
            lines.append("\(YAMLText.inline(.string(key))): \(try text(of: value, call))")
        }
        return indented(lines, call)
    }

    /// Values that are no policies are left out, as the service did.
    @Sendable private static func policies(_ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> Value {
        indented(try members(call).compactMap { $0.value.string }.filter(isPolicy).map { "- \($0)" }, call)
    }

    @Sendable private static func sanitize(_ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> Value {
        guard let value = call.value, let text = value.string else {
            throw CustomFilter.Refusal("proton_cfn_sanitize must get text, but gets \(call.value?.kind ?? "nothing").")
        }
        guard isPlainWord(text) || isARN(text) else { throw illegal(text, orARN: true) }
        return value
    }

    // MARK: Parts

    private static func members(_ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> Object {
        guard let object = call.value?.object else {
            throw CustomFilter.Refusal(
                "The filter must get an object, such as outputs, but gets \(call.value?.kind ?? "nothing").")
        }
        return object
    }

    private static func text(of value: Value, _ call: CustomFilter.Call) throws(CustomFilter.Refusal) -> String {
        let raw = call.named["raw"] ?? call.arguments.first ?? true
        let bare = value.string ?? value.json()
        if raw == false, !isPlainWord(bare) { throw illegal(bare, orARN: false) }
        return YAMLText.inline(value)
    }

    /// Later lines start below the placeholder's first brace; plain Jinja would start them at the margin.
    private static func indented(_ lines: [String], _ call: CustomFilter.Call) -> Value {
        .string(lines.joined(separator: "\n" + String(repeating: " ", count: call.column)))
    }

    private static func illegal(_ text: String, orARN: Bool) -> CustomFilter.Refusal {
        CustomFilter.Refusal(
            "Illegal character(s) detected in \"\(text)\". Must match regex ^[a-zA-Z0-9_-]*$"
                + (orARN ? " or be a valid ARN" : ""),
            hint: "Use letters, digits, _ and - in this value.")
    }

    private static func isPlainWord(_ text: String) -> Bool {
        text.utf8.allSatisfy(isWordByte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isLetterOrHyphen(_ byte: UInt8) -> Bool {
        isWordByte(byte) && !(0x30...0x39).contains(byte) && byte != UInt8(ascii: "_")
    }

    /// `arn:partition:service:region:account:resource`, printable and without spaces.
    private static func isARN(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].elementsEqual("arn".utf8), !parts[1].isEmpty, !parts[2].isEmpty,
            !parts[5].isEmpty
        else { return false }
        let isNamed = parts[1...4].allSatisfy { $0.allSatisfy(isWordByte) }
        return isNamed && parts[5].allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'`\\{}<>".utf8.contains($0) }
    }

    /// `^arn:[a-zA-Z-]+:iam::\d{12}:policy/`
    private static func isPolicy(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return false }
        return parts[0].elementsEqual("arn".utf8) && !parts[1].isEmpty && parts[1].allSatisfy(isLetterOrHyphen)
            && parts[2].elementsEqual("iam".utf8) && parts[3].isEmpty && parts[4].count == 12
            && parts[4].allSatisfy { (0x30...0x39).contains($0) } && parts[5].starts(with: "policy/".utf8)
    }
}
