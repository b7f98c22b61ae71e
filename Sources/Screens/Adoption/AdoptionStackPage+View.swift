import Catalog
import Engine
package import Terminal

extension AdoptionStackPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let stack else { return nil }
        let areas = areas(rect)
        Panes.draw(facts(stack, width: areas.facts.width), in: areas.facts, on: &surface)
        Tabs(
            [
                "\(Tab.differences.rawValue) \(differences.count)".safe,
                "\(Tab.inputs.rawValue) \(stack.inputs.count)".safe,
            ], selected: tab == .differences ? 0 : 1
        ).draw(in: areas.tabs, on: &surface)
        if let foot = areas.foot {
            surface.drawHorizontalRule(Rect(foot.x, foot.y, foot.width, 1))
            var inner = foot.inset(1, 0)
            _ = inner.takeTop(1)
            Panes.draw(footLines(width: inner.width), in: inner, on: &surface)
        }
        return tab == .differences
            ? differenceTable.draw(list, in: areas.list, on: &surface)
            : inputTable(stack).draw(list, in: areas.list, on: &surface)
    }

    private func areas(_ rect: Rect) -> (facts: Rect, tabs: Rect, list: Rect, foot: Rect?) {
        var rest = rect
        let isLow = rect.height < 14
        if !isLow { _ = rest.takeTop(1) }
        let facts = rest.takeTop(isLow ? 1 : min(6, stack.map { self.facts($0, width: rect.width - 2).count } ?? 0))
            .inset(1, 0)
        if !isLow { _ = rest.takeTop(1) }
        let tabs = rest.takeTop(1).inset(1, 0)
        if !isLow { _ = rest.takeTop(1) }
        let foot = isLow ? nil : rest.takeBottom(min(10, max(6, rect.height / 3)))
        return (facts, tabs, rest, foot)
    }

    func listArea(_ rect: Rect) -> Rect { areas(rect).list }

    private func facts(_ stack: ScannedStack, width: Int) -> [Line] {
        let verdict = Line(untrusted: stack.verdict.rawValue, Style(stack.verdict.style.role, .bold))
        let head = verdict + Line(untrusted: "  \(row.templateWords)  ") + row.state
        var lines = [
            head.truncated(to: width), Line(untrusted: "stack \(stack.stack)", .dim).truncated(to: width, .middle),
        ]
        for text in [stack.cause, stack.note] where !text.isEmpty {
            lines += Line(untrusted: text).wrapped(to: width)
        }
        return lines
    }

    // MARK: Tables

    private var differenceTable: Table<Int> {
        let all = differences
        let kind = all.contains { $0.change.kind == .mayReplace } ? 13 : 9
        return Table(
            [
                Column("CHANGE", kind), Column("WHERE", 24, upTo: 60, elision: .middle),
                Column("STACK", 10, upTo: 40, priority: 1, elision: .middle),
                Column("TEMPLATE", 8, upTo: 40, priority: 2, elision: .middle),
                Column("LINE", 5, .right, priority: 3),
            ], count: all.count, id: { $0 },
            empty: stack?.verdict == .clean ? "It is as its template makes it." : "Nobody can tell what differs."
        ) { index in
            let difference = all[index]
            let line = difference.place.map { $0.templateLine ?? $0.line }
            return [
                Words.change(difference.change.kind), Line(untrusted: difference.name),
                Self.value(difference.old, .removed), Self.value(difference.new, .added),
                Line(untrusted: line.map(String.init) ?? "-", .dim),
            ]
        }
    }

    private func inputTable(_ stack: ScannedStack) -> Table<Int> {
        let inputs = stack.inputs
        let name = inputs.reduce(5) { max($0, $1.name.utf8.count) }
        let value = inputs.reduce(5) { max($0, Words.value($1.value).width) }
        return Table(
            [
                Column("INPUT", min(12, name), upTo: min(34, name), elision: .middle),
                Column("VALUE", min(12, value), upTo: min(60, value), elision: .middle),
                Column("FROM", 12, upTo: 60, priority: 1, elision: .middle),
            ], count: inputs.count, id: { $0 },
            empty: stack.version == nil ? "No version could be told, and so no inputs." : "It takes no inputs."
        ) { index in
            let input = inputs[index]
            return [
                Line(untrusted: input.name), Line(Words.value(input.value)), AdoptionWords.origin(input.origin),
            ]
        }
    }

    private static func value(_ text: String?, _ style: Style, none: SafeText = "-") -> Line {
        text.map { Line(untrusted: $0, style) } ?? Line(none, .dim)
    }

    // MARK: The selected row in full

    private func footLines(width: Int) -> [Line] {
        if let input {
            return Line(untrusted: input.name, .header).wrapped(to: width)
                + Panes.fact("value", Line(Words.value(input.value)), width: 10).wrapped(to: width, indent: 10)
                + Panes.fact("from", AdoptionWords.origin(input.origin), width: 10).wrapped(to: width, indent: 10)
        }
        guard let difference else { return [] }
        let change = difference.change
        let head =
            Words.change(change.kind) + Line("  ") + Line(untrusted: difference.name, .header)
            + Line(untrusted: "  \(change.type)", .dim)
        var lines = head.wrapped(to: width)
        if difference.cause != nil {
            lines += Panes.fact("stack", Self.value(difference.old, .removed, none: "nothing"), width: 10).wrapped(
                to: width, indent: 10)
            lines += Panes.fact("template", Self.value(difference.new, .added, none: "nothing"), width: 10)
                .wrapped(to: width, indent: 10)
        } else {
            let words: SafeText =
                change.kind == .add
                ? "the template makes it, the stack has none" : "the stack has it, the template makes none"
            lines += Line(words).wrapped(to: width)
        }
        if let input = difference.cause?.input {
            lines += Panes.fact("input", Line(untrusted: input, .info), width: 10).wrapped(to: width, indent: 10)
        }
        if let place = difference.place {
            lines += Panes.fact("line", Line(untrusted: place.text, .link), width: 10).wrapped(to: width, indent: 10)
        }
        if !change.explanation.isEmpty { lines += Line(untrusted: change.explanation, .dim).wrapped(to: width) }
        return lines
    }
}

extension AdoptionStackPage.Difference {
    /// What the stack has; `nil` where it has nothing there.
    var old: String? { cause == nil && change.kind == .remove ? change.type : cause?.old }
    /// What the template makes.
    var new: String? { cause == nil && change.kind == .add ? change.type : cause?.new }
}

extension String {
    fileprivate var safe: SafeText { SafeText(untrusted: self) }
}
