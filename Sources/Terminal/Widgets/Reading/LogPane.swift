/// Lines that keep arriving; what is shown, and how, are independent settings.
package struct LogPane: Sendable {
    /// The newest lines; older ones are dropped and counted.
    package private(set) var lines: [LogLine] = []
    package private(set) var droppedCount = 0
    package var follows = true
    package var wraps = false
    /// Only lines that contain all its words.
    package var filter = ""
    /// Only lines that tell of an error.
    package var showsErrorsOnly = false
    /// Columns scrolled away on the left; only while `wraps` is off.
    package private(set) var left = 0
    private var top = 0
    private let limit: Int

    package init(limit: Int = 50_000) {
        self.limit = max(1, limit)
    }

    package mutating func append(_ line: LogLine) {
        lines.append(line)
        // In large steps: to drop one line at a time would copy all others each time.
        guard lines.count > limit + limit / 4 else { return }
        let surplus = lines.count - limit
        lines.removeFirst(surplus)
        droppedCount += surplus
        top = max(0, top - surplus)
    }

    /// Drops all lines; how they are shown stays as it is set.
    package mutating func clear() {
        lines = []
        droppedCount = 0
        top = 0
        left = 0
    }

    /// The lines that pass the filter and the choice of errors.
    package var shown: [Line] { passing.map(\.line) }

    private var passing: [LogLine] {
        let words = NameIndex.words(filter)
        return lines.filter { line in
            guard !showsErrorsOnly || line.isError else { return false }
            guard !words.isEmpty else { return true }
            let text = NameIndex.folded(line.line.plain)
            return words.allSatisfy { text.containsRun($0) }
        }
    }

    /// Brings the first line that tells of an error to the middle, and stays there.
    package mutating func goToFirstError(height: Int) {
        guard let place = passing.firstIndex(where: \.isError) else { return }
        top = max(0, min(place - height / 2, lines.count - height))
        follows = false
    }

    /// Scrolls sideways, at most to the end of the longest line.
    package mutating func moveSideways(_ columns: Int, width: Int) {
        guard !wraps else { return }
        let longest = shown.reduce(0) { max($0, $1.width) }
        left = max(0, min(left + columns, longest - width))
    }

    /// Scrolls; moving up ends following, reaching the end begins it again.
    package mutating func move(_ move: Move, height: Int) {
        let count = shown.count
        let last = max(0, count - height)
        let start = follows ? last : min(top, last)
        switch move {
        case .first: top = 0
        case .last: top = last
        case .up, .down, .pageUp, .pageDown, .halfUp, .halfDown:
            top = min(last, move.target(from: start, count: max(1, count), page: height))
        }
        follows = top >= last
    }

    package func draw(in rect: Rect, on surface: inout Surface) {
        let shown = shown
        var rows: [Line] = []
        if wraps {
            // Only as many lines as can be seen are wrapped, from the end or from the first one shown.
            rows = follows ? wrappedTail(shown, rect) : wrappedFrom(top, shown, rect)
        } else {
            let last = max(0, shown.count - rect.height)
            let first = follows ? last : min(top, last)
            rows = shown[first..<min(shown.count, first + rect.height)].map { $0.scrolled(by: left, to: rect.width) }
        }
        var rest = rect
        for row in rows { surface.draw(row, in: rest.takeTop(1)) }
    }

    private func wrappedTail(_ shown: [Line], _ rect: Rect) -> [Line] {
        var rows: [Line] = []
        for line in shown.reversed() {
            guard rows.count < rect.height else { break }
            rows = line.wrapped(to: rect.width, indent: 2) + rows
        }
        return Array(rows.suffix(rect.height))
    }

    private func wrappedFrom(_ first: Int, _ shown: [Line], _ rect: Rect) -> [Line] {
        var rows: [Line] = []
        for line in shown.dropFirst(min(first, max(0, shown.count - 1))) {
            guard rows.count < rect.height else { break }
            rows += line.wrapped(to: rect.width, indent: 2)
        }
        return Array(rows.prefix(rect.height))
    }
}

extension [UInt8] {
    fileprivate func containsRun(_ word: [UInt8]) -> Bool {
        guard word.count <= count else { return false }
        return (0...count - word.count).contains { self[$0..<$0 + word.count].elementsEqual(word) }
    }
}
