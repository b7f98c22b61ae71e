import Documents
import Schemas

/// What holds for the schema of a bundle without infrastructure: its inputs are outputs, and those are text.
enum CustomerManagedRule {
    static func findings(_ schema: SchemaFile) -> [Finding] {
        guard let entry = schema.types[.environment] else { return [] }
        let document = schema.document
        func type(_ kind: SchemaFile.InputType) -> Pointer { Pointer(["schema", kind.rawValue]) }
        var findings = [
            Finding(
                "bundle.customerManaged", .note,
                "The bundle has a schema and no infrastructure, so its environments are customer-managed: what the schema calls inputs are the outputs that services read.",
                hint: "Add infrastructure/manifest.yaml and a template where something is to be made.",
                place: document.place(of: type(.environment)), pointer: type(.environment))
        ]
        for kind in SchemaFile.InputType.allCases where kind != .environment && schema.types[kind] != nil {
            findings.append(
                Finding(
                    "bundle.customerManaged",
                    "The schema of a customer-managed environment must name environment_input_type alone, but names \(kind.rawValue).",
                    hint: "Remove the line.", place: document.keyPlace(of: type(kind)), pointer: type(kind)))
        }
        let defaults = entry.schema.filled(.object(Object()))
        for input in entry.schema.inputs {
            func report(_ sentence: String, _ hint: String) {
                findings.append(
                    Finding(
                        "bundle.customerManaged", sentence, hint: hint,
                        place: document.keyPlace(of: input.pointer), pointer: input.pointer))
            }
            if input.type != .string {
                let found = input.type.map { "is \($0.words)" } ?? "has no type"
                report(
                    "A value of a customer-managed environment must be text, but \(input.name) \(found).",
                    "Write type: string; templates turn text into what they need.")
            }
            if entry.schema.isSecretReference(at: [input.name]) {
                report(
                    "A value of a customer-managed environment must be one to be seen, but \(input.name) is a secret.",
                    "Declare it in the services that use it: what services read of an environment is kept and shown.")
            }
            if defaults[input.name] != nil {
                report(
                    "A value of a customer-managed environment must have no default, but \(input.name) has one.",
                    "Remove the default: each environment says its own values.")
            }
        }
        return findings
    }
}
