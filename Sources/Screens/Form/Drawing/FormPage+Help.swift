import Documents
import Schemas
import Terminal

/// What is known about the focused field.
extension FormPage {
    func drawHelp(in rect: Rect, on surface: inout Surface) {
        let lines = helpLines(width: rect.width)
        let top = min(helpTop, max(0, lines.count - rect.height))
        Panes.draw(Array(lines.dropFirst(top)), in: rect, on: &surface)
        if lines.count - top > rect.height, rect.height > 2 {
            let more = rect.row(rect.height - 1)
            surface.fill(more)
            surface.draw(Line("Ctrl-Down", .accent) + Line(" more", .dim), in: more)
        }
    }

    private func helpLines(width: Int) -> [Line] {
        let entry = model[model.focus]
        let field = entry.field
        var blocks: [[Line]] = []
        var title = Line(untrusted: field.label, .header).wrapped(to: width)
        if field.isRequired { title.append(Line("required", .warn)) }
        if let rule = field.rule { title += Line(untrusted: rule, .dim).wrapped(to: width) }
        blocks.append(title)
        if field.isDeprecated { blocks.append([Line("deprecated: on its way out", .warn)]) }
        if let note = entry.note { blocks.append(Line(untrusted: note, .info).wrapped(to: width)) }
        if let help = field.help { blocks.append(Line(untrusted: help).wrapped(to: width)) }
        if let hint = field.hint { blocks.append(Line(untrusted: hint, .dim).wrapped(to: width)) }
        blocks.append(facts(entry, width: width))
        blocks.append(options(entry))
        blocks.append(Line(entry.manner.use, .faint).wrapped(to: width))
        return Array(blocks.filter { !$0.isEmpty }.joined(separator: [Line()]))
    }

    /// Default, example, and where the answer stands in the spec.
    private func facts(_ entry: FormModel.Entry, width: Int) -> [Line] {
        let field = entry.field
        var facts: [(SafeText, String)] = []
        if let value = field.defaultValue, !field.isSecret { facts.append(("default", entry.shown(value))) }
        if let value = entry.standard, !field.isSecret { facts.append(("default", entry.shown(value))) }
        if let example = field.placeholder { facts.append(("example", example)) }
        if let counts = counts(entry) { facts.append(counts) }
        if let unit = field.unit { facts.append(("unit", unit)) }
        if !(model.sections[model.focus.section].kind == .head || entry.part == 0 && isInstance) {
            facts.append(("in the spec", field.pointer.steps.joined(separator: ".")))
        }
        if let docs = field.externalDocs { facts.append(("see", docs)) }
        return facts.flatMap { name, text in
            (Line(name + "  ", .dim) + Line(untrusted: text.isEmpty ? "''" : text)).wrapped(to: width, indent: 2)
        }
    }

    /// How many items there are.
    private func counts(_ entry: FormModel.Entry) -> (SafeText, String)? {
        switch entry.widget {
        case .rows, .table: ("items", String(entry.rowCount))
        case .pairs: ("entries", String(entry.rowCount))
        case _: nil
        }
    }

    private var isInstance: Bool { model.sections[model.focus.section].kind == .instance }

    /// One a line, the current one marked; long lists open with a key.
    private func options(_ entry: FormModel.Entry) -> [Line] {
        switch entry.widget {
        case .branch(let input): return options(input.choice)
        case .choice(let choice, _), .list(let choice, _): return options(choice)
        case .yaml:
            guard case .branches(let branches) = entry.field.kind else { return [] }
            return [Line("one of", .dim)] + branches.map { Line(untrusted: "  \($0.title)", .dim) }
        case .line, .number, .masked, .text, .check, .checks, .rows, .pairs, .table, .page, .none: return []
        }
    }

    private func options(_ choice: Choice) -> [Line] {
        let shown = Window().visible(height: 12, count: choice.options.count, selected: choice.selected)
        var lines = shown.map { index in
            let isCurrent = index == choice.selected
            return Line(isCurrent ? "▸ " : "  ", .accent)
                + Line(untrusted: choice.options[index], isCurrent ? .text : .dim)
        }
        if shown.count < choice.options.count {
            lines.append(Line("  \(choice.options.count - shown.count) more", .faint))
        }
        return lines
    }

    /// The same in five rows, for narrow screens.
    func drawHelpBelow(in rect: Rect, on surface: inout Surface) {
        let entry = model[model.focus]
        let field = entry.field
        var title = Line(untrusted: field.label, .header)
        if field.isRequired { title.append("  required", .warn) }
        if let rule = field.rule { title = title + Line(untrusted: "  \(rule)", .dim) }
        var lines = [title]
        if let help = field.help { lines += Line(untrusted: help).wrapped(to: rect.width).prefix(2) }
        if let hint = field.hint { lines.append(Line(untrusted: hint, .dim)) }
        var facts = Line()
        if let value = field.defaultValue, !field.isSecret {
            facts = facts + Line(untrusted: "default \(entry.shown(value))   ", .dim)
        }
        if let example = field.placeholder { facts = facts + Line(untrusted: "example \(example)", .dim) }
        if !facts.isEmpty { lines.append(facts) }
        if field.options.count > 2 {
            lines.append(Line(untrusted: field.options.map(\.label).joined(separator: " | "), .dim))
        }
        lines += Line(entry.manner.use, .faint).wrapped(to: rect.width)
        Panes.draw(lines, in: rect, on: &surface)
    }
}
