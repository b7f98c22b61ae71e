import Catalog
import Documents
import Engine
import Terminal

/// What is said about the selected stack, whole: the reader scrolls it.
extension AdoptionPage {
    func previewLines(width: Int) -> [Line] {
        guard let row = selected else { return groupLines(width: width) }
        let title = Line(untrusted: row.target.title, .header) + Line(untrusted: "  \(row.templateWords)")
        var lines = title.wrapped(to: width)
        lines.append(Line(untrusted: row.stack, .dim).truncated(to: width, .middle))
        lines.append(Line())
        lines += Panes.fact("STATE", row.state, width: 8).wrapped(to: width, indent: 8)
        if !row.missing.isEmpty {
            lines += Line("        w writes the inventory to complete it", .dim).wrapped(to: width, indent: 8)
        }
        for (label, text) in [("WHY", row.cause), ("NOTE", row.found?.note ?? "")] where !text.isEmpty {
            lines += Panes.fact(SafeText(untrusted: label), Line(untrusted: text), width: 8)
                .wrapped(to: width, indent: 8)
        }
        if let found = row.found { lines += inputLines(found, width: width) }
        let changes = row.changes
        guard !changes.isEmpty else { return lines }
        lines += [Line(), Panes.heading("AN UPDATE WOULD CHANGE", "\(changes.count)")]
        for change in changes { lines += InboxPage.lines(of: change, width: width) }
        return lines
    }

    private func inputLines(_ stack: ScannedStack, width: Int) -> [Line] {
        guard !stack.inputs.isEmpty else { return [] }
        let guesses = stack.inputs.count(where: \.isGuess)
        var heading = Panes.heading("INPUTS", "\(stack.inputs.count)")
        if guesses > 0 { heading.append("  \(guesses) only a sample", .warn) }
        return [Line(), heading]
            + stack.inputs.flatMap { input in
                let value = Line(untrusted: "  \(input.name)  ", .dim) + Line(Words.value(input.value))
                return (value + Line("  ") + AdoptionWords.origin(input.origin)).wrapped(to: width, indent: 4)
            }
    }

    private func groupLines(width: Int) -> [Line] {
        guard case .group(let verdict, let places)? = selectedNode?.item else { return [] }
        let rows = places.map { browser.rows[$0] }
        let title = Line(untrusted: verdict.rawValue, Style(verdict.style.role, .bold))
        var lines = (title + Line(": " + verdict.meaning)).wrapped(to: width) + [Line()]
        for (label, count) in [
            ("ready", rows.count { $0.found?.isComplete == true }),
            ("incomplete", rows.count { $0.found?.isComplete == false }),
            ("taken in", rows.count { $0.found == nil }),
        ] {
            lines.append(Panes.fact(SafeText(untrusted: label), Line("\(count)", count == 0 ? .dim : .text), width: 12))
        }
        return lines + [Line()]
            + Line("Space marks all of them, Enter folds, A takes in what is ready.", .dim)
            .wrapped(to: width)
    }
}
