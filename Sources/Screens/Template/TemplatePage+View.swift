import Catalog
import Documents
import Engine
import Schemas
package import Terminal

/// Where a template's tabs, list and detail stand.
struct TemplateLayout {
    var tabs: Rect
    /// All below the tabs.
    var body: Rect
    var list: Rect
    var rule: Rect?
    var detail: Rect?

    init(_ rect: Rect) {
        body = rect
        let isLow = rect.height <= 10
        if !isLow { _ = body.takeTop(1) }
        tabs = body.takeTop(1).inset(1, 0)
        if !isLow { _ = body.takeTop(1) }
        let panes = Panes.split(body, preview: 42)
        (list, rule, detail) = (panes.list, panes.rule, panes.preview)
    }
}

extension TemplatePage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail, let shown else { return nil }
        let layout = TemplateLayout(rect)
        drawTabs(detail, shown, in: layout.tabs, on: &surface)
        if tab == .readme || isDetailed {
            let body = layout.body.inset(1, 0)
            let lines = textLines(width: body.width)
            let rows = Window(top: text.top).visible(height: body.height, count: lines.count, selected: nil)
            Panes.draw(Array(lines[rows]), in: body, on: &surface)
            return nil
        }
        Panes.drawRule(layout.rule, on: &surface)
        if let pane = layout.detail { drawDetail(detail, shown, in: pane, on: &surface) }
        if tab == .inputs { return inputTable.draw(inputs, in: layout.list, on: &surface) }
        return versionTable(detail, desk).draw(versions, in: layout.list, on: &surface)
    }

    func readme(width: Int) -> [Line] { Readme.lines(shown?.readme ?? "", width: width) }

    /// The tabs, and at the right which version they are about.
    private func drawTabs(_ detail: TemplateDetail, _ shown: VersionDetail, in rect: Rect, on surface: inout Surface) {
        var rest = rect
        var version = Words.status(shown.version.status)
        if detail.template.recommended == shown.version.number { version = version + Line("  recommended", .ok) }
        if rect.width >= 60 { surface.drawRight(version, in: rest.takeRight(version.width + 1)) }
        let count = rows.count { if case .field = $0 { true } else { false } }
        let titles: [SafeText] = ["Readme", "Inputs \(count)", "Versions \(detail.versions.count)"]
        Tabs(titles, selected: Tab.allCases.firstIndex(of: tab) ?? 0).draw(in: rest, on: &surface)
    }

    private func drawDetail(
        _ detail: TemplateDetail, _ shown: VersionDetail, in rect: Rect, on surface: inout Surface
    ) {
        let lines = detailLines(detail, shown, width: rect.width)
        let rest = lines.count - rect.height
        Panes.draw(rest > 0 ? Array(lines.prefix(rect.height - 1)) : lines, in: rect, on: &surface)
        if rest > 0 { surface.draw(Line("... \(rest + 1) more lines: Enter", .accent), in: rect.row(rect.height - 1)) }
    }

    /// All about the selected input, or about the shown version.
    func detailLines(_ detail: TemplateDetail, _ shown: VersionDetail, width: Int) -> [Line] {
        guard tab == .inputs else { return versionLines(detail, shown, width: width) }
        return rows.indices.contains(inputs.index) ? rows[inputs.index].lines(width: width) : []
    }

    /// What is read as text in the whole body: the readme, or a detail that fills it.
    func textLines(width: Int) -> [Line] {
        guard isDetailed, tab != .readme, let detail, let shown else { return readme(width: width) }
        return detailLines(detail, shown, width: width)
    }

    private func versionLines(_ detail: TemplateDetail, _ shown: VersionDetail, width: Int) -> [Line] {
        let version = shown.version
        let used = Words.count(detail.usedBy[version.number] ?? 0, "target")
        var lines = [
            Line(untrusted: "\(version.template) \(version.number)", .header) + Line("  used by \(used)", .dim)
        ]
        if !version.notes.isEmpty { lines += Line(untrusted: version.notes).wrapped(to: width) }
        if !version.reason.isEmpty {
            let reason = "\(version.status.rawValue): \(version.reason)"
            lines += Line(untrusted: reason, .warn).wrapped(to: width)
        }
        lines.append(Line())
        lines += difference?.lines(width: width) ?? [Line("The first version.", .dim)]
        let day = String(version.registeredAt.iso8601.prefix(10))
        let registered = Line(untrusted: "\(day) by \(version.registeredBy)")
        lines += [Line(), Panes.fact("registered", registered, width: 12)]
        if !version.compatibleEnvironments.isEmpty {
            let names = version.compatibleEnvironments.map { "\($0.template) \($0.major)" }.joined(separator: ", ")
            lines += Panes.fact("runs in", Line(untrusted: names), width: 12).wrapped(to: width, indent: 12)
        }
        if version.takesComponents { lines.append(Panes.fact("components", Line("may be attached"), width: 12)) }
        return lines + [Panes.fact("files", Line("\(shown.files.count)"), width: 12)]
    }

    // MARK: Tables

    private var inputTable: Table<Int> {
        let rows = rows
        return Table(
            [
                Column("PARAMETER", 20, upTo: 30, elision: .middle), Column("TYPE", 12, upTo: 16, priority: 1),
                Column("DEFAULT", 14, upTo: 22, priority: 2, elision: .middle),
                Column("RULES", 10, upTo: 60, priority: 3),
            ],
            count: rows.count, id: { $0 }, empty: "It takes no inputs."
        ) { rows[$0].cells }
    }

    private func versionTable(_ detail: TemplateDetail, _ desk: Desk) -> Table<String> {
        let versions = detail.versions
        return Table(
            [
                Column("VERSION", 7, upTo: 8), Column("STATUS", 10, upTo: 10), Column("", 11, upTo: 11, priority: 2),
                Column("AGE", 4, upTo: 5, .right, priority: 1), Column("USED", 4, upTo: 5, .right),
                Column("NOTES", 10, upTo: 200, priority: 3),
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
    }

    /// One version in the catalog's preview.
    static func versionLine(_ version: TemplateVersion, _ detail: TemplateDetail) -> Line {
        .columns([
            .init(Line(untrusted: version.number.description), 5), .init(Words.status(version.status), 10),
            .init(Line(untrusted: version.notes, .dim), nil),
        ])
    }
}
