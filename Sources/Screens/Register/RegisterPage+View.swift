import Catalog
import Documents
import Engine
package import Terminal

extension RegisterPage {
    private static let fields: [(field: Focus, label: SafeText, placeholder: SafeText)] = [
        (.path, "Bundle", "a directory or a .tar.gz"),
        (.name, "Name", "the folder's name"),
        (.number, "Number", "next major; 2 is the next minor of 2, 3.7 exactly that"),
        (.runsIn, "Runs in", "what the bundle says; or fargate-cluster:1"),
        (.owner, "Owner", "the team or person who answers for it"),
    ]

    /// Where the fields end and the results are.
    static func results(of rect: Rect) -> Rect {
        var rest = rect.inset(1, 0)
        _ = rest.takeTop(rect.height > 14 ? 1 : 0)
        _ = rest.takeTop(fields.count)
        _ = rest.takeTop(rect.height > 14 ? 3 : 1)
        return rest
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rest = rect.inset(1, 0)
        if rect.height > 14 { _ = rest.takeTop(1) }
        let fields = Self.fields.map { place, label, placeholder in
            Panes.Field(
                label: label, placeholder: placeholder, input: inputs[place] ?? LineInput(), isFocused: focus == place)
        }
        let cursor = Panes.draw(fields, labels: 10, in: &rest, on: &surface)
        if rect.height > 14 { _ = rest.takeTop(1) }
        surface.drawHorizontalRule(Rect(rect.x, rest.y, rect.width, min(1, rest.height)))
        let body = Self.results(of: rect)
        let lines = lines(width: body.width)
        let top = max(0, min(pane.top, lines.count - body.height))
        Panes.draw(Array(lines.dropFirst(top)), in: body, on: &surface)
        return cursor
    }

    func lines(width: Int) -> [Line] {
        let width = max(10, width)
        var lines: [Line] = []
        if let result {
            let version = result.version
            lines.append(
                Line(untrusted: "\(version.template) \(version.number)  ", .header) + Words.status(version.status))
            lines.append(Line())
        } else if let report {
            lines.append(
                report.isClean
                    ? Line("ok  ", .ok) + Line(Words.count(report.fileCount, "file") + " checked", .dim)
                    : Line(Words.count(report.findings.count { $0.severity == .error }, "fault"), .fail))
            lines.append(Line())
        } else if findings.isEmpty {
            return Line("Enter checks the bundle: manifest, schema, templates and what they read.", .dim)
                .wrapped(to: width)
        }
        // What has to be mended first; places are told as they stand in the bundle.
        let inner = text(.path) + "/"
        for finding in findings.filter({ $0.severity == .error }) + findings.filter({ $0.severity != .error }) {
            let style: Style = finding.severity == .error ? .error : finding.severity == .warning ? .warn : .info
            for (index, text) in SafeText.lines(untrusted: finding.text.replacing(inner, with: "")).enumerated() {
                lines += Line(text, index == 0 ? style : .text).wrapped(to: width)
            }
            lines.append(Line())
        }
        for need in report?.needs ?? [] {
            lines.append(Line(untrusted: "needs the environment's output \(need)", .dim))
        }
        return lines
    }
}
