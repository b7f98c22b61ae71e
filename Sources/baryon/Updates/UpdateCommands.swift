import ArgumentParser
import Catalog
import Documents
import Engine

struct UpdateCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "The inbox: what could move to another version.",
        subcommands: [UpdateList.self, UpdatePreview.self, UpdateApply.self])
}

struct UpdateList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what could move to another version, with the reason.")

    @Option(help: "Only those of this template.") var template = ""
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let limit = list.limit == 0 ? Int(Int32.max) : list.limit
        let moves = try engine.recommendations(owner: list.owner, template: template, limit: limit)
        let stranded = try engine.stranded(owner: list.owner, template: template, limit: limit)
        if output.isJSON {
            Console.out(
                JSON.object([
                    ("recommendations", .list(moves.map(RecommendationText.json))),
                    ("withoutSuccessor", stranded.isEmpty ? nil : .list(stranded.map(RecommendationText.json))),
                ]))
        } else {
            if stranded.isEmpty || !moves.isEmpty {
                RecommendationText.table(moves).print(
                    orElse: try list.emptySentence("Everything runs what is recommended.") {
                        try engine.recommendations(owner: "", template: template, limit: Int(Int32.max)).count
                    })
            }
            for target in stranded { Console.talk(target.sentence) }
        }
    }
}

struct UpdatePreview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show what a move would change, in the inputs and in the resources.")

    @Argument(help: ArgumentHelp("network, shop/prod or pipeline/shop.", valueName: "target")) var target: TargetName
    @Option(help: ArgumentHelp("The version; else what is recommended.", valueName: "major.minor"))
    var to: VersionNumber?
    @Option(help: ArgumentHelp("An answer that the new version asks for.", valueName: "input=value"))
    var set: [String] = []
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let move = Move(engine: engine, target: target.target, answers: set)
        guard let number = try move.number(to) else {
            if output.isJSON { return PlanText.nothing(output) }
            return try move.sayNothingToDo()
        }
        let inputs = try engine.upgradeInputs(move.target, to: number)
        let plan = move.naming(try await engine.checked(try engine.plan(move.request(to: number))), inputs)
        if output.isJSON {
            guard case .object(var object) = PlanText.json(plan) else { return }
            object["inputs"] = .list(inputs.lines.map { UpgradeText.json($0, answers: move.given) })
            Console.out(.object(object))
        } else {
            Console.out("\(move.target.title): \(inputs.from.number) -> \(inputs.to.number)\n")
            let table = UpgradeText.table(inputs.lines, answers: move.given)
            if !table.rows.isEmpty { Console.out("Inputs\n\(table.text)\n") }
            if !plan.plans.isEmpty { Console.out(PlanText.text(plan)) }
            Console.report(plan.allFindings)
        }
        throw ExitCode(plan.exitCode)
    }
}

struct UpdateApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Move targets to another version, one order each.",
        discussion: """
            All are planned before the first is submitted. With --wait the first failure stops the rest. With \
            --together they are one order: environments come first, then instances, then pipelines, the test stage \
            before production.
            """)

    @Argument(help: ArgumentHelp("network, shop/prod or pipeline/shop.", valueName: "target"))
    var targets: [TargetName]
    @Option(help: ArgumentHelp("The version; else what is recommended.", valueName: "major.minor"))
    var to: VersionNumber?
    @Option(help: ArgumentHelp("An answer that the new version asks for.", valueName: "input=value"))
    var set: [String] = []
    @Flag(help: "Make one order of all; the first failure stops the rest.") var together = false
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for text in set where Assignment(text) == nil {
            throw ValidationError("--set must be written as input=value, but is \"\(text)\".")
        }
    }

    func run() async throws {
        let engine = try workspace.engine()
        var plans: [OrderPlan] = []
        let ordering = Ordering(engine, order, output)
        for target in targets {
            let move = Move(engine: engine, target: target.target, answers: set)
            guard let number = try move.number(to) else {
                try move.sayNothingToDo()
                continue
            }
            let (request, inputs) = try await ordering.making {
                let inputs = try engine.upgradeInputs(move.target, to: number)
                return (try move.asking(move.request(to: number), inputs), inputs)
            }
            let plan = move.naming(try await ordering.planned(request), inputs)
            if plan.isBlocked, !order.plan {
                Console.talk("\(move.target.title) can't move to \(number):")
                throw Refusal(plan.blockers)
            }
            plans.append(plan)
        }
        if together, plans.count > 1 {
            return try await ordering.carry(.updateMany(plans.compactMap(\.request.update)))
        }
        if order.plan { return try preview(plans) }
        if plans.count == 1 { return try await ordering.carry(plans[0]) }
        // What an earlier one has changed, a later one is planned on.
        for plan in plans { try await ordering.carry(plan.request) }
    }

    /// The worst exit code of all plans.
    private func preview(_ plans: [OrderPlan]) throws {
        if output.isJSON {
            Console.out(JSON.object([("plans", .list(plans.map(PlanText.json)))]))
        } else {
            for plan in plans {
                if !plan.plans.isEmpty { Console.out(PlanText.text(plan) + "\n") }
                Console.report(plan.allFindings)
            }
        }
        throw ExitCode(plans.map { $0.isIdle ? 0 : $0.exitCode }.max() ?? 0)
    }
}

enum UpgradeText {
    /// - Parameter answers: What `--set` gave, by the input's name.
    static func table(_ lines: [UpgradeInputs.Line], answers: [String: String]) -> Table {
        var table = Table(indent: "  ")
        for line in lines { table.add(line.input, words(line.fate, answers[line.input]), line.label) }
        return table
    }

    private static func words(_ fate: UpgradeInputs.Fate, _ answer: String?) -> String {
        if let answer {
            switch fate {
            case .asked: return "new, answered with \(answer)"
            case .refused(let old): return "was \(old.string ?? old.json()), answered with \(answer)"
            case .carried, .renamed, .newDefault, .dropped: break
            }
        }
        switch fate {
        case .carried: return answer.map { "set to \($0)" } ?? "kept"
        case .renamed(let from): return "renamed from \(from), " + (answer.map { "set to \($0)" } ?? "kept")
        case .newDefault: return answer.map { "new, set to \($0)" } ?? "new, takes its default"
        case .asked: return "NEW, needs an answer"
        case .refused(let old): return "needs another answer than \(old.string ?? old.json())"
        case .dropped(let old): return "no longer taken, was \(old.string ?? old.json())"
        }
    }

    static func json(_ line: UpgradeInputs.Line, answers: [String: String]) -> Value {
        var from: Value?
        var old: Value?
        let fate: String
        switch line.fate {
        case .carried: fate = "carried"
        case .renamed(let name): (fate, from) = ("renamed", .string(name))
        case .newDefault: fate = "newDefault"
        case .asked: fate = "asked"
        case .refused(let value): (fate, old) = ("refused", value)
        case .dropped(let value): (fate, old) = ("dropped", value)
        }
        return JSON.object([
            ("input", .string(line.input)), ("label", .string(line.label)), ("fate", .string(fate)),
            ("renamedFrom", from), ("previous", old), ("answer", JSON.text(answers[line.input])),
        ])
    }
}
