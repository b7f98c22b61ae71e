import ArgumentParser
import Catalog
import Engine

/// How one target is changed.
struct TargetChange: ParsableArguments {
    @Option(help: ArgumentHelp("Move to this version.", valueName: "major.minor")) var to: VersionNumber?
    @Option(
        help: ArgumentHelp("The revision that the change was made from; a stale one is refused.", valueName: "number"))
    var revision: Int?
    @OptionGroup var spec: SpecOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func carry(
        _ target: Target, owner: String? = nil, stage: Stage? = nil, stacks: StackOptions? = nil
    ) async throws {
        let takesValues = stacks?.outputsOf.isEmpty == false
        if spec.spec == nil, spec.set.isEmpty, to == nil, owner == nil, stage == nil, !takesValues {
            throw ValidationError("Say what to change: --set input=value, --spec FILE or --to MAJOR.MINOR.")
        }
        let engine = try workspace.engine()
        let file = try SpecFile(spec.spec)
        let ordering = Ordering(engine, order, output, specName: file?.name, assigned: spec.names)
        let taken = try await ordering.making { try await values(of: stacks, for: target, engine) }
        let update = TargetUpdate(
            target: target, version: to.map { .exact($0) } ?? .standard, spec: file?.text,
            set: taken + spec.assignments,
            baseRevision: revision, owner: owner, stage: stage)
        let hasFacts = owner != nil || stage != nil
        // Who owns a target and what it is for deploys nothing.
        if hasFacts, file == nil, spec.set.isEmpty, to == nil, !takesValues {
            try engine.checkRevision(of: target, revision)
            if order.plan { return PlanText.nothing(output) }
            try engine.describe(target, owner: owner, stage: stage, why: order.why)
            let detail = try engine.target(target)
            return Console.show(output) {
                TargetText.json(detail)
            } text: {
                TargetText.text(detail)
            }
        }
        try await ordering.carry(update.request)
    }

    private func values(
        of stacks: StackOptions?, for target: Target, _ engine: Engine
    ) async throws -> [InputAssignment] {
        guard let stacks, !stacks.outputsOf.isEmpty else { return [] }
        let record = try engine.target(target).record
        let version = try engine.version(record.template, .exact(to ?? record.desired.version))
        return try await stacks.values(engine, in: record.connection, for: version, besides: spec.names)
    }
}

/// How one target is shown.
struct TargetView: ParsableArguments {
    @Flag(help: "Print the spec alone, as it was given.") var spec = false
    @Flag(help: "Print the history alone: who, when, what and why.") var history = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func show(_ target: Target) throws {
        let engine = try workspace.engine()
        let detail = try engine.target(target)
        if spec { return Console.show(output, spec: detail.record.desired.spec) }
        if history { return HistoryText.show(try engine.history(subject: target.id), output) }
        Console.show(output) {
            TargetText.json(detail)
        } text: {
            TargetText.text(detail)
        }
    }
}
