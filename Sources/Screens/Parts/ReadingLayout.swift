import Terminal

/// A list under a line of its own, and the text about the selected row: beside the list, below it, or in its place.
struct ReadingLayout {
    /// The line above the list.
    let head: Rect
    let list: Rect
    /// Where the text stands.
    let reading: Rect
    /// Whether there is room for both.
    let hasBoth: Bool
    let isLow: Bool
    private let rule: Rect?

    /// - Parameter share: Of 120 columns, those of the text.
    init(_ rect: Rect, preview share: Int) {
        let panes = Panes.split(rect, preview: share)
        isLow = rect.height < 12
        var list = panes.list
        if !isLow { _ = list.takeTop(1) }
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        if !isLow { _ = list.takeTop(1) }
        (self.head, self.list, rule, hasBoth) = (head, list, panes.rule, panes.preview != nil)
        var reading = panes.preview ?? rect.inset(1, 0)
        if hasBoth, rect.width >= 100 {
            _ = reading.takeTop(1)
            _ = reading.takeRight(1)
        }
        self.reading = reading
    }

    /// Draws what fits of the list and the text.
    ///
    /// - Parameters:
    ///   - lines: The text, for a width.
    ///   - drawList: Draws the line and the list, and gives the cursor.
    func draw(
        _ reader: Reader, _ lines: (_ width: Int) -> [Line], on surface: inout Surface,
        list drawList: (inout Surface) -> Point?
    ) -> Point? {
        if reader.isOpen, !hasBoth {
            reader.draw(lines(reading.width), in: reading, on: &surface)
            return nil
        }
        let cursor = drawList(&surface)
        Panes.drawRule(rule, on: &surface)
        if hasBoth { reader.draw(lines(reading.width), in: reading, on: &surface) }
        return cursor
    }
}
