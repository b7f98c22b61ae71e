/// Text that is read: wrapped or cut, and scrolled.
package struct TextPane: Sendable {
    package struct State: Hashable, Sendable {
        package var top = 0
        /// Columns scrolled away on the left; only while `wraps` is off.
        package var left = 0
        package var wraps = true

        package init() {}

        /// Scrolls by the keys that move in lists; `height` rows of the pane are on the screen.
        package mutating func move(_ move: Move, rows: Int, height: Int) {
            let last = max(0, rows - height)
            switch move {
            case .first: top = 0
            case .last: top = last
            case .up, .down, .pageUp, .pageDown, .halfUp, .halfDown:
                top = min(last, move.target(from: min(top, last), count: max(1, rows), page: height))
            }
        }
    }

    package let lines: [Line]

    package init(_ lines: [Line]) {
        self.lines = lines
    }

    package init(untrusted text: String, _ style: Style = .text) {
        lines = SafeText.lines(untrusted: text).map { Line($0, style) }
    }

    /// The rows that the text takes at a width.
    package func rows(width: Int, wraps: Bool = true) -> [Line] {
        wraps ? lines.flatMap { $0.wrapped(to: width) } : lines
    }

    package func draw(_ state: State, in rect: Rect, on surface: inout Surface) {
        let rows = rows(width: rect.width, wraps: state.wraps)
        let shown = Window(top: state.top).visible(height: rect.height, count: rows.count, selected: nil)
        var rest = rect
        for row in shown {
            let line = state.wraps ? rows[row] : rows[row].scrolled(by: state.left, to: rect.width)
            surface.draw(line, in: rest.takeTop(1))
        }
    }
}

extension Line {
    /// The part that is seen when text is scrolled sideways, with an ellipsis where more follows.
    func scrolled(by left: Int, to columns: Int) -> Line {
        guard left > 0 else { return truncated(to: columns) }
        return clipped(from: left, columns: Int.max).truncated(to: columns)
    }
}
