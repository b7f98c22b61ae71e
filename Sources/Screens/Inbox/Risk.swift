import Catalog
import Engine
import Terminal

/// What a planned move would ask of those who run the target, in one word; the worst first.
enum Risk: Hashable, Comparable, Sendable {
    /// A check or a fault stands against it.
    case blocked
    /// Data would be lost, or what runs would stop.
    case loss
    case replaces(Int)
    case removes(Int)
    /// So many inputs have to be answered.
    case input(Int)
    /// Its author says that it breaks something.
    case major
    case safe

    init(_ plan: OrderPlan, asking inputs: Int, step: Recommendation.Step) {
        let changes = plan.changes
        let replaced = changes.count { $0.kind == .replace || $0.kind == .mayReplace }
        let removed = changes.count { $0.kind == .remove }
        if changes.contains(where: { $0.consequence == .dataLoss || $0.consequence == .outage }) {
            self = .loss
        } else if replaced > 0 {
            self = .replaces(replaced)
        } else if removed > 0 {
            self = .removes(removed)
        } else if inputs > 0 {
            self = .input(inputs)
        } else if plan.isBlocked {
            self = .blocked
        } else {
            self = step == .major ? .major : .safe
        }
    }

    var word: Line {
        switch self {
        case .blocked: Line("blocked", .fail)
        case .loss: Line("LOSS", .fail)
        case .replaces(let count): Line("replaces \(count)", .warn)
        case .removes(let count): Line("removes \(count)", .warn)
        case .input(let count): Line(Words.count(count, "input"), .warn)
        case .major: Line("MAJOR", .warn)
        case .safe: Line("safe", .ok)
        }
    }

    /// The same in a sentence, against what the author declared.
    func sentence(_ step: Recommendation.Step) -> Line {
        let declared = step == .back ? "Goes back" : step == .major ? "Declared major" : "Declared minor"
        switch self {
        case .blocked: return Line("A fault stands against it: U shows the review.", .fail)
        case .loss: return Line("\(declared); this plan loses data or stops what runs.", .fail)
        case .replaces(let count): return Line("\(declared); this plan replaces \(count).", .warn)
        case .removes(let count): return Line("\(declared); this plan removes \(count).", .warn)
        case .input(let count):
            return Line("\(declared); \(count == 1 ? "1 input needs" : "\(count) inputs need") an answer.", .warn)
        case .major: return Line("Declared major; nothing is replaced, removed or asked.", .warn)
        case .safe: return Line("Safe: nothing is replaced, removed or asked.", .ok)
        }
    }

    private var rank: (Int, Int) {
        switch self {
        case .loss: (0, 0)
        case .blocked: (1, 0)
        case .replaces(let count): (2, -count)
        case .removes(let count): (3, -count)
        case .input(let count): (4, -count)
        case .major: (5, 0)
        case .safe: (6, 0)
        }
    }

    static func < (left: Risk, right: Risk) -> Bool { left.rank < right.rank }
}

/// A move with what it would do: planned away from the keys, nothing is changed.
struct Prospect: Sendable {
    var move: Recommendation
    var plan: OrderPlan
    var inputs: UpgradeInputs?

    init(_ move: Recommendation, _ engine: Engine) throws(Refusal) {
        self.move = move
        plan = try engine.plan(Moves.request(move))
        inputs = try? engine.upgradeInputs(move.target, to: move.to)
    }

    var asked: Int { inputs?.lines.count(where: \.asks) ?? 0 }
    var risk: Risk { Risk(plan, asking: asked, step: move.step) }
}
