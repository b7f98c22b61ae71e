package import Documents
package import Schemas

/// What a `schema.yaml` declares: the types of the inputs of a template.
package struct SchemaFile: Sendable {
    package enum InputType: String, Hashable, Sendable, CaseIterable {
        case environment = "environment_input_type"
        case service = "service_input_type"
        case pipeline = "pipeline_input_type"
    }

    package struct TypeEntry: Sendable {
        package let name: String
        package let schema: Schema
        /// Where the type's schema object stands in the document.
        package let pointer: Pointer
    }

    package let document: Document
    package let types: [InputType: TypeEntry]
    package let findings: [Finding]

    init(_ document: Document) {
        self.document = document
        var reader = Reader(document: document)
        types = reader.read()
        findings = reader.findings
    }

    private struct Reader {
        let document: Document
        var findings: [Finding] = []

        init(document: Document) { self.document = document }

        mutating func report(
            _ message: String, hint: String, at pointer: Pointer, _ severity: Finding.Severity = .error
        ) {
            findings.append(
                Finding(
                    "schema.file", severity, message, hint: hint, place: document.place(of: pointer), pointer: pointer))
        }

        mutating func read() -> [InputType: TypeEntry] {
            let root = Pointer(["schema"])
            guard case .object(let top)? = document.value[root] else {
                report(
                    "The file must hold an object under schema, but does not.",
                    hint: "Start with schema: format: openapi: \"3.0.0\".", at: root)
                return [:]
            }
            checkFormat(top, at: root)
            guard case .object(let declared)? = top["types"] else {
                report(
                    "A schema must declare its input types under types, but does not.", hint: "Add types.", at: root)
                return [:]
            }
            var types: [InputType: TypeEntry] = [:]
            var isNameMissing = false
            for kind in InputType.allCases {
                guard let value = top[kind.rawValue] else { continue }
                let pointer = root.appending(kind.rawValue)
                guard let name = value.string else {
                    report("\(kind.rawValue) must be text, but is \(value.kind).", hint: "Name a type.", at: pointer)
                    continue
                }
                guard declared[name] != nil else {
                    let names = declared.keys.joined(separator: ", ")
                    report(
                        "\(kind.rawValue) must name a declared type, but \(name) is none.",
                        hint: names.isEmpty ? "Declare it under types." : "Name one of: \(names).", at: pointer)
                    isNameMissing = true
                    continue
                }
                let typePointer = Pointer(["schema", "types", name])
                let schema = Schema(document, root: typePointer, strictness: .lenient)
                findings += schema.findings
                types[kind] = TypeEntry(name: name, schema: schema, pointer: typePointer)
            }
            if isNameMissing {
                // The type that was meant is one of those that nothing names: its faults are told in the same go.
                let named = Set(types.values.map(\.name))
                for name in declared.keys where !named.contains(name) {
                    let root = Pointer(["schema", "types", name])
                    for finding in Schema(document, root: root, strictness: .lenient).findings
                    where !findings.contains(finding) { findings.append(finding) }
                }
            }
            if types.isEmpty, findings.allSatisfy({ $0.severity != .error }) {
                report(
                    "A schema must name environment_input_type or service_input_type, but names neither.",
                    hint: "Add the line that fits the template's kind.", at: root)
            }
            return types
        }

        private mutating func checkFormat(_ top: Object, at root: Pointer) {
            let pointer = root.appending("format").appending("openapi")
            guard let format = document.value[pointer] else {
                report(
                    "A schema must say format.openapi, but does not.", hint: "Add format: openapi: \"3.0.0\".",
                    at: root,
                    .warning)
                return
            }
            let text = format.string ?? format.json()
            if !text.hasPrefix("3.0") {
                report(
                    "format.openapi must be 3.0.0, but is \(text).", hint: "Write openapi: \"3.0.0\".", at: pointer,
                    .warning)
            }
        }
    }
}
