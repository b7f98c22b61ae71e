import Catalog
import Engine
package import Terminal

extension FleetPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let areas = areas(rect)
        if reader.isOpen, areas.foot == nil {
            let area = readingArea(rect)
            reader.draw(previewLines(desk, width: area.width), in: area, on: &surface)
            return nil
        }
        let isLow = rect.height < 12
        var list = areas.list
        if !isLow { _ = list.takeTop(1) }
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        drawTabs(in: &head, on: &surface)
        if !isLow { _ = list.takeTop(1) }
        var line = isLow ? head : list.takeTop(1)
        if !isLow { _ = line.takeLeft(1) }
        let lead = lead(desk, width: line.width)
        let typing =
            level == .services
            ? services.drawFilter(in: line, lead, on: &surface) : browser.drawFilter(in: line, lead, on: &surface)
        let cursor =
            level == .services
            ? serviceTable(desk, hasHeader: !isLow).draw(services.state, in: list, on: &surface)
            : (level == .components ? componentTable(desk, hasHeader: !isLow) : table(desk, hasHeader: !isLow))
                .draw(browser.state, in: list, on: &surface)
        if let foot = areas.foot {
            surface.drawHorizontalRule(Rect(foot.x, foot.y, foot.width, 1))
            let area = readingArea(rect)
            reader.draw(previewLines(desk, width: area.width), in: area, on: &surface)
        }
        return typing ?? cursor
    }

    private func areas(_ rect: Rect) -> (list: Rect, foot: Rect?) {
        guard rect.height >= 18, level != .services else { return (rect, nil) }
        var list = rect
        let foot = list.takeBottom(min(14, rect.height * 2 / 5))
        return (list, foot)
    }

    func listArea(_ rect: Rect) -> Rect {
        var list = areas(rect).list
        _ = list.takeTop(rect.height < 12 ? 1 : 4)
        return list
    }

    func readingArea(_ rect: Rect) -> Rect {
        var area = areas(rect).foot ?? rect
        if areas(rect).foot != nil { _ = area.takeTop(1) }
        return area.inset(1, 0)
    }

    // MARK: Head

    private func drawTabs(in rect: inout Rect, on surface: inout Surface) {
        let isNarrow = rect.width < 60
        for each in FleetLevel.allCases {
            let isShown = each == level
            if isNarrow, !isShown { continue }
            let count = counts[each].map { " \($0)" } ?? ""
            let line = Line(
                SafeText(untrusted: isShown ? "[\(each.title)\(count)]" : " \(each.title)\(count) "),
                isShown ? .header : .dim)
            guard line.width <= rect.width else { return }
            surface.draw(line, in: rect.takeLeft(line.width + 1))
        }
    }

    private func lead(_ desk: Desk, width: Int) -> Line {
        var line = Line()
        if level != .services {
            line.append("view: ", .dim)
            line.append(SafeText(untrusted: query.filter.rawValue), query.filter == .all ? .dim : .info)
            if width >= 50 {
                line.append("   sort: ", .dim)
                line.append(SafeText(untrusted: query.sort.rawValue), query.sort == .name ? .dim : .info)
            }
        }
        let owner = Owners.word(desk, showsAll: showsAll)
        if !owner.isEmpty, line.width + owner.width + 14 < width {
            line = line + (line.isEmpty ? Line() : Line("   ")) + owner
        }
        return line
    }

    private func emptyText(_ desk: Desk, _ filter: LineInput) -> SafeText {
        if !filter.isEmpty { return "Nothing has these words." }
        if level != .services, query.filter != .all {
            return "Nothing is \(SafeText(untrusted: query.filter.rawValue)): f shows the next view."
        }
        if Owners.isMine(desk, showsAll: showsAll) { return "Nothing is yours: a shows everybody's." }
        return level == .components
            ? "No component is here: + orders one." : "Nothing is here: + orders from the catalog."
    }

    // MARK: Rows

    private func table(_ desk: Desk, hasHeader: Bool) -> Table<String> {
        Table(
            [
                Column("NAME", min(16, widths.name), upTo: min(44, widths.name), elision: .middle),
                Column(
                    "ENV", min(12, widths.environment), upTo: min(24, widths.environment), priority: 3,
                    elision: .middle),
                Column("STAGE", 5, priority: 5),
                Column(
                    "TEMPLATE", min(24, widths.template), upTo: min(40, widths.template), priority: 4,
                    elision: .middle),
                Column("RUNNING", 7), Column("RECOMM.", 7, priority: 6), Column("BEHIND", 6, priority: 1),
                Column("DRIFT", 11, priority: 7), Column("STATUS", 9, upTo: 10, priority: 2),
                Column("AGE", 4, .right, priority: 8),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: emptyText(desk, browser.filter),
            hasHeader: hasHeader && !browser.shown.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let row = browser[index]
            return [
                FleetPage.name(of: row, browser.highlighted(row.target.title)),
                Line(untrusted: row.environment.isEmpty ? "-" : row.environment, .dim),
                row.target.kind == .pipeline ? Line("-", .dim) : Words.stage(row.stage),
                Line(untrusted: row.template, .dim), Line(untrusted: row.running?.description ?? "-"),
                Line(untrusted: row.recommended?.description ?? "-", .dim), Words.drift(row.drift),
                FleetPage.drift(of: row), Words.phase(of: row), Line(desk.age(of: row.since), .dim),
            ]
        }
    }

    /// A failed row says so in its first column, at every size.
    private static func name(of row: FleetRow, _ name: Line) -> Line {
        switch row.phase {
        case .failed: Line("! ", .fail) + name
        case .stuck: Line("! ", .fail) + name
        default: row.isUncertain ? Line("? ", .warn) + name : name
        }
    }

    private static func drift(of row: FleetRow) -> Line {
        if row.isUncertain { return Line("uncertain", .warn) }
        return row.hasSpecDrift ? Line("not applied", .warn) : Line("-", .dim)
    }

    /// Of no template, and behind nothing.
    private func componentTable(_ desk: Desk, hasHeader: Bool) -> Table<String> {
        Table(
            [
                Column("NAME", min(16, widths.name), upTo: min(44, widths.name), elision: .middle),
                Column("ATTACHED TO", 11, upTo: 40, elision: .middle),
                Column(
                    "ENV", min(12, widths.environment), upTo: min(24, widths.environment), priority: 3,
                    elision: .middle),
                Column("STAGE", 5, priority: 4), Column("FILE", 5, priority: 1), Column("DRIFT", 11, priority: 6),
                Column("STATUS", 9, upTo: 10, priority: 2), Column("AGE", 4, .right, priority: 7),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: emptyText(desk, browser.filter),
            hasHeader: hasHeader && !browser.shown.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let row = browser[index]
            return [
                FleetPage.name(of: row, browser.highlighted(row.target.title)),
                row.attachment.map { Line(untrusted: $0.title) } ?? Line("-", .dim),
                Line(untrusted: row.environment, .dim), Words.stage(row.stage),
                Line(untrusted: row.running?.description ?? "-"), FleetPage.drift(of: row), Words.phase(of: row),
                Line(desk.age(of: row.since), .dim),
            ]
        }
    }

    private func serviceTable(_ desk: Desk, hasHeader: Bool) -> Table<String> {
        let template = services.rows.reduce(8) { max($0, $1.service.template.utf8.count) }
        return Table(
            [
                Column("SERVICE", 12, upTo: 40, elision: .middle),
                Column("TEMPLATE", 10, upTo: min(40, max(10, template)), priority: 4, elision: .middle),
                Column("OWNER", 6, upTo: 20, priority: 3, elision: .middle),
                Column("TARGETS", 7, .right, priority: 1), Column("BEHIND", 6, .right), Column("FAILED", 6, .right),
                Column("REPOSITORY", 10, upTo: 30, priority: 5, elision: .middle),
                Column("AGE", 4, .right, priority: 6),
            ],
            count: services.shown.count, id: { services[$0].id }, empty: emptyText(desk, services.filter),
            hasHeader: hasHeader && !services.shown.isEmpty
        ) { index in
            let row = services[index]
            let counts = row.counts
            let behind = counts.minorBehind + counts.majorBehind + counts.back
            let name = services.highlighted(row.service.name)
            return [
                counts.failed > 0 ? Line("! ", .fail) + name : name, Line(untrusted: row.service.template, .dim),
                Line(untrusted: row.service.owner.isEmpty ? "-" : row.service.owner, .dim), Line("\(counts.total)"),
                Line("\(behind)", behind > 0 ? .warn : .dim),
                Line("\(counts.failed)", counts.failed > 0 ? .fail : .dim),
                Line(untrusted: row.service.repository.isEmpty ? "-" : row.service.repository, .dim),
                Line(desk.age(of: row.service.createdAt), .dim),
            ]
        }
    }
}
