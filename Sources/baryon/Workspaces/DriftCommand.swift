import ArgumentParser
import Catalog
import Documents
import Engine

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "List what differs from what it should be; ends with 2 where anything does.",
        discussion: """
            Version drift: behind what is recommended. Spec drift: what was asked for is not applied. Live drift, with \
            --live and a target: changed outside; nothing outside changes local deployments.
            """)

    @Argument(
        help: ArgumentHelp(
            "network, shop/prod, pipeline/shop or component/queue; else everything.", valueName: "target"))
    var target: TargetName?
    @Flag(help: "Ask the provider what was changed outside the target; it takes a while.") var live = false
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        if live, let target { return try await showLive(target.target, engine) }
        let rows = try target.map { try one($0.target, engine) } ?? all(engine, owner: list.owner)
        if output.isJSON {
            Console.out(JSON.object([("drift", try TargetText.json(rows, engine))]))
        } else if rows.isEmpty {
            let nothing = "Nothing has drifted. Local: nothing changes outside."
            Console.talk(try list.emptySentence(nothing) { try all(engine, owner: "").count })
        } else {
            var table = Table("TARGET", "TEMPLATE", "RUNS", "RECOMMENDED", "VERSION DRIFT", "SPEC DRIFT", "LIVE DRIFT")
            for row in rows {
                table.add(
                    row.target.title, row.template, row.running?.description ?? "-",
                    row.recommended?.description ?? "-", row.drift.title, DriftCommand.words(row), "-")
            }
            Console.out(table.fitted)
            Console.talk("Local: nothing changes outside.")
            try stranded(among: rows, engine)
        }
        if !rows.isEmpty { throw ExitCode(2) }
    }

    func validate() throws {
        if live, target == nil { throw ValidationError("--live asks about one target: name it.") }
    }

    private func showLive(_ target: Target, _ engine: Engine) async throws {
        let drift = try await engine.liveDrift(of: target)
        let found = drift.changes
        if output.isJSON {
            Console.out(
                JSON.object([
                    (
                        "drift",
                        .list(
                            found.map { one in
                                JSON.object([
                                    ("resource", .string(one.resource)), ("type", .string(one.type)),
                                    ("property", JSON.text(one.property)), ("recorded", one.recorded.map(Value.string)),
                                    ("found", one.found.map(Value.string)),
                                ])
                            })
                    ), ("gaps", drift.gaps.isEmpty ? nil : .list(drift.gaps.map(Value.string))),
                ]))
        } else {
            var table = Table("RESOURCE", "TYPE", "PROPERTY", "RECORDED", "FOUND")
            for one in found {
                table.add(
                    one.resource, one.type, one.property.isEmpty ? "(gone)" : one.property, one.recorded ?? "-",
                    one.found ?? "-")
            }
            if !found.isEmpty || drift.gaps.isEmpty { table.print(orElse: "\(target.title) is as it was deployed.") }
            for gap in drift.gaps { Console.talk(gap) }
        }
        if !found.isEmpty { throw ExitCode(2) }
    }

    /// Says of those that drifted and have nowhere to go what to do.
    private func stranded(among rows: [FleetRow], _ engine: Engine) throws {
        guard rows.contains(where: { $0.drift == .back }) else { return }
        let shown = Set(rows.map(\.target))
        for target in try engine.stranded(owner: list.owner, limit: Int(Int32.max)) where shown.contains(target.target)
        {
            Console.talk(target.sentence)
        }
    }

    private func one(_ target: Target, _ engine: Engine) throws -> [FleetRow] {
        let row = try engine.target(target).row
        return row.hasDrifted ? [row] : []
    }

    private func all(_ engine: Engine, owner: String) throws -> [FleetRow] {
        var rows: [FleetRow] = []
        for filter in [FleetQuery.Filter.behind, .drifted, .uncertain] {
            rows += try list.rows { offset, limit in
                try engine.fleet(
                    FleetQuery(level: .all, filter: filter, owner: owner, offset: offset, limit: limit))
            }
        }
        var seen: Set<String> = []
        return rows.filter { $0.hasDrifted && seen.insert($0.id).inserted }
    }

    private static func words(_ row: FleetRow) -> String {
        if row.isUncertain { return "uncertain" }
        if !row.hasSpecDrift { return "-" }
        return row.running == nil ? "never applied" : "not applied"
    }
}

extension FleetRow {
    fileprivate var hasDrifted: Bool { ![.current, .none].contains(drift) || hasSpecDrift || isUncertain }
}
