import Catalog
import Engine
import Terminal

/// The deployments of a target: what each changed, and the way back to it.
extension TargetPage {
    /// Newest first; on demand only those that changed the version or an input.
    var history: [Deployment] {
        let all = detail?.deployments ?? []
        return showsChangesOnly ? all.filter(changesSomething) : all
    }

    var selectedDeployment: Deployment? {
        tab == .history && history.indices.contains(list.index) ? history[list.index] : nil
    }

    private func changesSomething(_ deployment: Deployment) -> Bool {
        deployment.action != .update || deployment.fromVersion != deployment.version
            || !(changed[deployment.id] ?? []).isEmpty
    }

    /// Plans do not change: each is read once, and only when the history is looked at.
    mutating func readChanges(_ desk: Desk) {
        guard tab == .history, let detail else { return }
        for deployment in detail.deployments where changed[deployment.id] == nil {
            changed[deployment.id] = (try? desk.engine.changedInputs(by: deployment)) ?? []
        }
    }

    // MARK: Back to an earlier one

    var canRollBack: Availability {
        guard let detail else { return .no("it is not there") }
        if !(detail.row.phase?.isFinished ?? true) { return .no("it is being deployed") }
        guard tab == .history else {
            let successes = detail.deployments.count { $0.phase == .succeeded && $0.action != .destroy }
            return successes > 1 || detail.row.hasSpecDrift && successes > 0 ? .yes : .no("no earlier one succeeded")
        }
        guard let deployment = selectedDeployment else { return .no("select a deployment first") }
        if deployment.phase != .succeeded || deployment.action == .destroy {
            return .no("it left nothing to go back to")
        }
        return deployment.id == detail.record.applied?.deployment && !detail.row.hasSpecDrift
            ? .no("that is what runs now") : .yes
    }

    /// To the selected deployment, or from any other tab to the one before.
    var rollback: Action {
        let id = selectedDeployment?.id
        let title = "roll \(target.title) back" + (id.map { " to \($0)" } ?? "")
        return .open(ReviewPage(request: .rollback(Rollback(target: target, to: id)), title: title))
    }

    // MARK: Drawing

    func historyTable(_ desk: Desk) -> Table<Int> {
        let (rows, changed) = (history, changed)
        return Table(
            [
                Column("#", 4, upTo: 6, .right), Column("AGE", 4, upTo: 4, .right, priority: 2),
                Column("RESULT", 9, upTo: 10), Column("VERSION", 11, upTo: 14),
                Column("INPUTS", 26, upTo: 60, priority: 1), Column("BY", 6, upTo: 14, priority: 2),
                Column("WHY", 8, upTo: 400, priority: 3),
            ],
            count: rows.count, id: { $0 },
            empty: showsChangesOnly ? "No deployment changed the version or an input." : "Nothing was deployed yet."
        ) {
            let deployment = rows[$0]
            return [
                Line("\(deployment.id.number)"), Line(desk.age(of: deployment.createdAt), .dim),
                Words.phase(of: deployment), TargetPage.version(deployment),
                TargetPage.inputs(changed[deployment.id] ?? []), Line(untrusted: deployment.by, .dim),
                Line(untrusted: deployment.why.isEmpty ? deployment.failure?.reason ?? "" : deployment.why, .dim),
            ]
        }
    }

    private static func version(_ deployment: Deployment) -> Line {
        switch deployment.action {
        case .create: Line("create \(deployment.version)")
        case .destroy: Line("destroy", .removed)
        case .adopt: Line("adopt \(deployment.version)")
        case .move: Line(untrusted: "move to \(deployment.connection)")
        case .update:
            deployment.fromVersion.map {
                $0 == deployment.version ? Line("\(deployment.version)", .dim) : Line("\($0) → \(deployment.version)")
            } ?? Line("\(deployment.version)")
        }
    }

    /// `memory 512 → 1024, image ...`: short, all of it stands below the list.
    private static func inputs(_ changed: [ChangedInput]) -> Line {
        var line = Line()
        for (index, input) in changed.enumerated() {
            if index > 0 { line.append(", ", .dim) }
            line.append(SafeText(untrusted: input.name + " "), .dim)
            line.append(Words.value(input.old).truncated(to: 16, .middle), .removed)
            line.append(" → ", .dim)
            line.append(Words.value(input.new).truncated(to: 16, .middle), .added)
        }
        return line.isEmpty ? Line("-", .faint) : line
    }

    /// The selected deployment in full.
    func historyLines(width: Int) -> [Line] {
        guard let deployment = selectedDeployment else { return [] }
        let inputs = (changed[deployment.id] ?? []).flatMap { input in
            var line = Line(untrusted: "\(input.name)  ", .dim)
            line.append(Words.value(input.old), .removed)
            line.append(" → ", .dim)
            line.append(Words.value(input.new), .added)
            return Panes.fact("changed", line, width: 9).wrapped(to: width, indent: 9)
        }
        return HistoryPage.facts(of: deployment, width: width) + inputs
    }
}
