import Catalog
import Engine
package import Terminal

extension AdoptionPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        if let work { return draw(work, in: rect, on: &surface) }
        return isChoosing
            ? drawConnections(in: rect, on: &surface) : drawStacks(in: rect, on: &surface)
    }

    // MARK: Connections

    private func drawConnections(in rect: Rect, on surface: inout Surface) -> Point? {
        var rest = rect
        if rest.height >= 12 { _ = rest.takeTop(1) }
        func put(_ lines: [Line]) {
            for line in lines { surface.draw(line, in: rest.takeTop(1).inset(1, 0)) }
        }
        let width = max(10, rect.width - 2)
        let known = connections.isEmpty
        put(
            (Line(known ? "No connection goes to an account yet." : "Which account is to be looked at?", .header))
                .wrapped(to: width))
        put(
            Line(
                known
                    ? "Stacks that run already are looked for in an account and region. Add a connection to it:"
                    : "Stacks with Proton's tags are matched to the catalog's templates. It reads only.", .dim
            ).wrapped(to: width))
        if known {
            put(Line("baryon connection add NAME --account DIGITS --region NAME", .info).wrapped(to: width))
        }
        if let fault { put([Line()] + Words.faults(fault, width: width)) }
        if let words = takenWords { put([Line()] + words.wrapped(to: width)) }
        guard !known else { return nil }
        if rest.height > 4 { _ = rest.takeTop(1) }
        let all = connections
        return Table(
            [
                Column("CONNECTION", 10, upTo: 30, elision: .middle), Column("ACCOUNT", 12),
                Column("REGION", 9, upTo: 16),
                Column("ROLE", 8, upTo: 40, priority: 1, elision: .middle),
            ], count: all.count, id: { all[$0].name }
        ) {
            let place = Place(all[$0])
            return [
                Line(untrusted: place.connection, .accent), Line(untrusted: place.account),
                Line(untrusted: place.region),
                Line(untrusted: place.role.split(separator: "/").last.map(String.init) ?? "-", .dim),
            ]
        }.draw(chosen, in: rest, on: &surface)
    }

    /// What was taken in before, the worst first.
    private var takenWords: Line? {
        guard let taken, !taken.isEmpty else { return nil }
        let counts = AdoptionRow.order.compactMap { verdict -> String? in
            let count = taken.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        return Line("Taken in and not deployed since: ") + Line(untrusted: counts.joined(separator: ", "), .info)
            + Line(": c shows them", .dim)
    }

    // MARK: What goes on

    private func draw(_ work: AdoptionWork, in rect: Rect, on surface: inout Surface) -> Point? {
        var rest = rect.inset(1, 0)
        if rest.height >= 12 { _ = rest.takeTop(1) }
        surface.draw(Line(untrusted: work.title, .header).truncated(to: rest.width), in: rest.takeTop(1))
        if rest.height >= 8 { _ = rest.takeTop(1) }
        let bar = rest.takeTop(1)
        ProgressBar(done: progress.done, total: progress.total)
            .draw(in: Rect(bar.x, bar.y, min(60, bar.width), 1), on: &surface)
        let words = work.isCancelled ? "ending" : progress.words.isEmpty ? "starting" : progress.words
        let line = Line(untrusted: words, .run) + Line("   \(Words.count(progress.calls, "call"))", .dim)
        surface.draw(line.truncated(to: rest.width), in: rest.takeTop(1))
        return nil
    }

    // MARK: Stacks

    private func drawStacks(in rect: Rect, on surface: inout Surface) -> Point? {
        let layout = layout(rect)
        return layout.draw(reader, previewLines(width:), on: &surface) { surface in
            let typing = browser.drawFilter(in: layout.head, lead, on: &surface)
            let cursor = tree.draw(
                state, columns: columns, in: layout.list, on: &surface, hasHeader: tree.count > 0 && !layout.isLow,
                isFocused: !reader.isOpen, empty: emptyText, cells: cells)
            return typing ?? cursor
        }
    }

    func layout(_ rect: Rect) -> ReadingLayout { ReadingLayout(rect, preview: 48) }

    private var lead: Line {
        let found = browser.rows.count { $0.found != nil }
        var line = Line(untrusted: "\(found) found", .header)
        line.append("  \(browser.rows.count - found) taken in", .dim)
        if let others = scan?.inventory.others.count, others > 0 { line.append("  \(others) of others", .dim) }
        return line
    }

    private var emptyText: SafeText {
        if !browser.filter.isEmpty { return "No stack has these words." }
        return "No stack there has Proton's tags and is not taken in: c goes to the connections."
    }

    private var columns: [Column] {
        let template = browser.rows.reduce(8) { max($0, $1.templateWords.utf8.count) }
        return [
            Column("TARGET", 14, upTo: 36, elision: .middle),
            Column("TEMPLATE", min(12, template), upTo: min(34, template), priority: 1, elision: .middle),
            Column("DIFFER", 6, .right, priority: 2), Column("STATE", 9, upTo: 40),
        ]
    }

    private func cells(_ node: AdoptionTree.Node) -> [Line] {
        switch node.item {
        case .group(let verdict, let places):
            var line = Line(
                SafeText(untrusted: verdict.rawValue.uppercased()), Style(verdict.style.role, .bold))
            line.append("  \(places.count)", .text)
            line.append("  " + verdict.meaning, .dim)
            let count = places.count { state.marks.contains(browser.rows[$0].id) }
            return [count == 0 ? line : line + Line("  \(count) marked", .mark)]
        case .row(let place):
            let row = browser.rows[place]
            let count = row.changes.count
            return [
                browser.highlighted(row.target.title), Line(untrusted: row.templateWords, .dim),
                Line(count == 0 ? "-" : "\(count)", count == 0 ? .dim : .warn), row.state,
            ]
        }
    }
}
