import Catalog
import Documents
import Engine
import Schemas

/// Line prompts made from a form: one question a field, the default in brackets.
struct Prompts {
    var schema: Schema
    /// What is known so far; the answers are added.
    var inputs: Value

    static func isYes(_ answer: String) -> Bool { ["y", "yes"].contains(answer.lowercased()) }

    /// Asks for every field that `isAsked` lets through.
    mutating func fill(_ form: Form, only isAsked: (Field) -> Bool = { _ in true }) throws {
        if let help = form.help { Console.talk(help) }
        for group in form.groups {
            if let title = group.title { Console.talk("\n\(title)") }
            try ask(group.fields, isAsked)
        }
    }

    private mutating func ask(_ fields: [Field], _ isAsked: (Field) -> Bool) throws {
        for field in fields where !field.isReadOnly {
            if case .section(let members, _) = field.kind {
                try ask(members, isAsked)
            } else if isAsked(field), !schema.visible(inputs).hides(field.pointer) {
                try ask(field)
            }
        }
    }

    private mutating func ask(_ field: Field) throws {
        if let help = field.help { Console.talk("  \(help)") }
        if let choices = Prompts.choices(of: field) { Console.talk("  One of: \(choices)") }
        let known = inputs[field.pointer] ?? field.defaultValue
        while true {
            let shown = known.map { " [\(field.text(for: $0))]" } ?? ""
            let need = field.isRequired && known == nil ? " (required)" : ""
            guard let answer = Console.ask("\(field.label)\(need)\(shown): ") else { throw Stopped.refusal }
            let value = field.value(from: answer)
            let changed = value.flatMap { inputs.setting(field.pointer, to: $0) } ?? inputs
            let faults = Prompts.faults(of: changed, in: schema, at: field.pointer)
            if faults.isEmpty {
                inputs = changed
                return
            }
            for fault in faults { Console.talk("  \(fault.message)" + (fault.hint.map { " \($0)" } ?? "")) }
        }
    }

    private static func choices(of field: Field) -> String? {
        switch field.kind {
        case .choice(let options, _), .checks(let options):
            options.map { option in
                let text = field.text(for: option.value)
                return text == option.label ? text : "\(text) (\(option.label))"
            }.joined(separator: ", ")
        case .flag: "yes, no"
        case .text, .multiline, .number, .list, .table, .section, .map, .branches, .file, .secret, .yaml: field.rule
        }
    }

    /// What the schema has against the value at `pointer`, below it, or its absence.
    static func faults(of inputs: Value, in schema: Schema, at pointer: Pointer) -> [Finding] {
        schema.validate(schema.filled(inputs)).filter { finding in
            let place = finding.focus ?? finding.pointer ?? Pointer()
            return place.steps.starts(with: pointer.steps)
        }
    }
}
