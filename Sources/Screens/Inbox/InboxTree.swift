import Catalog
import Terminal

/// What the inbox puts together: the platform team's view, and the developer's.
enum InboxGrouping: String, CaseIterable, Sendable {
    case template, service
}

/// A row of the inbox.
enum InboxItem: Sendable {
    /// A template with its steps, or a service with its moves; the places of the moves below it.
    case group(title: String, moves: [Int])
    /// A step from one version to another, with the places of its moves.
    case step(from: VersionNumber, to: VersionNumber, step: Recommendation.Step, moves: [Int])
    /// The place of a move.
    case move(Int)

    var moves: [Int] {
        switch self {
        case .group(_, let moves), .step(_, _, _, let moves): moves
        case .move(let place): [place]
        }
    }
}

typealias InboxTree = Tree<String, InboxItem>

extension InboxGrouping {
    /// The rows for `moves`, of which those at the `shown` places are listed, in their order.
    func nodes(_ moves: [Recommendation], shown: [Int]) -> [InboxTree.Node] {
        switch self {
        case .template: templateNodes(moves, shown)
        case .service: serviceNodes(moves, shown)
        }
    }

    private func templateNodes(_ moves: [Recommendation], _ shown: [Int]) -> [InboxTree.Node] {
        var nodes: [InboxTree.Node] = []
        for (template, places) in InboxGrouping.grouped(shown, by: { moves[$0].template }) {
            nodes.append(
                .init("template \(template)", .group(title: template, moves: places), hasChildren: true))
            let steps = InboxGrouping.grouped(places) { Step(from: moves[$0].from, to: moves[$0].to) }
            for (step, places) in steps.sorted(by: { ($0.0.to, $0.0.from) < ($1.0.to, $1.0.from) }) {
                guard let first = places.first else { continue }
                nodes.append(
                    .init(
                        "step \(template) \(step.from) \(step.to)", depth: 1,
                        .step(from: step.from, to: step.to, step: moves[first].step, moves: places),
                        hasChildren: true))
                nodes += places.map { .init(moves[$0].id, depth: 2, .move($0)) }
            }
        }
        return nodes
    }

    private func serviceNodes(_ moves: [Recommendation], _ shown: [Int]) -> [InboxTree.Node] {
        InboxGrouping.grouped(shown) { moves[$0].target.service ?? moves[$0].target.name }
            .sorted { $0.0 < $1.0 }
            .flatMap { name, places in
                [.init("service \(name)", .group(title: name, moves: places), hasChildren: true)]
                    + places.sorted { (moves[$0].target.title, moves[$0].to) < (moves[$1].target.title, moves[$1].to) }
                    .map { .init(moves[$0].id, depth: 1, .move($0)) }
            }
    }

    private struct Step: Hashable {
        var from: VersionNumber
        var to: VersionNumber
    }

    /// Places by what they have in common, in the order in which that is first met.
    private static func grouped<Key: Hashable>(_ places: [Int], by key: (Int) -> Key) -> [(Key, [Int])] {
        var order: [Key] = []
        var groups: [Key: [Int]] = [:]
        for place in places {
            let key = key(place)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(place)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
