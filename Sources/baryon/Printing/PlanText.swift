import Catalog
import Documents

/// A plan for people and for programs.
enum PlanText {
    static func text(_ order: OrderPlan) -> String {
        var lines: [String] = []
        for (index, plan) in order.plans.enumerated() {
            let step = order.plans.count == 1 ? "" : "Step \(index + 1) of \(order.plans.count): "
            lines.append(step + heading(plan))
            lines += section("Files", files(plan.files))
            lines += section("Resources", changes(plan.changes))
            lines += section("Outputs", outputs(plan.outputs))
            lines += section("Checks", checks(plan.checks))
            if !plan.unknowns.isEmpty {
                lines.append("  Known once earlier steps have run: \(plan.unknowns.joined(separator: ", "))")
            }
            lines.append("")
        }
        lines.append(summary(order))
        return lines.joined(separator: "\n")
    }

    private static func heading(_ plan: Plan) -> String {
        let from = plan.fromVersion.flatMap { $0 == plan.version ? nil : "\($0) -> " } ?? ""
        var place = plan.environment.isEmpty ? "" : " in \(plan.environment)"
        if let instance = plan.attachment { place += ", attached to \(instance.title)" }
        return "\(plan.action.rawValue) \(plan.target.kind.rawValue) \(plan.target.title): "
            + "\(plan.target.version(of: plan.template)) \(from)\(plan.version)\(place) (\(plan.stage.rawValue), \(destination(plan)))"
    }

    /// Where it goes, with all that tells it from elsewhere.
    private static func destination(_ plan: Plan) -> String {
        guard plan.connection != Connection.local.name else { return plan.connection }
        let from = plan.action == .move ? "\(Connection.local.name) -> " : ""
        let stack = plan.stack.isEmpty ? "" : ", stack \(plan.stack)"
        return "\(from)\(plan.connection): account \(plan.grounds.account), \(plan.grounds.region)\(stack)"
    }

    private static func section(_ title: String, _ table: Table) -> [String] {
        table.rows.isEmpty ? [] : ["  \(title)", table.text]
    }

    private static func files(_ files: [RenderedFile]) -> Table {
        var table = Table(indent: "    ")
        for file in files {
            guard let previous = file.previous else {
                let count = file.text.utf8.count { $0 == 0x0A }
                table.add("+", file.path, "new, \(counted(count, "line"))")
                continue
            }
            let diff = LineDiff(old: previous, new: file.text)
            let added = diff.lines.count { $0.kind == .added }
            let removed = diff.lines.count { $0.kind == .removed }
            if !diff.isEmpty { table.add("~", file.path, "+\(added) -\(removed) lines") }
        }
        return table
    }

    private static func changes(_ changes: [Change]) -> Table {
        var table = Table(indent: "    ")
        for change in changes {
            let consequence =
                [.none, .routine].contains(change.consequence)
                ? change.explanation : "\(change.consequence.rawValue): \(change.explanation)"
            table.add(
                sign(change.kind), change.kind.rawValue, change.resource, change.type, consequence,
                change.causes.isEmpty ? change.place?.text ?? "" : "")
            for widening in change.widenings { table.add("", "", "  opens access", widening) }
            for cause in change.causes.prefix(8) {
                // Where the text is the same, what it refers to becomes another one.
                let move =
                    cause.old == cause.new
                    ? "\(short(cause.new)) gets another value" : "\(short(cause.old)) -> \(short(cause.new))"
                let by = cause.input.map { " (input \($0))" } ?? ""
                table.add(
                    "", "", "  \(cause.property)", move + by, cause.forcesReplacement ? "forces replacement" : "",
                    cause.place?.text ?? "")
            }
        }
        return table
    }

    private static func outputs(_ outputs: [OutputMove]) -> Table {
        var table = Table(indent: "    ")
        for move in outputs where move.isMoving {
            let sign = move.old == nil ? "+" : move.new == nil ? "-" : "~"
            table.add(sign, move.name, "\(short(move.old)) -> \(short(move.new))")
        }
        return table
    }

    /// What is changed, as a table.
    static func changes(of changes: [Change]) -> String { self.changes(changes).text }

    private static func short(_ text: String?) -> String {
        guard let text else { return "-" }
        return text.count > 60 ? "\(text.prefix(57))..." : text
    }

    private static func sign(_ kind: Change.Kind) -> String {
        switch kind {
        case .add: "+"
        case .update, .metadata: "~"
        case .mayReplace, .replace: "!"
        case .remove: "-"
        case .unknown: "?"
        }
    }

    private static func checks(_ checks: [Check]) -> Table {
        var table = Table(indent: "    ")
        for check in checks {
            let waived = check.waivers.map { "waived by \($0.by) until \($0.until.iso8601.prefix(10)): \($0.why)" }
            table.add(
                check.outcome.rawValue, check.name, check.level == .hard ? "" : check.level.rawValue,
                ([check.sentence] + waived).joined(separator: " "))
        }
        return table
    }

    private static func summary(_ order: OrderPlan) -> String {
        func count(_ kinds: Change.Kind...) -> Int { order.changes.count { kinds.contains($0.kind) } }
        var text =
            "\(count(.add)) to add, \(count(.update, .metadata, .unknown)) to update, "
            + "\(count(.replace, .mayReplace)) to replace, \(count(.remove)) to remove."
        let moving = order.plans.reduce(0) { $0 + $1.outputs.count(where: \.isMoving) }
        if moving > 0 { text += " \(counted(moving, "value")) to change." }
        if order.plans.contains(where: { $0.connection == Connection.local.name }) {
            text += " Local deployments create nothing in a cloud."
        }
        return text
    }

    /// The plan of a change that deploys nothing, such as another owner.
    static func nothing(_ output: OutputOptions) {
        guard output.isJSON else { return Console.talk("Nothing would be deployed.") }
        Console.out(
            JSON.object([
                ("steps", .list([])), ("findings", .list([])), ("isBlocked", .bool(false)),
                ("exitCode", JSON.number(0)),
            ]))
    }

    static func json(_ order: OrderPlan) -> Value {
        JSON.object([
            ("steps", .list(order.plans.map(step))), ("findings", JSON.findings(order.findings)),
            ("isBlocked", .bool(order.isBlocked && !order.isIdle)),
            ("exitCode", JSON.number(Int(order.isIdle ? 0 : order.exitCode))),
        ])
    }

    /// A plan that was never made, for what was given is at fault.
    static func json(blockedBy findings: [Finding]) -> Value {
        JSON.object([
            ("steps", .list([])), ("findings", JSON.findings(findings)), ("isBlocked", .bool(true)),
            ("exitCode", JSON.number(4)),
        ])
    }

    private static func step(_ plan: Plan) -> Value {
        let names = TargetText.names(plan.target, environment: plan.environment)
        return JSON.object(
            names + [
                ("action", .string(plan.action.rawValue)), ("templateName", .string(plan.template)),
                ("templateMajorVersion", .string(String(plan.version.major))),
                ("templateMinorVersion", .string(String(plan.version.minor))),
                ("fromVersion", JSON.text(plan.fromVersion?.description)), ("stage", .string(plan.stage.rawValue)),
                ("connection", .string(plan.connection)), ("provisioner", .string(plan.provisioner)),
                ("stack", .string(plan.stack)), ("inputs", plan.inputs), ("files", .list(plan.files.map(\.value))),
                ("changes", .list(plan.changes.map(\.value))),
                ("outputs", plan.outputs.isEmpty ? nil : .list(plan.outputs.map(\.value))),
                ("checks", .list(plan.checks.map(\.value))),
                ("unknowns", .list(plan.unknowns.map(Value.string))), ("findings", JSON.findings(plan.findings)),
                ("digest", .string(plan.digest)),
            ])
    }
}
