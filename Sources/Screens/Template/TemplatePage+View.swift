import Catalog
import Documents
import Engine
import Schemas
package import Terminal

extension TemplatePage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard detail != nil else { return nil }
        var rest = rect
        _ = rest.takeTop(1)
        var head = rest.takeTop(1)
        _ = head.takeLeft(1)
        surface.draw(tabLine, in: head)
        _ = rest.takeTop(1)
        if tab == .versions { return drawVersions(in: rest, on: &surface, desk) }
        let body = rest.inset(1, 0)
        let lines = lines(width: body.width, desk)
        let top = min(text.top, max(0, lines.count - body.height))
        Panes.draw(Array(lines.dropFirst(top)), in: body, on: &surface)
        return nil
    }

    private var tabLine: Line {
        var line = Line()
        for tab in Tab.allCases {
            line.append(
                SafeText(untrusted: tab == self.tab ? "[\(tab.rawValue)]" : " \(tab.rawValue) "),
                tab == self.tab ? .header : .dim)
            line.append("  ", .text)
        }
        if let shown {
            line.append(SafeText(untrusted: "  version \(shown.version.number) "), .dim)
            line = line + Words.status(shown.version.status)
        }
        return line
    }

    func lines(width: Int, _ desk: Desk) -> [Line] {
        guard let shown else { return [] }
        return tab == .inputs ? inputLines(shown, width: width) : TemplatePage.readme(shown.readme, width: width)
    }

    /// Markdown as people write readmes: headings stand out, code stays as it is, the rest is wrapped.
    static func readme(_ text: String, width: Int) -> [Line] {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { row -> [Line] in
            let row = String(row)
            if row.hasPrefix("```") {
                isCode.toggle()
                return []
            }
            if isCode { return [Line(untrusted: "  " + row, .info)] }
            if row.hasPrefix("#") { return [Line(untrusted: String(row.drop { $0 == "#" || $0 == " " }), .header)] }
            let isItem = row.hasPrefix("- ") || row.hasPrefix("* ")
            return Line(untrusted: row.replacing("`", with: "")).wrapped(to: min(width, 96), indent: isItem ? 2 : 0)
        }
    }

    private func inputLines(_ shown: VersionDetail, width: Int) -> [Line] {
        var lines: [Line] = []
        for part in TemplateVersion.Part.allCases {
            guard let schema = shown.schemas[part] else { continue }
            if !lines.isEmpty { lines.append(Line()) }
            lines.append(Panes.heading(SafeText(untrusted: part.rawValue.uppercased())))
            for field in schema.form().fields {
                var line = Line(untrusted: field.name, .text)
                line.append(field.isRequired ? " *" : "  ", .warn)
                line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 32 - line.width))))
                line.append(
                    SafeText(untrusted: field.defaultValue.map { field.text(for: $0) } ?? "-").truncated(to: 24), .info)
                line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 58 - line.width))))
                line.append(SafeText(untrusted: field.rule ?? field.hint ?? ""), .dim)
                lines.append(line.truncated(to: width))
                if let help = field.help {
                    lines += Line(untrusted: "  " + help, .dim).wrapped(to: min(width, 96), indent: 2)
                }
            }
        }
        return lines
    }

    private func drawVersions(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail else { return nil }
        var list = rect
        var notes = list.takeBottom(min(8, rect.height / 2))
        surface.drawHorizontalRule(notes.takeTop(1))
        let versions = detail.versions
        let table = Table<String>(
            [
                Column("VERSION", 8, upTo: 8), Column("STATUS", 11, upTo: 11), Column("", 12, upTo: 12, priority: 1),
                Column("AGE", 5, upTo: 5, .right, priority: 2), Column("USED", 5, upTo: 5, .right, priority: 1),
                Column("NOTES", 12, upTo: 200, priority: 3),
            ],
            count: versions.count, id: { versions[$0].number.description }, empty: "There is no version."
        ) { index in
            let version = versions[index]
            return [
                Line(untrusted: version.number.description), Words.status(version.status),
                detail.template.recommended == version.number ? Line("recommended", .ok) : Line(),
                Line(desk.age(of: version.registeredAt), .dim), Line("\(detail.usedBy[version.number] ?? 0)"),
                Line(untrusted: version.notes, .dim),
            ]
        }
        let cursor = table.draw(self.list, in: list, on: &surface)
        if let selected {
            let body = notes.inset(1, 0)
            var lines = Line(untrusted: selected.notes).wrapped(to: min(100, body.width))
            if !selected.reason.isEmpty {
                lines += Line(untrusted: "\(selected.status.rawValue): \(selected.reason)", .warn).wrapped(
                    to: body.width)
            }
            lines.append(Line(untrusted: "registered by \(selected.registeredBy)", .dim))
            Panes.draw(lines, in: body, on: &surface)
        }
        return cursor
    }

    /// One version in the catalog's preview.
    static func versionLine(_ version: TemplateVersion, _ detail: TemplateDetail) -> Line {
        var line = Line(untrusted: version.number.description)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 7 - line.width))))
        line = line + Words.status(version.status)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 19 - line.width))))
        line.append(SafeText(untrusted: version.notes), .dim)
        return line
    }
}
