import Catalog
import Documents
import Engine
package import Terminal

extension InboxPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let layout = layout(rect)
        return layout.draw(reader, previewLines(width:), on: &surface) { surface in
            let typing = browser.drawFilter(in: layout.head, lead(desk, width: layout.head.width), on: &surface)
            let cursor = tree.draw(
                state, columns: columns, in: layout.list, on: &surface, hasHeader: tree.count > 0 && !layout.isLow,
                isFocused: !reader.isOpen, empty: emptyText(desk), cells: cells)
            return typing ?? cursor
        }
    }

    func layout(_ rect: Rect) -> ReadingLayout { ReadingLayout(rect, preview: 48) }

    private func lead(_ desk: Desk, width: Int) -> Line {
        var line = Line("by \(SafeText(untrusted: grouping.rawValue))", .header)
        line.append("  open \(browser.rows.count)", .dim)
        let owner = Owners.word(desk, showsAll: showsAll)
        if !owner.isEmpty, line.width + owner.width + 12 < width { line = line + Line("  ") + owner }
        return line
    }

    private func emptyText(_ desk: Desk) -> SafeText {
        if !browser.filter.isEmpty { return "No update has these words." }
        return Owners.isMine(desk, showsAll: showsAll)
            ? "Nothing of yours is recommended: a shows everybody's."
            : "Nothing is recommended: everything runs what it should."
    }

    package var note: Line {
        let marked = marked
        guard !marked.isEmpty else { return Line() }
        let known = marked.compactMap { risks[$0] }
        let isSafe = known.count == marked.count && known.allSatisfy { $0 == .safe }
        return Line("\(marked.count) marked\(isSafe ? ", all safe" : "")", isSafe ? .ok : .mark)
    }

    // MARK: Rows

    private var columns: [Column] {
        let longest = browser.rows.reduce(0) { max($0, $1.environment.utf8.count) }
        let move = browser.rows.reduce(0) { max($0, $1.from.description.count + $1.to.description.count + 3) }
        return [
            Column("TARGET", 18, upTo: 40, elision: .middle),
            Column("ENV", 4, upTo: min(20, max(4, longest)), priority: 3, elision: .middle),
            Column("STAGE", 5, upTo: 5, priority: 4), Column("MOVE", 9, upTo: min(15, max(9, move)), priority: 2),
            Column("STEP", 5, upTo: 5, priority: 1), Column("RISK", 9, upTo: 10),
        ]
    }

    private func cells(_ node: InboxTree.Node) -> [Line] {
        switch node.item {
        case .group(let title, let moves):
            var line = Line(untrusted: title, .header)
            line.append("  \(Words.count(moves.count, "update"))", .dim)
            return [line + markedWord(moves)]
        case .step(let from, let to, let step, let moves):
            var line = Line(untrusted: "\(from) → \(to)", .text)
            line = line + Line("  ") + InboxPage.word(of: step)
            line.append("  \(Words.count(moves.count, "target"))", .dim)
            if let risk = risk(of: moves) { line = line + Line("  ") + risk.word }
            return [line + markedWord(moves)]
        case .move(let place):
            let move = browser.rows[place]
            return [
                browser.highlighted(move.target.title),
                Line(untrusted: move.environment.isEmpty ? "-" : move.environment, .dim),
                move.target.kind == .pipeline ? Line("-", .dim) : Words.stage(move.stage),
                Line(untrusted: "\(move.from) → \(move.to)"), InboxPage.word(of: move.step),
                risks[move].map(\.word) ?? Line("-", .faint),
            ]
        }
    }

    /// The worst of those below, once all are known.
    private func risk(of places: [Int]) -> Risk? {
        let known = places.compactMap { risks[browser.rows[$0]] }
        return known.count == places.count ? known.min() : nil
    }

    private func markedWord(_ places: [Int]) -> Line {
        guard !state.marks.isEmpty else { return Line() }
        let count = places.count { state.marks.contains(browser.rows[$0].id) }
        return count == 0 ? Line() : Line("  \(count) marked", .mark)
    }

    static func word(of step: Recommendation.Step) -> Line {
        switch step {
        case .major: Line("MAJOR", .fail)
        case .minor: Line("minor", .info)
        case .back: Line("back", .warn)
        }
    }
}
