/// Two texts compared line by line, with the signs in the first column and changed words marked.
package struct DiffPane: Sendable {
    package enum Entry: Hashable, Sendable {
        case header(String)
        case same(String)
        case added(String)
        case removed(String)
        /// Lines that are left out between two changes.
        case folded(Int)
    }

    /// One row each: tabs and long lines are cut, not wrapped, so that signs stay in their column.
    package let rows: [Line]
    /// The new text's rows, each beside the old one's in `rows`; `nil` where all stand in one column.
    package let right: [Line]?
    /// The number that each row's line has in the new text; `nil` where it stands in none.
    package let numbers: [Int?]
    /// Rows at which a change begins, for going from one to the next.
    package let changes: [Int]

    /// - Parameters:
    ///   - isBeside: Whether the new text stands beside the old one, and not below it.
    ///   - paint: The colours of a line that is in both texts.
    package init(
        _ entries: [Entry], isBeside: Bool = false,
        paint: (String) -> Line = { Line(SafeText(untrusted: $0)) }
    ) {
        var rows: [Line] = []
        var right: [Line] = []
        var numbers: [Int?] = []
        var next = 1
        var changes: [Int] = []
        var index = 0
        while index < entries.count {
            let start = index
            let removed = DiffPane.takeRun(entries, &index) { if case .removed(let text) = $0 { text } else { nil } }
            let added = DiffPane.takeRun(entries, &index) { if case .added(let text) = $0 { text } else { nil } }
            if !removed.isEmpty || !added.isEmpty {
                changes.append(rows.count)
                let change = DiffPane.change(removed, added)
                if isBeside {
                    let height = max(removed.count, added.count)
                    rows += change.old + Array(repeating: Line(), count: height - removed.count)
                    right += change.new + Array(repeating: Line(), count: height - added.count)
                } else {
                    rows += change.old + change.new
                    numbers += Array(repeating: nil, count: change.old.count)
                }
                numbers += change.new.indices.map { next + $0 }
                next += added.count
                while numbers.count < rows.count { numbers.append(nil) }
            }
            guard index == start else { continue }
            switch entries[index] {
            case .same:
                numbers.append(next)
                next += 1
            case .folded(let count):
                numbers.append(nil)
                next += count
            case .header, .added, .removed: numbers.append(nil)
            }
            rows.append(DiffPane.plain(entries[index], paint))
            if case .same = entries[index] { right.append(rows[rows.count - 1]) } else { right.append(Line()) }
            index += 1
        }
        self.rows = rows
        self.right = isBeside ? right : nil
        self.numbers = numbers
        self.changes = changes
    }

    package func draw(_ state: TextPane.State, in rect: Rect, on surface: inout Surface) {
        let shown = Window(top: state.top).visible(height: rect.height, count: rows.count, selected: nil)
        var rest = rect
        guard let right else {
            for row in shown { DiffPane.draw(rows[row], state, in: rest.takeTop(1), on: &surface) }
            return
        }
        let half = DiffPane.half(rect.width)
        surface.drawVerticalRule(Rect(rect.x + half + 1, rect.y, 1, shown.count))
        for row in shown {
            let place = rest.takeTop(1)
            DiffPane.draw(rows[row], state, in: Rect(place.x, place.y, half, 1), on: &surface)
            DiffPane.draw(right[row], state, in: place.moved(half + 3), on: &surface)
        }
    }

    /// The columns of one of two texts beside each other.
    private static func half(_ width: Int) -> Int { max(1, (width - 3) / 2) }

    /// The sign stays where it is while the text scrolls sideways.
    private static func draw(_ row: Line, _ state: TextPane.State, in place: Rect, on surface: inout Surface) {
        surface.draw(row.clipped(from: 0, columns: min(2, place.width)), in: place)
        let text = row.clipped(from: 2, columns: Int.max)
        surface.draw(text.scrolled(by: state.left, to: max(0, place.width - 2)), in: place.moved(2))
    }

    /// Where the change before or after a row begins.
    package func change(from row: Int, forward: Bool) -> Int? {
        forward ? changes.first { $0 > row } : changes.last { $0 < row }
    }

    /// Scrolls sideways, at most to the end of the longest row.
    package func move(_ state: inout TextPane.State, sideways columns: Int, width: Int) {
        let longest = (rows + (right ?? [])).reduce(0) { max($0, $1.width) }
        let room = right == nil ? width : DiffPane.half(width)
        state.left = max(0, min(state.left + columns, longest - room))
    }

    private static func takeRun(_ entries: [Entry], _ index: inout Int, _ text: (Entry) -> String?) -> [String] {
        var result: [String] = []
        while index < entries.count, let line = text(entries[index]) {
            result.append(line)
            index += 1
        }
        return result
    }

    private static func plain(_ entry: Entry, _ paint: (String) -> Line) -> Line {
        switch entry {
        case .header(let text): Line(SafeText(untrusted: text), .header)
        case .same(let text): Line("  ") + paint(text)
        case .folded(let count): Line("  ... \(count) \(count == 1 ? "line" : "lines") the same", .faint)
        case .added(let text): added(text)
        case .removed(let text): removed(text)
        }
    }

    private static func added(_ text: String) -> Line { Line(SafeText(untrusted: "+ " + text), .added) }
    private static func removed(_ text: String) -> Line { Line(SafeText(untrusted: "- " + text), .removed) }

    /// Lines that replace as many others are compared word by word.
    private static func change(_ removed: [String], _ added: [String]) -> (old: [Line], new: [Line]) {
        guard removed.count == added.count else {
            return (removed.map(DiffPane.removed), added.map(DiffPane.added))
        }
        let pairs = zip(removed, added).map { words($0, $1) }
        return (pairs.map(\.old), pairs.map(\.new))
    }

    /// Marks what stands between the common start and the common end of two lines.
    private static func words(_ old: String, _ new: String) -> (old: Line, new: Line) {
        let (first, second) = (Array(old.utf8), Array(new.utf8))
        var head = zip(first, second).prefix { $0 == $1 }.count
        var tail = zip(first.dropFirst(head).reversed(), second.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        // Whole words: a number that changed in one digit changed.
        while head > 0, isWord(first[head - 1]) { head -= 1 }
        while tail > 0, isWord(first[first.count - tail]) { tail -= 1 }
        return (
            line("- ", first, head, tail, .removed, Style(.removedWord)),
            line("+ ", second, head, tail, .added, Style(.addedWord))
        )
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    private static func line(
        _ sign: SafeText, _ bytes: [UInt8], _ head: Int, _ tail: Int, _ style: Style, _ mark: Style
    )
        -> Line
    {
        var line = Line(sign, style)
        line.append(SafeText(untrusted: bytes[..<head]), style)
        line.append(SafeText(untrusted: bytes[head..<bytes.count - tail]), mark)
        line.append(SafeText(untrusted: bytes[(bytes.count - tail)...]), style)
        return line
    }
}
