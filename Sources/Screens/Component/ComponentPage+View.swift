import Catalog
import Documents
import Engine
package import Terminal

extension ComponentPage {
    private func label(_ field: Field) -> (name: SafeText, placeholder: SafeText) {
        switch field {
        case .name: ("Name", "what it is called")
        case .file:
            (
                "File",
                record == nil ? "a .yaml, .json or .tf file, or a directory with a manifest" : "the one that it has"
            )
        case .instance: ("Attached to", "no instance; or service/instance")
        case .environment: ("Environment", "where it runs")
        case .owner: ("Owner", "the team or person who answers for it")
        }
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rest = rect.inset(1, 0)
        if rect.height > 14 { _ = rest.takeTop(1) }
        let shown = fields.map { each in
            let (name, placeholder) = label(each)
            return Panes.Field(
                label: name, placeholder: placeholder, input: inputs[each] ?? LineInput(), isFocused: each == field)
        }
        let cursor = Panes.draw(shown, labels: 13, in: &rest, on: &surface)
        if rect.height > 14 { _ = rest.takeTop(1) }
        surface.drawHorizontalRule(Rect(rect.x, rest.y, rect.width, min(1, rest.height)))
        _ = rest.takeTop(rect.height > 14 ? 2 : 1)
        Panes.draw(lines(width: rest.width), in: rest, on: &surface)
        return cursor
    }

    /// What is wrong, else what the field could be, else what a component is.
    private func lines(width: Int) -> [Line] {
        let width = max(10, width)
        if !findings.isEmpty {
            return findings.flatMap { finding in
                SafeText.lines(untrusted: finding.text).enumerated().flatMap { index, text in
                    Line(text, index == 0 ? .error : .text).wrapped(to: width)
                } + [Line()]
            }
        }
        let offers = offers
        if !offers.isEmpty {
            let shown = offers.prefix(12).enumerated().map { index, name in
                Line(untrusted: index == 0 ? "Right  " : "       ", .accent) + Line(untrusted: name)
            }
            let more = offers.count > shown.count ? [Line("       \(offers.count - shown.count) more", .dim)] : []
            return [Line("It could be:", .dim)] + shown + more
        }
        if field == .instance, instances.isEmpty {
            return Line(
                "No instance takes a component now: a platform engineer allows it for a template's version.", .dim
            ).wrapped(to: width)
        }
        return Line(
            "A component is a file of your own: a queue, a bucket, an alarm that one instance needs besides its template. It is deployed first; what it gives is seen by the instance from its next deployment on.",
            .dim
        ).wrapped(to: width)
    }
}
