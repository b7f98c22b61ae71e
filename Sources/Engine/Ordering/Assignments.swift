package import Catalog
package import Documents
package import Schemas

extension Engine {
    /// Sets inputs as they were typed.
    ///
    /// What the schema can't take as that type stays text and is found by validation; unknown names are findings.
    package static func assign(
        _ assignments: [InputAssignment], to inputs: Value, _ schema: Schema
    ) -> (inputs: Value, findings: [Finding]) {
        var inputs = inputs
        var findings: [Finding] = []
        let names = schema.inputs.map(\.name)
        let form = schema.form()
        for assignment in assignments {
            let steps = assignment.input.split(separator: ".").map(String.init)
            guard let first = steps.first, names.contains(first) else {
                findings.append(
                    Finding(
                        "input.unknown", "There is no input \"\(assignment.input)\" in this version.",
                        hint: Spelling.nearest(to: assignment.input, among: names).map { "Did you mean \($0)?" }
                            ?? "It has \(names.joined(separator: ", "))."
                    )
                )
                continue
            }
            let pointer = Pointer(steps)
            // A number that is none of the choices is told as such, and not as a text.
            let typed =
                form.field(at: pointer).flatMap { Self.value(from: assignment.text, $0) }
                ?? Number(json: assignment.text).map(Value.number) ?? .string(assignment.text)
            if let changed = inputs.setting(pointer, to: typed) {
                inputs = changed
            } else {
                findings.append(
                    Finding(
                        "input.path",
                        "\"\(assignment.input)\" must lead into an object or a list, but leads elsewhere.",
                        hint: "Set \(first) as a whole."
                    )
                )
            }
        }
        return (inputs, findings)
    }

    /// A secret is named as `secret:NAME`; anything else there is refused as what it may be, the secret itself.
    private static func value(from text: String, _ field: Field) -> Value? {
        guard case .secret = field.kind else { return field.value(from: text) }
        let prefix = "secret:"
        if text.hasPrefix(prefix) { return field.value(from: String(text.dropFirst(prefix.count))) }
        return text.hasPrefix("{") ? field.value(from: text) : .string(text)
    }
}
