import Catalog
import Documents
import Engine
import Terminal

/// What is to be recorded, once somebody has said so.
struct Adoption: Sendable {
    var targets: Set<Target>
    /// As text, as the command takes it.
    var inventory: String
}

extension AdoptionPage {
    /// Asks before the chosen stacks are recorded, with those that have to come along.
    func adopt() -> [Action] {
        guard let scan, let scanned else { return [] }
        let chosen = (marked.isEmpty ? [selected].compactMap(\.self) : marked).compactMap(\.found?.target)
        var taken: Set<Target> = []
        var left: [(target: Target, reasons: [String])] = []
        for target in chosen where !taken.contains(target) {
            let whole = scan.whole(of: [target])
            let incomplete = whole.filter { !$0.isComplete }
            if incomplete.isEmpty {
                taken.formUnion(whole.map(\.target))
            } else {
                left.append(
                    (target, incomplete.map { "\($0.target.title) needs \($0.missing.joined(separator: ", "))" }))
            }
        }
        guard !taken.isEmpty else {
            let reason = left.first?.reasons.first ?? "nothing is marked"
            return [.say(Line(untrusted: "Not complete: \(reason); w writes the inventory to complete it.", .warn))]
        }
        let stacks = scan.stacks.filter { taken.contains($0.target) }
        var lines = [
            Line(
                untrusted:
                    "Recorded in the workspace as they run in \(scanned.account), \(scanned.region). Nothing outside is changed.",
                .info), Line(),
        ]
        // What stands at the end may be cut: what one must know comes before the list.
        lines += notes(stacks, scan.inventory, alone: Set(chosen))
        if !left.isEmpty {
            lines.append(Line("Left out, because they are not complete:", .warn))
            lines += left.prefix(4).map {
                Line(untrusted: "  \($0.target.title): \($0.reasons.joined(separator: "; "))", .dim)
            }
            if left.count > 4 { lines.append(Line("  and \(left.count - 4) more", .dim)) }
            lines.append(Line())
        }
        lines += AdoptionWords.records(stacks, scan.inventory)
        let inventory = scan.inventory(of: taken).text(of: scanned)
        let record = Adoption(targets: taken, inventory: inventory)
        return [
            .ask(
                Question(
                    "Take in \(Words.count(stacks.count, "stack"))?", lines,
                    choices: [.init("y", "record", [.answer(record)]), .init("n", "not yet", [])]))
        ]
    }

    /// What one should know of them.
    private func notes(_ stacks: [ScannedStack], _ inventory: Inventory, alone chosen: Set<Target>) -> [Line] {
        var lines: [Line] = []
        let environments = Set(stacks.filter { $0.target.kind == .environment }.map(\.target.name))
        if inventory.environments.contains(where: { environments.contains($0.name) && $0.stage == .test }) {
            lines.append(Line("Nobody could tell what is production: all are taken for test.", .warn))
            lines.append(Line("Later: baryon environment update NAME --stage production", .info))
        }
        let added = stacks.count { !chosen.contains($0.target) }
        if added > 0 {
            lines.append(
                Line(
                    "\(Words.count(added, "stack")) of these come along: services whole, instances with environments.",
                    .dim))
        }
        let guesses = stacks.reduce(0) { $0 + $1.inputs.count(where: \.isGuess) }
        if guesses > 0 {
            let count: SafeText = guesses == 1 ? "1 input is" : "\(guesses) inputs are"
            lines.append(Line("\(count) only a sample: nothing in the stacks tells.", .warn))
        }
        return lines.isEmpty ? [] : lines + [Line()]
    }
}

/// How adoption's words look.
enum AdoptionWords {
    /// What would be recorded: environments, the worst first, then services with what belongs to them.
    static func records(_ stacks: [ScannedStack], _ inventory: Inventory) -> [Line] {
        var rows: [(name: String, stack: ScannedStack?, stage: Line)] = []
        for verdict in AdoptionRow.order {
            for stack in stacks where stack.target.kind == .environment && stack.verdict == verdict {
                let stage = inventory.environments.first { $0.name == stack.target.name }?.stage ?? .test
                rows.append(("environment \(stack.target.name)", stack, Words.stage(stage)))
            }
        }
        for service in Set(stacks.compactMap(\.target.service)).sorted() {
            rows.append(("service \(service)", nil, Line()))
            for stack in stacks where stack.target.service == service {
                let isPipeline = stack.target.kind == .pipeline
                let name = isPipeline ? "pipeline" : "instance \(stack.target.name) in \(stack.environment)"
                rows.append(("  \(name)", stack, Line()))
            }
        }
        let names = rows.map { Line(untrusted: $0.name) }
        let room = min(36, names.reduce(0) { max($0, $1.width) })
        return zip(names, rows).map { name, row in
            guard let stack = row.stack else { return name }
            let version = "\(stack.template) \(stack.version?.description ?? "?")"
            return Line.columns([
                Line.Cell(name, room, .left, .middle),
                Line.Cell(Line(untrusted: stack.verdict.rawValue, stack.verdict.style), 7),
                Line.Cell(row.stage, 4), Line.Cell(Line(untrusted: version, .dim), nil),
            ])
        }
    }

    /// Where a value is from.
    static func origin(_ origin: AdoptedInput.Origin) -> Line {
        switch origin {
        case .given(let path): Line(untrusted: path.isEmpty ? "given" : "spec \(path)", .dim)
        case .stack(let place): Line(untrusted: "stack: \(place.replacing("/Properties/", with: "/"))", .info)
        case .tried: Line("tried: it comes nearest", .info)
        case .standard: Line("default", .dim)
        case .sample: Line("a sample: nothing tells it", .warn)
        }
    }
}
