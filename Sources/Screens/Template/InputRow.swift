import Catalog
import Engine
import Schemas
import Terminal

/// One row of a template's tab Inputs: a part's heading, an input, or an output.
enum InputRow: Sendable {
    case heading(SafeText, SafeText)
    case field(Field, depth: Int)
    case output(Output)

    static func all(of version: VersionDetail) -> [InputRow] {
        var rows: [InputRow] = []
        for part in TemplateVersion.Part.allCases {
            guard let schema = version.schemas[part] else { continue }
            let fields = schema.form().fields
            rows.append(
                .heading(SafeText(untrusted: part.rawValue.uppercased()), Words.count(fields.count, "input")))
            rows += fields.flatMap { flat($0, depth: 1) }
        }
        for part in TemplateVersion.Part.allCases {
            guard let outputs = version.outputs[part], !outputs.isEmpty else { continue }
            let title = SafeText(untrusted: "\(part.rawValue.uppercased()) OUTPUTS")
            rows.append(.heading(title, Words.count(outputs.count, "output")))
            rows += outputs.map(InputRow.output)
        }
        return rows
    }

    private static func flat(_ field: Field, depth: Int) -> [InputRow] {
        [.field(field, depth: depth)] + (depth < 6 ? field.members.flatMap { flat($0, depth: depth + 1) } : [])
    }

    /// Name, type, default, rules.
    var cells: [Line] {
        switch self {
        case .heading(let title, let note): return [Line(title, .header), Line(note, .dim), Line(), Line()]
        case .field(let field, let depth):
            var name = Line(untrusted: String(repeating: "  ", count: depth - 1) + field.name)
            if field.isRequired { name.append(" *", .warn) }
            return [
                name, Line(untrusted: FieldWords.type(field), .dim), Line(untrusted: FieldWords.standard(field), .info),
                Line(untrusted: FieldWords.rule(field), .dim),
            ]
        case .output(let output):
            return [
                Line(untrusted: output.key), Line(), Line(untrusted: output.value, .info),
                Line(untrusted: output.note, .dim),
            ]
        }
    }

    func lines(width: Int) -> [Line] {
        switch self {
        case .heading(let title, let note): return [Panes.heading(title, note)]
        case .field(let field, _): return FieldWords.lines(field, width: width)
        case .output(let output):
            let note = output.note.isEmpty ? Line("Known once it is deployed.", .dim) : Line(untrusted: output.note)
            return [Line(untrusted: output.key, .header)] + note.wrapped(to: width)
        }
    }
}
