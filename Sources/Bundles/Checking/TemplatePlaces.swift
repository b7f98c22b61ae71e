import Documents
import Jinja

/// Leads places in a rendered file back to the template that made it.
struct TemplatePlaces {
    private let file: RenderedTemplate
    private let rendered: Source
    private let template: Source
    /// The lines of the template by their text.
    private let lines: [Substring: [Int]]

    init(_ file: RenderedTemplate) {
        self.file = file
        rendered = file.source
        template = file.template.source
        var lines: [Substring: [Int]] = [:]
        for number in 1...max(1, template.lineCount) {
            lines[Self.trimmed(template.lineText(number)), default: []].append(number)
        }
        self.lines = lines
    }

    private static func trimmed(_ text: String) -> Substring {
        let end = text.lastIndex { $0 != " " && $0 != "\t" }
        return end.map { text[...$0] } ?? ""
    }

    func place(of place: Place) -> Place {
        guard place.line > 0 else { return Place(file: template.name) }
        let offset = rendered.offset(line: place.line, column: max(1, place.column))
        if let emission = file.rendering.emission(at: offset) { return emission.place }
        let start = rendered.offset(ofLine: place.line)
        let end = rendered.offset(ofLine: place.line + 1)
        let spans = file.rendering.spans
        if let span = spans.first(where: { $0.range.lowerBound >= start && $0.range.lowerBound < end }) {
            return beside(span, place)
        }
        if let span = spans.first(where: { $0.range.contains(start) }) { return span.emission.place }
        let before = spans.last { $0.range.upperBound <= start }
        let after = spans.first { $0.range.lowerBound >= end }
        return line(of: place, before, after) ?? before?.emission.place ?? Place(file: template.name)
    }

    /// On a line with placeholders: what stands before the first one stands so in the template.
    private func beside(_ span: Rendering.Span, _ place: Place) -> Place {
        let own = span.emission.place
        let spanColumn = rendered.place(at: span.range.lowerBound).column
        let column = place.column - spanColumn + own.column
        guard place.column < spanColumn, column > 0 else { return own }
        return template.place(line: own.line, column: column, length: place.length)
    }

    /// A line that the template has word by word, between the placeholders around it.
    private func line(of place: Place, _ before: Rendering.Span?, _ after: Rendering.Span?) -> Place? {
        let text = Self.trimmed(rendered.lineText(place.line))
        guard let found = lines[text] else { return nil }
        let low = before?.emission.place.line ?? 0
        let high = after?.emission.place.line ?? Int.max
        let between = found.filter { $0 >= low && $0 <= high }
        let candidates = between.isEmpty ? found : between
        // Among equal lines the first is the first: count those since the last placeholder.
        let since = before.map { rendered.line(at: $0.range.upperBound) + 1 } ?? 1
        let count =
            since <= place.line
            ? (since...place.line).count { Self.trimmed(rendered.lineText($0)) == text } : 1
        let number = candidates[min(max(count, 1), candidates.count) - 1]
        return template.place(line: number, column: max(1, place.column), length: place.length)
    }
}
