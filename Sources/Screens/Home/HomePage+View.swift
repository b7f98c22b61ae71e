import Catalog
import Engine
package import Terminal

extension HomePage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let overview else { return nil }
        var left = rect
        if rect.width >= 100 {
            let right = left.takeRight(rect.width * 52 / 120)
            surface.drawVerticalRule(left.takeRight(1))
            _ = left.takeRight(1)
            var inner = right
            _ = inner.takeLeft(1)
            _ = inner.takeTop(1)
            Panes.draw(
                fleetLines(overview, desk, width: inner.width - 1, height: inner.height), in: inner, on: &surface)
        } else if rect.height >= 16, !isNew {
            var foot = left.takeBottom(3)
            _ = foot.takeTop(1)
            let area = foot.inset(1, 0)
            Panes.draw(shortFleet(overview, width: area.width), in: area, on: &surface)
        }
        _ = left.takeLeft(1)
        if rect.height >= 12 { _ = left.takeTop(1) }
        return drawRows(overview, in: left, on: &surface, desk)
    }

    /// Whether nothing was ordered yet.
    private var isNew: Bool {
        rows.isEmpty && overview?.counts.values.allSatisfy { $0.total == 0 } ?? false
            && !(overview?.counts.isEmpty ?? true) && overview?.recent.isEmpty ?? false
    }

    // MARK: Left: what needs somebody, and what runs

    private func drawRows(_ overview: Overview, in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rest = rect
        let gap = rect.height >= 12 ? 1 : 0
        let owner = Owners.word(desk, showsAll: showsAll)
        drawHeading("NEEDS YOU", overview.attention.count, owner, in: rest.takeTop(1), on: &surface)
        _ = rest.takeTop(gap)
        if isNew {
            let isMine = Owners.isMine(desk, showsAll: showsAll)
            let lines = HomePage.welcome(overview, isMine: isMine).flatMap {
                $0.wrapped(to: max(1, rest.width - 2), indent: $0.spans.count > 1 ? 5 : 2)
            }
            Panes.draw(lines, in: rest, on: &surface)
            return nil
        }
        // What runs keeps its place below, whatever number of rows stands above.
        var flight = Rect(rest.x, rest.bottom, rest.width, 0)
        if !overview.running.isEmpty {
            let wanted = min(overview.running.count, max(1, rest.height / 3)) + 1 + 2 * gap
            let above = max(1, overview.attention.count)
            if above + wanted <= rest.height {
                flight = Rect(
                    rest.x, rest.y + above, rest.width, min(rest.height - above, overview.running.count + 1 + 2 * gap))
                rest.height = above
            } else {
                flight = rest.takeBottom(min(wanted, max(0, rest.height - 1)))
            }
        }
        let top = drawAttention(overview, in: rest, on: &surface, desk)
        guard flight.height > gap + 1 else { return top }
        _ = flight.takeTop(gap)
        drawHeading("IN FLIGHT", overview.running.count, Line(), in: flight.takeTop(1), on: &surface)
        _ = flight.takeTop(gap)
        return drawFlight(overview, in: flight, on: &surface, desk) ?? top
    }

    private func drawHeading(
        _ title: SafeText, _ count: Int, _ note: Line, in row: Rect, on surface: inout Surface
    ) {
        var line = Line(title, .header)
        if !note.isEmpty { line = line + Line("  ") + note }
        surface.draw(line.truncated(to: max(0, row.width - 8)), in: row)
        surface.drawRight(Line("\(count) ", .dim), in: row)
    }

    private func drawAttention(
        _ overview: Overview, in rect: Rect, on surface: inout Surface, _ desk: Desk
    ) -> Point? {
        let items = overview.attention
        if items.isEmpty {
            surface.draw(
                Line(
                    Owners.isMine(desk, showsAll: showsAll)
                        ? "  Nothing of yours: a shows everybody's." : "  Nothing.", .dim
                ).truncated(to: rect.width), in: rect)
            return nil
        }
        let longest = items.reduce(0) { max($0, $1.title.utf8.count) }
        let shown = Window(top: 0).visible(
            height: rect.height, count: items.count, selected: min(list.index, items.count - 1))
        var rest = rect
        var cursor: Point?
        for index in shown {
            let row = rest.takeTop(1)
            surface.draw(attentionLine(items[index], title: longest, width: row.width - 6), in: row)
            surface.drawRight(Line(desk.age(of: items[index].at) + " ", .dim), in: row)
            if index == list.index { cursor = select(row, on: &surface) }
        }
        return cursor
    }

    private func attentionLine(_ item: Overview.Attention, title longest: Int, width: Int) -> Line {
        let (glyph, word) = HomePage.words(of: item.kind)
        let isNarrow = width < 54
        let named = glyph + Line(" ") + (isNarrow ? Line(untrusted: item.title) : word)
        if isNarrow {
            return Line.columns([.init(named, max(10, width - 14), .left, .middle), .init(word, 12, .left, .middle)])
                .truncated(to: width)
        }
        let title = min(max(14, longest), max(14, (width - 18) * 3 / 5))
        return Line.columns([
            .init(named, 14, .left, .middle), .init(Line(untrusted: item.title), title, .left, .middle),
            .init(Line(untrusted: item.detail, .dim), 200, .left, .middle),
        ]).truncated(to: width)
    }

    private func drawFlight(_ overview: Overview, in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let count = overview.running.count
        let selected = list.index - overview.attention.count
        let shown = Window(top: 0).visible(
            height: rect.height, count: count, selected: selected >= 0 ? min(selected, count - 1) : nil)
        var rest = rect
        var cursor: Point?
        for index in shown {
            let row = rest.takeTop(1)
            drawRunning(overview.running[index], in: row, on: &surface, desk)
            if index == selected { cursor = select(row, on: &surface) }
        }
        return cursor
    }

    private func drawRunning(_ deployment: Deployment, in row: Rect, on surface: inout Surface, _ desk: Desk) {
        var rest = row
        surface.drawRight(
            Line(desk.age(of: deployment.startedAt ?? deployment.createdAt) + " ", .dim), in: rest.takeRight(7))
        let state = rest.takeRight(min(24, rest.width / 2))
        let sign = deployment.phase == .inProgress ? Line("> ", .run) : Line(". ", .wait)
        surface.draw(
            (sign + Line(untrusted: deployment.target.title)).truncated(to: max(0, rest.width - 1), .middle), in: rest)
        guard let progress = progress[deployment.id] else {
            surface.draw(Words.phase(of: deployment), in: state)
            return
        }
        var bar = state
        let number = Line("\(progress.done)/\(progress.total)", .text)
        surface.drawRight(number, in: bar.takeRight(7))
        ProgressBar(done: progress.done, total: progress.total).draw(in: bar, on: &surface)
    }

    private func select(_ row: Rect, on surface: inout Surface) -> Point {
        surface.restyle(row, .selection)
        return Point(row.x, row.y)
    }

    static func words(of kind: Overview.Kind) -> (glyph: Line, word: Line) {
        switch kind {
        case .failed: (Line("!", .fail), Line("failed", .fail))
        case .stuck: (Line("!", .fail), Line("stuck", .fail))
        case .uncertain: (Line("?", .warn), Line("uncertain", .warn))
        case .major: (Line("^", .warn), Line("MAJOR update", .warn))
        case .minor: (Line("^", .info), Line("minor update", .info))
        case .back: (Line("v", .warn), Line("go back", .warn))
        case .specDrift: (Line("~", .warn), Line("not applied", .warn))
        case .join: (Line("+", .info), Line("to deploy", .info))
        case .draft: (Line(".", .dim), Line("draft", .text))
        }
    }

    /// What a new workspace says: where to begin, and with which keys.
    static func welcome(_ overview: Overview, isMine: Bool) -> [Line] {
        func key(_ key: SafeText, _ text: SafeText) -> Line {
            Line([Span("  ", .text), Span(key, .accent), Span("  ", .text), Span(text, .text)])
        }
        let first: Line =
            isMine
            ? Line("  Nothing is yours yet: a shows everybody's.", .text) : Line("  Nothing is ordered yet.", .text)
        return [
            first, Line(), Line("  Two steps lead to something that runs:", .text), Line(),
            key("1", "Order an environment: + opens the catalog, and there + opens the form."),
            key("2", "Then order a service into it, in the same way."), Line(),
            key("+", "the catalog, with \(Words.count(overview.templateCount, "template"))"),
            key("?", "the keys of the screen you are on"), key(":", "every command, screen and thing by name"), Line(),
            Line("  The connection local rehearses: it creates nothing in a cloud.", .dim),
        ]
    }
}
