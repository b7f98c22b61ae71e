import Catalog
import Documents
import Terminal

/// Where the lines of a file come from.
extension ReviewPage {
    /// What tells it, of the file that is shown.
    var origins: FileOrigins? {
        guard case .file(let index) = view, files.indices.contains(index) else { return nil }
        return files[index].file.origins
    }

    /// Starts asking at the change or the line at the top, or stops.
    mutating func ask(_ desk: Desk) {
        guard asked == nil, let diff else { return asked = nil }
        let first = change ?? diff.numbers.indices.first { $0 >= text.top && diff.numbers[$0] != nil } ?? text.top
        var list = ListState<Int>()
        list.window.top = text.top
        list.select(first, at: first)
        list.window.follow(height: filePage(desk, isAsking: true), count: diff.rows.count, selected: first)
        text.top = list.window.top
        asked = list
    }

    /// Rows of the file that are on the screen.
    func filePage(_ desk: Desk, isAsking: Bool? = nil) -> Int {
        let height = pane(desk).height
        let body = height > 5 ? height - 1 : height
        return max(1, body - originHeight(body, isAsking: isAsking ?? (asked != nil)))
    }

    /// Rows for the origin below a file, the rule included.
    func originHeight(_ height: Int, isAsking: Bool? = nil) -> Int {
        isAsking ?? (asked != nil) ? min(max(4, height / 2), 14, height - 1) : 0
    }

    func drawOrigin(in rect: Rect, on surface: inout Surface) {
        guard rect.height > 1, let row = asked?.selection, let diff else { return }
        var body = rect
        surface.drawHorizontalRule(body.takeTop(1))
        let number = diff.numbers.indices.contains(row) ? diff.numbers[row] : nil
        let lines = number.flatMap { origins?.origin(ofLine: $0) }.map { OriginWords.lines($0, width: body.width) }
        Panes.draw(lines ?? [Line("This line is not in the new file.", .dim)], in: body, on: &surface)
    }
}

/// A line's origin in words.
enum OriginWords {
    static func lines(_ origin: LineOrigin, width: Int) -> [Line] {
        var lines: [Line] = []
        let tags = origin.pieces.filter { $0.tag != nil }
        if tags.isEmpty {
            let place = origin.pieces.first?.place
            lines.append(
                place.map { Line("stands so in the template, line \($0.line)", .dim) } ?? Line("an empty line", .dim))
        }
        for piece in tags {
            lines.append(head(piece.tag ?? "", "line \(piece.place.line)", width: width))
            lines += values(piece.values, width: width)
        }
        for condition in origin.conditions {
            let word: SafeText = condition.isLoop ? "for each  " : "because   "
            lines.append(Line(word, .dim) + head(condition.tag, "line \(condition.place.line)", width: width - 10))
            lines += values(condition.values, width: width)
        }
        return lines
    }

    private static func head(_ tag: String, _ place: SafeText, width: Int) -> Line {
        let text = Line(untrusted: tag.split { $0.isWhitespace }.joined(separator: " "), .accent)
        return Line.spread(text.truncated(to: max(8, width - place.width - 2), .middle), Line(place, .dim), to: width)
    }

    private static func values(_ values: [LineOrigin.ReadValue], width: Int) -> [Line] {
        let room = min(max(12, width / 2), values.map { SafeText(untrusted: $0.path).width }.max() ?? 0)
        return values.map { value in
            let path = Line(untrusted: value.path).truncated(to: room, .middle)
            let source = words(value.source)
            let shown = value.value.map { Line(untrusted: $0) } ?? Line()
            let rest = max(0, width - room - 4 - source.width - 2)
            return Line.spread(
                Line("  ") + path.filling(room + 2, .middle) + shown.truncated(to: rest, .middle), Line(source, .dim),
                to: width)
        }
    }

    private static func words(_ source: LineOrigin.Source) -> SafeText {
        switch source {
        case .spec(let place): "spec, line \(place.line)"
        case .schemaDefault: "default"
        case .output(let name): SafeText(untrusted: "output of \(name)")
        case .order: "order"
        case .nobody: "not set"
        }
    }
}
