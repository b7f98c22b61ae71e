import Catalog
import Engine
import Terminal

/// A stack that was found by a scan, or that was taken in.
struct AdoptionRow: Sendable, Identifiable {
    enum Origin: Sendable {
        case found(ScannedStack)
        case taken(AdoptedTarget)
    }

    var origin: Origin

    init(_ stack: ScannedStack) { origin = .found(stack) }
    init(_ target: AdoptedTarget) { origin = .taken(target) }

    /// Two stacks may say that they are the same target's.
    var id: String { "\(target.id) \(stack)" }

    var target: Target { at(\.target, \.target) }
    var stack: String { at(\.stack, \.stack) }
    var template: String { at(\.template, \.template) }
    var version: VersionNumber? { at(\.version, \.version) }
    var verdict: AdoptionVerdict { at(\.verdict, \.verdict) }
    var changes: [Change] { at(\.changes, \.changes).byThemselves }
    var cause: String { at(\.cause, \.cause) }
    var found: ScannedStack? { if case .found(let stack) = origin { stack } else { nil } }
    var missing: [String] { found?.missing ?? [] }

    private func at<Part>(_ found: (ScannedStack) -> Part, _ taken: (AdoptedTarget) -> Part) -> Part {
        switch origin {
        case .found(let stack): found(stack)
        case .taken(let target): taken(target)
        }
    }

    /// `topics 1.0`.
    var templateWords: String {
        "\(template.isEmpty ? "-" : template) \(version?.description ?? "?")"
    }

    /// What is missing, or that nothing is.
    var state: Line {
        if case .taken = origin { return Line("taken in", .dim) }
        return missing.isEmpty ? Line("ready", .ok) : Line(untrusted: "needs \(missing.joined(separator: ", "))", .warn)
    }

    /// The worst first: what differs, what nobody can tell, what is as it should be.
    static let order: [AdoptionVerdict] = [.differs, .unknown, .clean]
}

/// A row of the list: a heading with the places of the rows below it, or the place of a row.
enum AdoptionItem: Sendable {
    case group(AdoptionVerdict, [Int])
    case row(Int)

    var places: [Int] {
        switch self {
        case .group(_, let places): places
        case .row(let place): [place]
        }
    }
}

typealias AdoptionTree = Tree<String, AdoptionItem>

extension AdoptionTree {
    /// - Parameter shown: The places of the rows that are listed.
    init(_ rows: [AdoptionRow], shown: [Int], folded: Set<String>) {
        let nodes = AdoptionRow.order.flatMap { verdict -> [AdoptionTree.Node] in
            let places = shown.filter { rows[$0].verdict == verdict }
            guard !places.isEmpty else { return [] }
            return [.init(verdict.rawValue, .group(verdict, places), hasChildren: true)]
                + places.map { .init(rows[$0].id, depth: 1, .row($0)) }
        }
        self.init(nodes, folded: folded)
    }
}

extension AdoptionVerdict {
    var style: Style {
        switch self {
        case .differs, .unknown: .warn
        case .clean: .ok
        }
    }

    /// What that means, behind the heading.
    var meaning: SafeText {
        switch self {
        case .differs: "an update would change them"
        case .unknown: "nobody can tell what an update would do"
        case .clean: "as their template makes them"
        }
    }
}
