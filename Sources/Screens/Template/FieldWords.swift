import Documents
import Schemas
import Terminal

/// How an input is described to somebody who reads a template.
enum FieldWords {
    /// The type in a few words: `text`, `whole number`, `one of 4`, `list of text`.
    static func type(_ field: Field) -> String {
        switch field.kind {
        case .text(let format): format.map { "text, \($0.rawValue)" } ?? "text"
        case .multiline: "lines of text"
        case .choice(let options, _): options.count == 1 ? "one value" : "one of \(options.count)"
        case .checks(let options): "some of \(options.count)"
        case .flag: "yes or no"
        case .number(let entry): entry.isInteger ? "whole number" : "number"
        case .list(let item, _): "list of \(type(item))"
        case .table: "list of rows"
        case .section: "group"
        case .map(let entry, _): "map of \(type(entry))"
        case .branches(let branches): "one of \(branches.count) forms"
        case .file: "a file"
        case .secret: "name of a secret"
        case .yaml: "YAML"
        }
    }

    /// What may be answered, in short words.
    static func rule(_ field: Field) -> String {
        if case .choice(let options, _) = field.kind {
            return options.map { field.text(for: $0.value) }.joined(separator: " ")
        }
        return field.rule ?? field.hint ?? ""
    }

    static func standard(_ field: Field) -> String {
        guard let value = field.defaultValue else { return field.isRequired ? "" : "-" }
        let text = field.text(for: value)
        return text.isEmpty ? "''" : text.replacing("\n", with: " ")
    }

    /// All about one input.
    static func lines(_ field: Field, width: Int) -> [Line] {
        var head = Line(untrusted: field.label, .header)
        if field.isRequired { head.append("  must be answered", .warn) }
        if field.isDeprecated { head.append("  deprecated", .warn) }
        var lines = head.wrapped(to: width)
        if let help = field.help { lines += [Line()] + Line(untrusted: help).wrapped(to: width) }
        var facts: [(SafeText, String)] = [("name", field.pointer.steps.joined(separator: ".")), ("type", type(field))]
        if let value = field.defaultValue { facts.append(("default", field.text(for: value))) }
        if let rule = field.rule { facts.append(("rule", rule)) }
        if let hint = field.hint { facts.append(("form", hint)) }
        if let pattern = field.pattern { facts.append(("pattern", pattern)) }
        if let unit = field.unit { facts.append(("unit", unit)) }
        if let placeholder = field.placeholder { facts.append(("example", placeholder)) }
        if let page = field.externalDocs { facts.append(("more", page)) }
        lines.append(Line())
        for (label, text) in facts where !text.isEmpty {
            lines += Panes.fact(label, Line(untrusted: text), width: 10).wrapped(to: width, indent: 10)
        }
        if case .choice(let options, _) = field.kind {
            for (index, option) in options.enumerated() {
                let text = field.text(for: option.value)
                let line = Line(untrusted: text == option.label ? text : "\(text)  \(option.label)")
                lines += Panes.fact(index == 0 ? "one of" : "", line, width: 10).wrapped(to: width, indent: 10)
            }
        }
        return lines
    }
}
