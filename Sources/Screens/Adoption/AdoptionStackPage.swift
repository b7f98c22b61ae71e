import Catalog
import Documents
package import Engine
package import Terminal

/// One stack that can be taken in, or was: what an update would change in it, and which inputs it was made from.
package struct AdoptionStackPage: Page {
    let row: AdoptionRow
    var stack: ScannedStack?
    var tab = Tab.differences
    var list = ListState<Int>()

    enum Tab: String, CaseIterable {
        case differences = "Differences"
        case inputs = "Inputs"
    }

    /// One property that is otherwise, or a resource that is only in one of the two templates.
    struct Difference: Hashable, Sendable {
        var change: Change
        var cause: Change.Cause?

        var property: String { cause?.property ?? "" }
        var place: TemplatePlace? { cause == nil ? change.place : cause?.place }
        /// `Topic/DisplayName`.
        var name: String {
            property.isEmpty ? change.resource : "\(change.resource)/\(property.replacing("Properties/", with: ""))"
        }
    }

    init(_ row: AdoptionRow) {
        self.row = row
        stack = row.found
        tab = row.changes.isEmpty ? .inputs : .differences
        list.select(0, at: 0)
    }

    package static let commands: [Command] = [
        Command(
            "stack.open", "show line", "Shows the template at the line of the selected difference or input.",
            keys: ["Enter"], in: "stack", group: "SEE", hint: 1),
        Command(
            "stack.tab", "next tab", "Shows the differences or the inputs.", keys: ["Tab", "S-Tab"], in: "stack",
            group: "SEE", hint: 2),
        Command(
            "stack.target", "target", "Opens what was taken in.", keys: ["o"], in: "stack", group: "SEE", hint: 3),
    ]

    package var key: String { "adoption \(row.id)" }
    package var crumbs: [SafeText] { ["Adoption", SafeText(untrusted: row.target.title)] }
    package var contexts: [KeyContext] { ["stack"] }
    package var position: SafeText { count == 0 ? .empty : "\(min(list.index + 1, count))/\(count)" }
    package var selectedText: String? {
        switch tab {
        case .differences: difference?.name ?? row.stack
        case .inputs: input.map { $0.value.string ?? $0.value.json() } ?? row.stack
        }
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        if stack == nil, case .taken(let target) = row.origin { stack = try desk.engine.look(at: target) }
        let count = count
        list.reconcile(count: count) { $0 }
    }

    // MARK: Rows

    var differences: [Difference] {
        (stack?.changes ?? []).byThemselves.flatMap { change in
            change.causes.isEmpty
                ? [Difference(change: change)] : change.causes.map { Difference(change: change, cause: $0) }
        }
    }

    var count: Int { tab == .differences ? differences.count : stack?.inputs.count ?? 0 }

    var difference: Difference? {
        let all = differences
        return tab == .differences && all.indices.contains(list.index) ? all[list.index] : nil
    }

    var input: AdoptedInput? {
        guard tab == .inputs, let inputs = stack?.inputs, inputs.indices.contains(list.index) else { return nil }
        return inputs[list.index]
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        switch command {
        case "stack.open":
            if tab == .inputs, input != nil, inputPlace == nil { return .no("it was not read back from the stack") }
            return text == nil ? .no(count == 0 ? "nothing is listed" : "there is no template of it") : .yes
        case "stack.target": return row.found == nil ? .yes : .no("it is not taken in yet")
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "stack.open": return text.map { [.open($0)] } ?? []
        case "stack.target": return [.open(TargetPage(row.target))]
        default:
            tab = tab.next
            list = ListState()
            if count > 0 { list.select(0, at: 0) }
            return []
        }
    }

    /// Resource and property that an input was read back from.
    private var inputPlace: (resource: String, property: String)? {
        guard case .stack(let place)? = input?.origin else { return nil }
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    /// The page with the template at the selected row's line.
    private var text: TemplateTextPage? {
        guard let stack else { return nil }
        if let difference {
            return TemplateTextPage(
                difference.name, in: stack, difference.place, of: difference.change.resource, difference.property)
        }
        return inputPlace.flatMap { place in
            TemplateTextPage(input?.name ?? "", in: stack, nil, of: place.resource, place.property)
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        list.move(move, count: count, page: max(1, listArea(desk.content).height - 1)) { $0 }
        return []
    }
}
