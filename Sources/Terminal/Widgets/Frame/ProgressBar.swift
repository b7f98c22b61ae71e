/// How far something is, as a bar between brackets.
package struct ProgressBar: Sendable {
    package var done: Int
    package var total: Int

    package init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }

    /// Draws over the first row of `rect`; an empty total is an empty bar.
    package func draw(in rect: Rect, on surface: inout Surface) {
        guard rect.width >= 3, rect.height > 0 else { return }
        let room = rect.width - 2
        let share = total > 0 ? min(max(0, done), total) : 0
        // Full only when all is done, and never empty once something is.
        var filled = total > 0 ? room * share / total : 0
        if share > 0, filled == 0 { filled = 1 }
        surface.draw("[", in: rect, .border)
        surface.fill(Rect(rect.x + 1, rect.y, filled, 1), .accent, with: Glyph.full)
        surface.fill(Rect(rect.x + 1 + filled, rect.y, room - filled, 1), .faint, with: Glyph.empty)
        surface.draw("]", in: Rect(rect.right - 1, rect.y, 1, 1), .border)
    }
}
