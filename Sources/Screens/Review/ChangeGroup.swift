import Catalog
import Terminal

/// What a change means for people, the worst first: the headings under which a review lists what would change.
enum ChangeGroup: Int, CaseIterable, Hashable, Sendable {
    case dataLoss, outage, kept, replaced, mayReplace, removed, unknown, opened, updated, added, metadata
    /// Values of environments that consist of values alone.
    case outputs
    /// The order's own steps, where there are several.
    case steps

    init(_ change: Change) {
        self =
            switch (change.consequence, change.kind) {
            case (.dataLoss, _): .dataLoss
            case (.outage, _): .outage
            case (.snapshot, _), (.detached, _): .kept
            case (_, .replace): .replaced
            case (_, .mayReplace): .mayReplace
            case (_, .remove): .removed
            case (_, .unknown): .unknown
            case (_, .update) where !change.widenings.isEmpty, (_, .add) where !change.widenings.isEmpty: .opened
            case (_, .update): .updated
            case (_, .add): .added
            case (_, .metadata): .metadata
            }
    }

    var title: SafeText {
        switch self {
        case .dataLoss: "DATA LOSS"
        case .outage: "OUTAGE"
        case .replaced: "REPLACED"
        case .mayReplace: "MAY BE REPLACED"
        case .kept: "KEPT ASIDE"
        case .removed: "REMOVED"
        case .unknown: "UNKNOWN"
        case .opened: "OPENS ACCESS"
        case .updated: "UPDATED"
        case .added: "ADDED"
        case .metadata: "TAGS ONLY"
        case .outputs: "OUTPUTS"
        case .steps: "STEPS"
        }
    }

    /// What that means, behind the title.
    var meaning: SafeText {
        switch self {
        case .dataLoss: "what they hold is gone for good"
        case .outage: "they do not work for a while"
        case .kept: "a snapshot or the resource itself stays"
        case .replaced: "new ones take their place"
        case .mayReplace: "only the provider can tell"
        case .removed: "deleted; they hold no data"
        case .unknown: "it can't be told before"
        case .opened: "more can reach them than before"
        case .updated: "changed in place"
        case .added: "new resources"
        case .metadata: "tags and the like, nothing else"
        case .outputs: "values that services read"
        case .steps: "what the order does, one after the other"
        }
    }

    var style: Style {
        switch self {
        case .dataLoss, .outage: .fail
        case .replaced, .mayReplace, .kept, .unknown, .opened: .warn
        case .removed: .removed
        case .updated, .outputs: .changed
        case .added: .added
        case .metadata, .steps: .dim
        }
    }

    /// Whether one should look at each of its changes before anything is deployed.
    var isSevere: Bool {
        switch self {
        case .dataLoss, .outage, .replaced, .mayReplace, .kept, .removed, .unknown, .opened: true
        case .updated, .added, .metadata, .outputs, .steps: false
        }
    }
}

/// What would change under its headings, the worst first, with quiet headings folded.
struct ChangeList: Sendable {
    private(set) var rows: [ChangeRow] = []
    private(set) var folded: Set<ChangeGroup> = []
    private var groups: [(group: ChangeGroup, rows: [ChangeRow])] = []

    /// More rows than this under a quiet heading behind others are folded at first.
    private static let manyRows = 6

    init() {}

    /// - Parameter room: Rows that can be seen at once: what fits is not folded.
    init(_ plan: OrderPlan, room: Int) {
        var found: [ChangeGroup: [ChangeRow]] = [:]
        for (step, own) in plan.plans.enumerated() {
            for index in own.unknowns.indices { found[.unknown, default: []].append(.unknown(step: step, index)) }
            for (index, change) in own.changes.enumerated() {
                found[ChangeGroup(change), default: []].append(.change(step: step, index))
            }
            for (index, move) in own.outputs.enumerated() where move.isMoving {
                found[.outputs, default: []].append(.output(step: step, index))
            }
        }
        if plan.plans.count > 1 { found[.steps] = plan.plans.indices.map(ChangeRow.step) }
        groups = ChangeGroup.allCases.compactMap { group in found[group].map { (group, $0) } }
        let quiet = groups.dropFirst().filter { !$0.group.isSevere && $0.rows.count > ChangeList.manyRows }
        arrange()
        guard rows.count > room else { return }
        folded = Set(quiet.map(\.group))
        arrange()
    }

    func count(of group: ChangeGroup) -> Int { groups.first { $0.group == group }?.rows.count ?? 0 }

    /// The changes of all groups up to a row, and all there are: what a position says.
    func place(of row: ChangeRow) -> (index: Int, count: Int) {
        let all = groups.flatMap(\.rows)
        if case .group(let group) = row {
            return (groups.prefix { $0.group != group }.reduce(0) { $0 + $1.rows.count } + 1, all.count)
        }
        return ((all.firstIndex(of: row) ?? 0) + 1, all.count)
    }

    mutating func toggle(_ group: ChangeGroup) {
        if folded.remove(group) == nil { folded.insert(group) }
        arrange()
    }

    private mutating func arrange() {
        rows = groups.flatMap { [.group($0.group)] + (folded.contains($0.group) ? [] : $0.rows) }
    }
}
