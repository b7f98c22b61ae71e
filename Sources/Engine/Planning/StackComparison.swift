import Bundles
import Catalog
import CloudFormation
import Documents
import Provisioning

/// What would change in a target's stack.
struct StackComparison: Sendable {
    var changes: [Change] = []
    var findings: [Finding] = []
    /// Names that are imported and that nothing known exports, each with why it can't be had.
    var missingImports: [(name: String, failure: Failure)] = []
    var outputNames: [String] = []
    var settled: Set<String> = []
    /// The values of outputs that nobody has to make first.
    var stated: [String: String] = [:]
    /// What is wanted and what is there, evaluated where it will be.
    var wanted: EvaluatedTemplate?
    var applied: EvaluatedTemplate?
}

/// Where a stack is or will be.
struct StackPlace: Sendable {
    let account: String
    let region: String
    let stack: String
    /// What the other stacks there export, as far as it is known here.
    let exports: [StackExport]

    init(_ connection: Connection, _ stack: String, exports: [StackExport] = []) {
        account = connection.account
        region = connection.region
        self.stack = stack
        self.exports = exports
    }

    var givens: CloudFormation.Givens { givens(Imports(exports)) }

    func givens(_ imports: Imports) -> CloudFormation.Givens {
        var lookup = Lookup()
        lookup.export = { name in imports.value(of: name).map { .string($0) } }
        return CloudFormation.Givens(
            pseudo: PseudoParameters(accountID: account, region: region, stackName: stack), lookup: lookup)
    }
}

/// What is there, evaluated once for all that it is compared with.
struct StackBase: Sendable {
    /// The applied template, as far as its resources are still recorded; `nil` where there is none that can be read.
    let before: EvaluatedTemplate?
    /// The stack's record. A removal that did not come to its end leaves less than what was applied, an undo that did
    /// not may leave more.
    let recorded: [ProvisionedResource]
    let place: StackPlace

    init(_ file: RenderedFile?, recorded: [ProvisionedResource], at place: StackPlace) {
        let there = Set(recorded.map(\.logicalID))
        before = file.flatMap { Engine.evaluated($0, place.givens)?.keeping(there.contains) }
        self.recorded = recorded
        self.place = place
    }
}

extension Engine {
    /// Compares a rendering with what is there.
    func compare(_ rendered: Rendered, with base: StackBase) -> StackComparison {
        guard let template = rendered.template else { return StackComparison() }
        let (before, recorded, place) = (base.before, base.recorded, base.place)
        let imports = Imports(place.exports)
        let wanted = template.evaluate(with: place.givens(imports))
        let there = Set(recorded.map(\.logicalID))
        let set = ChangeSet(applied: before, wanted: wanted.template, region: place.region)
        let names = wanted.template.outputs.map(\.name)
        // What an output reads keeps its value unless a resource may become another one.
        let replaces = set.changes.contains { change in
            switch change.changeClass {
            case .replace, .mayReplace, .unknown: true
            case .add, .update, .metadata, .remove: false
            }
        }
        let moved = Set(set.outputs.map(\.name))
        return StackComparison(
            changes: set.byGravity.map { Engine.change($0, rendered) }.map { Engine.met($0, there) }
                + Engine.leftovers(recorded, before, wanted.template),
            findings: wanted.findings, missingImports: imports.missing.map { ($0, imports.failure($0)) },
            outputNames: names, settled: before == nil || replaces ? [] : Set(names).subtracting(moved),
            stated: Engine.stated(wanted.template), wanted: wanted.template, applied: before
        )
    }

    private static func stated(_ template: EvaluatedTemplate) -> [String: String] {
        let outputs = template.isOpen ? [] : template.outputs.filter { !$0.value.isVolatile }
        return Dictionary(outputs.compactMap { output in output.value.text.map { (output.name, $0) } }) { _, last in
            last
        }
    }

    /// What would be added but is recorded is changed in place.
    private static func met(_ change: Change, _ there: Set<String>) -> Change {
        guard change.kind == .add, there.contains(change.resource) else { return change }
        var change = change
        change.kind = .update
        change.explanation = "It is there already, left by a deployment that was not undone whole."
        return change
    }

    /// Recorded resources that neither what is applied nor what is wanted has.
    private static func leftovers(
        _ recorded: [ProvisionedResource], _ before: EvaluatedTemplate?, _ wanted: EvaluatedTemplate
    ) -> [Change] {
        recorded.filter { before?[$0.logicalID] == nil && wanted[$0.logicalID] == nil }.map {
            Change(
                resource: $0.logicalID, type: $0.type, kind: .remove,
                explanation: "It was left by a deployment that was not undone whole.")
        }
    }

    /// Every resource of the applied template goes.
    func removals(of applied: Plan?, resources: [ProvisionedResource], at place: StackPlace) -> [Change] {
        let before = (applied?.files.first).flatMap { Engine.evaluated($0, place.givens) }
        let set = ChangeSet(applied: before, wanted: nil, region: place.region)
        let recorded = Set(resources.map(\.logicalID))
        // A create that was undone in part leaves records that no applied template has.
        let rest = resources.filter { resource in !set.changes.contains { $0.logicalID == resource.logicalID } }
        return set.byGravity.filter { recorded.contains($0.logicalID) }.map { Engine.change($0, nil) }
            + rest.map { Change(resource: $0.logicalID, type: $0.type, kind: .remove) }
    }

    static func evaluated(_ file: RenderedFile, _ givens: CloudFormation.Givens) -> EvaluatedTemplate? {
        guard let document = Document.read(Source(name: file.path, text: file.text), as: .cloudFormation).document
        else {
            return nil
        }
        return CloudFormation.Template.read(document).template.evaluate(with: givens).template
    }

    private static func change(_ change: ResourceChange, _ rendered: Rendered?) -> Change {
        Change(
            resource: change.logicalID, type: change.type, kind: kind(change.changeClass),
            consequence: consequence(change.consequence), explanation: change.note ?? "",
            causes: change.causes.map { cause in
                Change.Cause(
                    property: cause.pointer.steps.joined(separator: "/"), old: cause.oldText, new: cause.newText,
                    input: cause.place.flatMap { rendered?.input(at: $0) },
                    forcesReplacement: cause.effect == .replace || cause.effect == .mayReplace
                )
            }, widenings: change.widenings.map(\.sentence)
        )
    }

    private static func kind(_ changeClass: ChangeClass) -> Change.Kind {
        switch changeClass {
        case .add: .add
        case .metadata: .metadata
        case .update: .update
        case .unknown: .unknown
        case .mayReplace: .mayReplace
        case .replace: .replace
        case .remove: .remove
        }
    }

    private static func consequence(_ consequence: CloudFormation.Consequence) -> Change.Consequence {
        switch consequence {
        case .none: .none
        case .routine: .routine
        case .outage: .outage
        case .snapshot: .snapshot
        case .kept: .detached
        case .dataLoss: .dataLoss
        }
    }
}
