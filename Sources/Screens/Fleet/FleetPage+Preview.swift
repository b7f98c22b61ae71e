import Catalog
import Engine
import Terminal

/// What is said about the selected row: what happened last and why, what is recommended, what it gives.
extension FleetPage {
    func previewLines(_ desk: Desk, width: Int) -> [Line] {
        guard let preview else { return [] }
        let row = preview.row
        var title = Line(untrusted: row.target.title, .header)
        if row.stage == .production, row.target.kind != .pipeline {
            title = title + Line("  ") + Words.stage(.production)
        }
        title.append("  ", .text)
        title.append(
            SafeText(untrusted: "\(row.target.version(of: row.template)) \(row.running?.description ?? "not applied")"),
            .text)
        title.append(SafeText(untrusted: "   owner \(row.owner.isEmpty ? "-" : row.owner)"), .dim)
        if let instance = row.attachment {
            title.append(SafeText(untrusted: "   attached to \(instance.title)"), .dim)
        }
        let facts = lastLines(preview, desk, width: width) + moveLines(preview, width: width)
        return title.wrapped(to: width) + facts + outputLines(preview, width: width)
    }

    private func lastLines(_ preview: TargetGlance, _ desk: Desk, width: Int) -> [Line] {
        guard let last = preview.deployments.first else { return [Line("Nothing was deployed yet.", .dim)] }
        var line = Line(untrusted: "\(last.id) ", .dim) + Words.phase(last.phase)
        line.append(SafeText(untrusted: "  \(HistoryPage.change(last))"), .text)
        line.append(
            "  \(desk.age(of: last.finishedAt ?? last.createdAt)) ago by \(SafeText(untrusted: last.by))", .dim)
        if !last.why.isEmpty { line.append(SafeText(untrusted: ": \(last.why)"), .dim) }
        var lines = Panes.fact("last", line, width: 10).wrapped(to: width, indent: 10)
        if let failure = last.failure {
            let cause = failure.resource.isEmpty ? failure.reason : "\(failure.resource): \(failure.reason)"
            lines += Panes.fact("cause", Line(untrusted: cause, .fail), width: 10).wrapped(to: width, indent: 10)
            if !failure.hint.isEmpty {
                lines += Panes.fact("next", Line(untrusted: failure.hint, .info), width: 10).wrapped(
                    to: width, indent: 10)
            }
        }
        return lines
    }

    private func moveLines(_ preview: TargetGlance, width: Int) -> [Line] {
        preview.recommendations.enumerated().flatMap { index, move in
            var line = Line(untrusted: "\(move.from) → \(move.to)  ", .text) + InboxPage.word(of: move.step)
            if !move.reason.isEmpty { line.append(SafeText(untrusted: "  \(move.reason)"), .dim) }
            return Panes.fact(index == 0 ? "update" : "or", line, width: 10).wrapped(to: width, indent: 10)
        }
    }

    private func outputLines(_ preview: TargetGlance, width: Int) -> [Line] {
        guard !preview.outputs.isEmpty else { return [] }
        let longest = preview.outputs.reduce(0) { max($0, $1.key.utf8.count) }
        let label = min(longest + 2, max(10, width / 3))
        return [Line(), Panes.heading("OUTPUTS", "\(preview.outputs.count)")]
            + preview.outputs.map { output in
                Panes.fact(SafeText(untrusted: output.key), Line(untrusted: output.value), width: label)
                    .truncated(to: width, .middle)
            }
    }
}
