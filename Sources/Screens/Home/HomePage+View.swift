import Catalog
import Engine
package import Terminal

extension HomePage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let overview else { return nil }
        var left = rect
        if rect.width >= 100 {
            let right = left.takeRight(rect.width * 52 / 120)
            surface.drawVerticalRule(left.takeRight(1))
            _ = left.takeRight(1)
            var inner = right
            _ = inner.takeLeft(1)
            _ = inner.takeTop(1)
            Panes.draw(fleetLines(overview, desk, width: inner.width), in: inner, on: &surface)
        } else if rect.height >= 16 {
            var foot = left.takeBottom(2)
            _ = foot.takeLeft(1)
            Panes.draw(shortFleet(overview, desk), in: foot, on: &surface)
        }
        _ = left.takeLeft(1)
        _ = left.takeTop(1)
        return drawRows(overview, in: left, on: &surface, desk)
    }

    private func drawRows(_ overview: Overview, in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rest = rect
        drawHeading("NEEDS YOU", overview.attention.count, in: rest.takeTop(1), on: &surface)
        _ = rest.takeTop(1)
        if rows.isEmpty && overview.counts[.environments]?.total == 0 {
            Panes.draw(HomePage.welcome(overview), in: rest, on: &surface)
            return nil
        }
        var cursor: Point?
        // The list scrolls by itself so that the selected row is always to be seen.
        let room = max(1, rest.height - (overview.running.isEmpty ? 0 : 4))
        let first = min(max(0, list.index - room + 1), max(0, overview.attention.count - 1))
        if overview.attention.isEmpty { surface.draw(Line("  Nothing.", .dim), in: rest.takeTop(1)) }
        for (index, item) in overview.attention.enumerated().dropFirst(first).prefix(room) {
            let row = rest.takeTop(1)
            drawAttention(item, in: row, on: &surface, desk)
            if index == list.index {
                surface.restyle(row, .selection)
                cursor = Point(row.x, row.y)
            }
        }
        guard !overview.running.isEmpty, rest.height > 2 else { return cursor }
        _ = rest.takeTop(1)
        drawHeading("IN FLIGHT", overview.running.count, in: rest.takeTop(1), on: &surface)
        _ = rest.takeTop(1)
        for (index, deployment) in overview.running.enumerated() where rest.height > 0 {
            let row = rest.takeTop(1)
            drawRunning(deployment, in: row, on: &surface, desk)
            if overview.attention.count + index == list.index {
                surface.restyle(row, .selection)
                cursor = Point(row.x, row.y)
            }
        }
        return cursor
    }

    private func drawHeading(_ title: SafeText, _ count: Int, in row: Rect, on surface: inout Surface) {
        surface.draw(Line(title, .header), in: row)
        surface.drawRight(Line("\(count) ", .dim), in: row)
    }

    private func drawAttention(
        _ item: Overview.Attention, in row: Rect, on surface: inout Surface, _ desk: Desk
    ) {
        let (glyph, word) = HomePage.words(of: item.kind)
        var line = glyph
        line.append(" ")
        line = line + word
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 16 - line.width))))
        line.append(SafeText(untrusted: item.title), .text)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(2, 38 - line.width))))
        line.append(SafeText(untrusted: item.detail), .dim)
        surface.draw(line.truncated(to: max(0, row.width - 6)), in: row)
        surface.drawRight(Line(desk.age(of: item.at) + " ", .dim), in: row)
    }

    private func drawRunning(_ deployment: Deployment, in row: Rect, on surface: inout Surface, _ desk: Desk) {
        var line = Words.phase(deployment.phase)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 12 - line.width))))
        line.append(SafeText(untrusted: deployment.target.title), .text)
        line.append("  ", .text)
        line.append(SafeText(untrusted: "\(deployment.id) \(deployment.action.rawValue)"), .dim)
        surface.draw(line.truncated(to: max(0, row.width - 6)), in: row)
        surface.drawRight(Line(desk.age(of: deployment.startedAt ?? deployment.createdAt) + " ", .dim), in: row)
    }

    static func words(of kind: Overview.Kind) -> (glyph: Line, word: Line) {
        switch kind {
        case .failed: (Line("!", .fail), Line("deploy failed", .fail))
        case .stuck: (Line("!", .fail), Line("stuck", .fail))
        case .uncertain: (Line("?", .warn), Line("uncertain", .warn))
        case .major: (Line("^", .warn), Line("MAJOR update", .warn))
        case .minor: (Line("^", .info), Line("minor update", .info))
        case .back: (Line("v", .warn), Line("go back", .warn))
        case .specDrift: (Line("~", .warn), Line("not applied", .warn))
        case .draft: (Line(".", .dim), Line("draft", .text))
        }
    }

    /// What a new workspace says: where to begin.
    static func welcome(_ overview: Overview) -> [Line] {
        var begin = Line("+", .accent)
        begin.append(" opens the catalog: order an environment first, then services into it.", .text)
        return [
            Line("  Nothing is ordered yet.", .text), Line(),
            Line("  ") + begin,
            Line("  The catalog has \(Words.count(overview.templateCount, "template")).", .dim), Line(),
            Line("  Deployments here are local: they create nothing in a cloud.", .dim),
        ]
    }

    // MARK: Fleet

    private func fleetLines(_ overview: Overview, _ desk: Desk, width: Int) -> [Line] {
        let instances = overview.counts[.instances] ?? FleetCounts()
        var lines = [Panes.heading("FLEET", Words.count(instances.total, "instance")), Line()]
        lines += bars(instances, width: width)
        lines += [Line(), Panes.heading("BY ENVIRONMENT")]
        if overview.environments.isEmpty { lines.append(Line("  none yet", .dim)) }
        for environment in overview.environments {
            lines.append(environmentLine(environment))
        }
        let pipelines = overview.counts[.pipelines]?.total ?? 0
        lines += [Line(), Line("\(Words.count(pipelines, "pipeline"))", .dim), Line(), Panes.heading("RECENT")]
        if overview.recent.isEmpty { lines.append(Line("  nothing yet", .dim)) }
        for deployment in overview.recent.prefix(8) { lines.append(recentLine(deployment, desk)) }
        return lines
    }

    private func bars(_ counts: FleetCounts, width: Int) -> [Line] {
        let rows: [(SafeText, Int, Style)] = [
            ("current", counts.current, .ok), ("minor behind", counts.minorBehind, .info),
            ("MAJOR behind", counts.majorBehind, .warn), ("to go back", counts.back, .warn),
            ("failed", counts.failed, .fail),
        ]
        let most = max(1, counts.total)
        let room = max(4, min(28, width - 22))
        return rows.map { title, count, style in
            var line = Line("  ")
            line.append(title, .text)
            line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 16 - line.width))))
            let filled = count == 0 ? 0 : max(1, count * room / most)
            line.append(SafeText(untrusted: String(repeating: "#", count: filled)), style)
            line.append(SafeText(untrusted: String(repeating: " ", count: room - filled + 1)))
            let number = "\(count)"
            line.append(SafeText(untrusted: String(repeating: " ", count: max(0, 4 - number.count)) + number), .text)
            return line
        }
    }

    private func environmentLine(_ environment: Overview.EnvironmentLine) -> Line {
        var line = Line("  ")
        line.append(SafeText(untrusted: environment.name).truncated(to: 20), .text)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 23 - line.width))))
        line = line + Words.stage(environment.stage)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 29 - line.width))))
        line.append(Words.count(environment.counts.total, "instance"), .dim)
        let behind = environment.counts.minorBehind + environment.counts.majorBehind + environment.counts.back
        if behind > 0 { line.append("  \(behind) behind", .warn) }
        if environment.counts.failed > 0 { line.append("  \(environment.counts.failed) failed", .fail) }
        return line
    }

    private func recentLine(_ deployment: Deployment, _ desk: Desk) -> Line {
        var line = Line("  ")
        line.append(desk.age(of: deployment.finishedAt ?? deployment.createdAt), .dim)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 8 - line.width))))
        line = line + Words.phase(deployment.phase)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 19 - line.width))))
        line.append(SafeText(untrusted: deployment.target.title), .text)
        line.append("  ", .text)
        line.append(SafeText(untrusted: deployment.by), .dim)
        return line
    }

    private func shortFleet(_ overview: Overview, _ desk: Desk) -> [Line] {
        let counts = overview.counts[.instances] ?? FleetCounts()
        var fleet = Line("FLEET  ", .header)
        fleet.append(Words.count(counts.total, "instance"), .text)
        fleet.append("   \(counts.current) current   \(counts.minorBehind) minor   ", .dim)
        fleet.append("\(counts.majorBehind) MAJOR", counts.majorBehind > 0 ? .warn : .dim)
        fleet.append("   \(counts.failed) failed", counts.failed > 0 ? .fail : .dim)
        var recent = Line("RECENT ", .header)
        for deployment in overview.recent.prefix(3) {
            recent = recent + Words.phase(deployment.phase)
            recent.append(SafeText(untrusted: " \(deployment.target.title)   "), .text)
        }
        return [fleet, recent]
    }
}
