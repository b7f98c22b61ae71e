import Catalog
import Engine
import Terminal

/// How the fleet stands: bars, environments, and what happened last.
extension HomePage {
    func fleetLines(_ overview: Overview, _ desk: Desk, width: Int, height: Int) -> [Line] {
        let instances = overview.counts[.instances] ?? FleetCounts()
        var heading = Panes.heading("FLEET", Words.count(instances.total, "instance"))
        for (level, word) in [
            (FleetQuery.Level.environments, "environment"), (.pipelines, "pipeline"), (.components, "component"),
        ] {
            guard let count = overview.counts[level]?.total, count > 0 else { continue }
            let part = ", " + Words.count(count, word)
            if heading.width + part.width <= width { heading.append(part, .dim) }
        }
        var lines = [heading]
        lines.append(Line())
        lines += bars(instances, width: width)
        lines.append(Line())
        let recent = overview.recent.prefix(8)
        let room = max(3, height - lines.count - max(1, recent.count) - 5)
        lines += environmentLines(overview, width: width, room: room)
        lines += [Line(), Panes.heading("RECENT"), Line()]
        if recent.isEmpty { lines.append(Line("  nothing yet", .dim)) }
        lines += recentLines(overview, desk, width: width)
        return lines
    }

    private func bars(_ counts: FleetCounts, width: Int) -> [Line] {
        let rows: [(SafeText, Int, Style)] = [
            ("current", counts.current, .ok), ("minor behind", counts.minorBehind, .info),
            ("MAJOR behind", counts.majorBehind, .warn), ("to go back", counts.back, .warn),
            ("not applied", counts.specDrifted, .warn), ("failed", counts.failed, .fail),
        ]
        let most = max(1, counts.total)
        let room = max(4, width - 24)
        return rows.map { title, count, style in
            let filled = count == 0 ? 0 : max(1, count * room / most)
            let bar = Line(SafeText(untrusted: String(repeating: "#", count: filled)), style)
            return Line.columns([
                .init(Line("  " + title), 14, .left, .middle), .init(bar, room, .left, .middle),
                .init(Line("\(count)", count == 0 ? .dim : .text), 6, .right),
            ])
        }
    }

    private func environmentLines(_ overview: Overview, width: Int, room: Int) -> [Line] {
        let name = max(16, width - 28)
        func row(_ title: Line, _ cells: [Line]) -> Line {
            Line.columns(
                [.init(title, name, .left, .middle)] + zip(cells, [5, 7, 6, 6]).map { .init($0, $1, .right) }, gap: 1)
        }
        let heads = ["inst", "current", "behind", "failed"].map { Line($0, .dim) }
        var lines = [row(Line("BY ENVIRONMENT", .header), heads)]
        lines.append(Line())
        if overview.environments.isEmpty { lines.append(Line("  none yet", .dim)) }
        let shown = overview.environments.count > room ? room - 1 : overview.environments.count
        for environment in overview.environments.prefix(shown) {
            let counts = environment.counts
            let behind = counts.minorBehind + counts.majorBehind + counts.back
            lines.append(
                row(
                    Line.columns([
                        .init(Line(untrusted: "  " + environment.name), name - 6, .left, .middle),
                        .init(Words.stage(environment.stage), 4, .left, .middle),
                    ]),
                    [
                        Line("\(counts.total)"), Line("\(counts.current)", counts.current == 0 ? .dim : .ok),
                        Line("\(behind)", behind > 0 ? .warn : .dim),
                        Line("\(counts.failed)", counts.failed > 0 ? .fail : .dim),
                    ]))
        }
        let rest = overview.environments.count - shown
        if rest > 0 { lines.append(Line("  \(rest) more in Fleet", .dim)) }
        return lines
    }

    private func recentLines(_ overview: Overview, _ desk: Desk, width: Int) -> [Line] {
        let rows = overview.recent.prefix(8).map { deployment in
            let took = deployment.startedAt.map { (deployment.finishedAt ?? desk.now).milliseconds - $0.milliseconds }
            return [
                Line("  ") + Line(desk.age(of: deployment.finishedAt ?? deployment.createdAt), .dim),
                Words.phase(of: deployment), Line(untrusted: deployment.target.title),
                Line(untrusted: took.map { Age.took(milliseconds: $0) } ?? "-", .dim),
                Line(untrusted: deployment.by, .dim).truncated(to: 10),
            ]
        }
        let widths = (0..<5).map { column in rows.reduce(0) { max($0, $1[column].width) } }
        let rest = widths[0] + widths[1] + widths[3] + widths[4] + 8
        let what = max(8, min(widths[2], width - rest))
        return rows.map { cells in
            Line.columns([
                .init(cells[0], widths[0], .left, .middle), .init(cells[1], widths[1], .left, .middle),
                .init(cells[2], what, .left, .middle),
                .init(cells[3], widths[3], .right), .init(cells[4], widths[4], .left, .middle),
            ]).truncated(to: width)
        }
    }

    /// Two lines for small terminals; nothing in them is cut in the middle of a word.
    func shortFleet(_ overview: Overview, width: Int) -> [Line] {
        let counts = overview.counts[.instances] ?? FleetCounts()
        let parts: [(SafeText, Style)] = [
            (Words.count(counts.total, "instance"), .text), ("\(counts.current) current", .dim),
            ("\(counts.minorBehind) minor", counts.minorBehind > 0 ? .info : .dim),
            ("\(counts.majorBehind) MAJOR", counts.majorBehind > 0 ? .warn : .dim),
            ("\(counts.failed) failed", counts.failed > 0 ? .fail : .dim),
        ]
        let recent = overview.recent.prefix(6).map { deployment in
            Words.phase(of: deployment) + Line(untrusted: " \(deployment.target.title)")
        }
        return [
            HomePage.line("FLEET", parts.map { Line($0.0, $0.1) }, width: width),
            HomePage.line("RECENT", recent, width: width),
        ]
    }

    /// A heading and as many parts as fit whole; the first one, which matters most, is cut rather than left out.
    private static func line(_ title: SafeText, _ parts: [Line], width: Int) -> Line {
        var line = Line(title, .header)
        if line.width < 6 { line.append(" ", .text) }
        if parts.isEmpty { return line + Line("  nothing yet", .dim) }
        if let first = parts.first, line.width + first.width + 2 > width {
            return line + Line("  ") + first.truncated(to: max(0, width - line.width - 2), .middle)
        }
        for part in parts where line.width + part.width + 2 <= width { line = line + Line("  ") + part }
        return line
    }
}
