import Documents
import Jinja

/// Leads places in a rendered file back to the template that made it.
struct TemplatePlaces {
    private let file: RenderedTemplate
    private let rendered: Source
    private let template: Source

    init(_ file: RenderedTemplate) {
        self.file = file
        rendered = file.source
        template = file.template.source
    }

    func place(of place: Place) -> Place {
        guard place.line > 0 else { return Place(file: template.name) }
        let offset = rendered.offset(line: place.line, column: max(1, place.column))
        guard let piece = file.piece(at: min(offset, max(0, file.bytes.count - 1))) else {
            return Place(file: template.name)
        }
        if piece.isPlaceholder { return piece.place }
        return template.place(line: piece.place.line, column: piece.place.column, length: place.length)
    }
}
