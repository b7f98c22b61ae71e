import Terminal

/// Where everything of a review stands: two columns from 100 columns on, else one above the other.
struct ReviewLayout {
    var facts: Rect
    var lines: [Line]
    var why: Rect
    var rule: Rect?
    var tabs: Rect
    var pane: Rect

    /// - Parameters:
    ///   - isWriting: Whether the reason needs its row even where the screen is low.
    ///   - isWhole: Whether the pane needs the whole width.
    ///   - make: The facts for a width and, at most, a height.
    init(_ rect: Rect, isWriting: Bool, isWhole: Bool, facts make: (_ width: Int, _ limit: Int) -> [Line]) {
        var rest = rect
        if rect.width >= 100, !isWhole {
            let panes = Panes.split(rect, preview: 70)
            facts = panes.list.inset(1, 0)
            _ = facts.takeTop(1)
            why = facts.takeBottom(2).row(0)
            rule = panes.rule
            rest = panes.preview ?? rect
            _ = rest.takeTop(1)
            lines = make(facts.width, facts.height)
        } else {
            let isLow = rect.height < 14
            lines = make(rect.width - 2, isLow ? 4 : max(5, rect.height * 2 / 5))
            facts = rest.takeTop(min(lines.count, rect.height - 4)).inset(1, 0)
            why = rest.takeTop(isLow && !isWriting ? 0 : 1).inset(1, 0)
            rule = isLow ? nil : rest.takeTop(1)
            rest = rest.inset(1, 0)
        }
        tabs = rest.takeTop(1)
        if rect.width >= 100, !isWhole { _ = rest.takeTop(1) }
        pane = rest
    }
}
