import Catalog
import Engine
import Schemas
package import Terminal

extension CatalogPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let layout = layout(rect)
        return layout.draw(reader, { previewLines(desk, width: $0) }, on: &surface) { surface in
            let typing = browser.drawFilter(in: layout.head, lead(width: layout.head.width), on: &surface)
            let cursor = table(desk, hasHeader: !layout.isLow).draw(browser.state, in: layout.list, on: &surface)
            return typing ?? cursor
        }
    }

    func layout(_ rect: Rect) -> ReadingLayout { ReadingLayout(rect, preview: CatalogPage.share) }

    /// The views with their counts where they fit, else the shown one alone.
    private func lead(width: Int) -> Line {
        var chips = Line()
        for each in CatalogView.allCases {
            let count = counts[each] ?? 0
            guard each == view || each == .all || count > 0 else { continue }
            let isShown = each == view
            chips.append(
                SafeText(untrusted: isShown ? "[\(each.rawValue) \(count)]" : " \(each.rawValue) \(count) "),
                isShown ? .header : .dim)
        }
        if chips.width + 10 <= width, browser.filter.isEmpty, !browser.isFiltering {
            return chips + sortWord(chips, width)
        }
        return Line(SafeText(untrusted: "[\(view.rawValue) \(counts[view] ?? 0)]"), .header)
    }

    private func sortWord(_ line: Line, _ width: Int) -> Line {
        guard sort != .name, line.width + 22 <= width else { return Line() }
        return Line("  sort: ", .dim) + Line(SafeText(untrusted: sort.rawValue), .info)
    }

    private func table(_ desk: Desk, hasHeader: Bool) -> Table<String> {
        let longest = browser.rows.reduce(16) { max($0, $1.template.name.utf8.count + 2) }
        return Table(
            [
                Column("  NAME", 18, upTo: min(60, longest), elision: .middle),
                Column("RECOMMENDED", 11, priority: 1), Column("STATUS", 9, upTo: 10, priority: 2),
                Column("USED", 4, upTo: 5, .right, priority: 3), Column("AGE", 4, .right, priority: 4),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: emptyText,
            hasHeader: hasHeader && !browser.shown.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let row = browser[index]
            let kind = Line(row.template.kind == .environment ? "e " : "s ", .dim)
            return [
                kind + browser.highlighted(row.template.name),
                Line(untrusted: row.template.recommended?.description ?? "-"), CatalogPage.status(of: row),
                Line("\(row.usedCount)", row.usedCount == 0 ? .dim : .text), Line(desk.age(of: row.changedAt), .dim),
            ]
        }
    }

    /// The newest version's status, with its number where it is not the recommended one.
    private static func status(of row: CatalogRow) -> Line {
        guard let latest = row.latest, let status = row.latestStatus else { return Line("-", .dim) }
        guard latest != row.template.recommended else { return Words.status(status) }
        switch status {
        case .draft: return Line(untrusted: "\(latest) draft", .info)
        case .withdrawn, .deprecated:
            return row.template.recommended == nil ? Words.status(status) : Words.status(.published)
        case .published: return Words.status(.published)
        }
    }

    private var emptyText: SafeText {
        if !browser.filter.isEmpty { return "No template has these words." }
        return view == .all
            ? "The catalog is empty: R registers a bundle." : "No template is here: f shows the next view."
    }

    // MARK: Preview

    func previewLines(_ desk: Desk, width: Int) -> [Line] {
        guard let preview else { return [] }
        let template = preview.detail.template
        var lines = Line(untrusted: template.title, .header).wrapped(to: width)
        lines += Line(untrusted: template.summary).wrapped(to: width)
        if let obstacle = preview.obstacle {
            lines += Line(untrusted: "Can't be ordered yet: \(obstacle).", .warn).wrapped(to: width)
        }
        lines.append(Line())
        func fact(_ label: SafeText, _ text: Line) {
            lines += Panes.fact(label, text, width: 10).wrapped(to: width, indent: 10)
        }
        fact("name", Line(untrusted: template.name))
        fact("owner", Line(untrusted: template.owner.isEmpty ? "-" : template.owner))
        if let version = preview.version {
            let needs = version.version.compatibleEnvironments.map(\.description).joined(separator: ", ")
            if version.version.kind == .service {
                fact("needs", Line(untrusted: needs.isEmpty ? "-" : needs))
                if let fitting = preview.fitting, fitting > 0 {
                    fact("", Line("\(Words.count(fitting, "environment")) \(fitting == 1 ? "fits" : "fit")", .dim))
                }
            }
            let inputs = version.schemas.values.flatMap(\.inputs)
            let required = inputs.count(where: \.isRequired)
            fact("inputs", Line("\(required) required, \(inputs.count - required) optional"))
            let outputs = TemplateVersion.Part.allCases.flatMap { (version.outputs[$0] ?? []).map(\.key) }.joined(
                separator: ", ")
            fact("outputs", Line(untrusted: outputs.isEmpty ? "-" : outputs))
        }
        fact("in use", CatalogPage.useLine(preview.detail))
        lines += [Line(), Panes.heading("VERSIONS")]
        for version in preview.detail.versions { lines += versionLines(version, desk, width: width) }
        return lines
    }

    /// `on 1.0 12, 1.1 3`.
    private static func useLine(_ detail: TemplateDetail) -> Line {
        let used = detail.usedBy.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard !used.isEmpty else { return Line("by nothing", .dim) }
        return Line(untrusted: "on " + used.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }

    private func versionLines(_ version: TemplateVersion, _ desk: Desk, width: Int) -> [Line] {
        let status = Words.status(version.status)
        let line = Line.columns([
            .init(Line(untrusted: " \(version.number)"), 6, .left, .middle), .init(status, 10, .left, .middle),
            .init(Line(desk.age(of: version.registeredAt), .dim), 4, .right), .init(Line(), 0, .left, .middle),
        ])
        // A short note stands beside its version, a longer one below it.
        let notes = Line(untrusted: version.notes, .dim)
        var lines = [line]
        if line.width + notes.width <= width {
            lines = [line + notes]
        } else {
            lines += (Line("       ") + notes).wrapped(to: width, indent: 7)
        }
        if !version.reason.isEmpty {
            lines += Line(untrusted: "        \(version.reason)", .warn).wrapped(to: width, indent: 8)
        }
        return lines
    }
}
