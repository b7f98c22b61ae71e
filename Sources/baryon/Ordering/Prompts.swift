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

    mutating func ask(_ fields: [Field], _ isAsked: (Field) -> Bool = { _ in true }, isInBranch: Bool = false) throws {
        for field in fields where !field.isReadOnly {
            if case .section(let members, _) = field.kind, !field.isNullable {
                try ask(members, isAsked, isInBranch: isInBranch)
                if let others = field.othersField { try askEntries(of: others, besides: members.map(\.name)) }
            } else if isAsked(field), !schema.visible(inputs).hides(field.pointer) {
                try ask(field, isInBranch: isInBranch)
            }
        }
    }

    /// Asks for one field until nothing stands against the answer.
    private mutating func ask(_ field: Field, isInBranch: Bool) throws {
        if let help = field.help { Console.talk("  \(help)") }
        if let choices = Prompts.choices(of: field) { Console.talk("  \(choices)") }
        if field.isNullable { Console.talk("  \"none\" says that there is no value.") }
        // Validation fills no defaults inside a choice, so they are given.
        if isInBranch, inputs[field.pointer] == nil, let standard = field.defaultValue { give(standard, field) }
        while true {
            let before = inputs
            try askOnce(field)
            let faults = Prompts.faults(of: inputs, in: schema, at: field.pointer)
            if faults.isEmpty { return }
            for fault in faults { Console.talk("  \(fault.message)" + (fault.hint.map { " \($0)" } ?? "")) }
            inputs = before
        }
    }

    private mutating func askOnce(_ field: Field) throws {
        switch field.kind {
        case .table: try askItems(of: field)
        case .map(let entry, _) where entry.isOneLine: try askLines(of: field)
        case .map: try askEntries(of: field)
        case .branches(let branches): try askBranch(of: field, branches)
        case .section(let members, _): if try isWanted(field) { try ask(members) }
        case .multiline: try askText(field)
        case .text, .choice, .checks, .flag, .number, .list, .file, .secret, .yaml: try askLine(field)
        }
    }

    private mutating func askLine(_ field: Field) throws {
        let known = inputs[field.pointer] ?? field.defaultValue
        let shown = known.map { field.isSecret ? " [********]" : " [\(field.text(for: $0))]" } ?? ""
        let need = field.isRequired && known == nil ? " (required)" : ""
        let answer = try answer("\(field.label)\(need)\(shown): ", isHidden: field.isSecret)
        if field.isNullable, answer.lowercased() == "none" { return give(.null, field) }
        if case .file = field.kind, answer.hasPrefix("@") {
            return give(.string(try Prompts.bytes(of: String(answer.dropFirst()))), field)
        }
        if let value = field.value(from: answer) { give(value, field) }
    }

    mutating func give(_ value: Value, _ field: Field) {
        inputs = inputs.setting(field.pointer, to: value) ?? inputs
    }

    func answer(_ question: String, isHidden: Bool = false) throws -> String {
        guard let answer = isHidden ? Console.askHidden(question) : Console.ask(question) else { throw Stopped.refusal }
        return answer
    }

    private static func choices(of field: Field) -> String? {
        switch field.kind {
        case .choice(let options, _), .checks(let options):
            "One of: "
                + options.map { option in
                    let text = field.text(for: option.value)
                    return text == option.label ? text : "\(text) (\(option.label))"
                }.joined(separator: ", ")
        case .secret(let names): names.isEmpty ? nil : "One of: \(names.joined(separator: ", "))"
        case .flag: "One of: yes, no"
        case .file: "A file's path behind @, or base64."
        case .multiline: "Lines; an empty one ends."
        case .map(let entry, _) where entry.isOneLine: "NAME=value on each line; an empty one ends."
        case .yaml: "In YAML, on one line."
        case .number where !field.shortRange.isEmpty:
            "One of: \(field.shortRange.map(String.init).joined(separator: ", "))"
        case .text, .number, .list, .table, .section, .map, .branches: field.rule.map { "Allowed: \($0)" }
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
