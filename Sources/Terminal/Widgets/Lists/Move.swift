/// A step through rows, the same in every list, table, tree and text.
package enum Move: Hashable, Sendable {
    case up, down, pageUp, pageDown, halfUp, halfDown, first, last

    /// The movement that a key stands for everywhere: `j k`, arrows, `g G`, `Ctrl-D Ctrl-U`, PgUp PgDn, Home End.
    package init?(_ key: KeyEvent) {
        switch key {
        case "j", "Down": self = .down
        case "k", "Up": self = .up
        case "g", "Home": self = .first
        case "G", "End": self = .last
        case "Ctrl-D": self = .halfDown
        case "Ctrl-U": self = .halfUp
        case "PgDn", "Ctrl-F": self = .pageDown
        case "PgUp", "Ctrl-B": self = .pageUp
        default: return nil
        }
    }

    /// Where the movement leads from row `index` of `count`, with `page` rows on the screen.
    package func target(from index: Int, count: Int, page: Int) -> Int {
        let page = max(1, page)
        let wanted =
            switch self {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .halfUp: index - max(1, page / 2)
            case .halfDown: index + max(1, page / 2)
            case .first: 0
            case .last: count - 1
            }
        return max(0, min(count - 1, wanted))
    }
}

/// Which rows of many are on the screen.
package struct Window: Hashable, Sendable {
    /// The first row shown, as far as there are rows behind it.
    package var top = 0

    package init(top: Int = 0) {
        self.top = top
    }

    /// The rows to draw, so that `selected` is among them and no room is left empty.
    package func visible(height: Int, count: Int, selected: Int?) -> Range<Int> {
        guard height > 0, count > 0 else { return 0..<0 }
        var first = min(max(0, top), max(0, count - height))
        if let selected, selected < count {
            first = min(first, max(0, selected))
            first = max(first, selected - height + 1)
        }
        return first..<min(count, first + height)
    }

    /// Remembers what is shown, so that the list scrolls only when the selection would leave it.
    package mutating func follow(height: Int, count: Int, selected: Int?) {
        top = visible(height: height, count: count, selected: selected).lowerBound
    }
}
