package import Catalog
import Documents
package import Engine
package import Terminal

/// One environment, instance or pipeline: what it is, what it was given, what it gives, and what happened to it.
package struct TargetPage: Page {
    let target: Target
    var detail: TargetDetail?
    var tab = Tab.overview
    var text = TextPane.State()
    /// The selected row of the tabs that have rows.
    var list = ListState<Int>()

    enum Tab: String, CaseIterable {
        case overview = "Overview"
        case inputs = "Inputs"
        case outputs = "Outputs"
        case resources = "Resources"
        case history = "History"
    }

    package init(_ target: Target) { self.target = target }

    package static let commands: [Command] = [
        Command("target.open", "open", "Opens the selected deployment.", keys: ["Enter"], in: "target", group: "ACT"),
        Command(
            "target.edit", "edit inputs", "Opens the form with what is asked for now.", keys: ["e"], in: "target",
            group: "ACT", hint: 1),
        Command(
            "target.update", "update", "Plans the recommended version, and shows the plan.", keys: ["U"], in: "target",
            group: "ACT", hint: 2, asks: true),
        Command(
            "target.add", "add instance", "Opens the service's form to add an instance.", keys: ["+"], in: "target",
            group: "ACT", hint: 3),
        Command(
            "target.retry", "try again", "Plans the last deployment again.", keys: ["T"], in: "target", group: "ACT",
            hint: 4, asks: true),
        Command(
            "target.delete", "delete", "Plans its destruction, and shows the plan.", keys: ["D"], in: "target",
            group: "ACT", hint: 5, asks: true),
        Command("target.copy", "copy", "Copies the selected output.", keys: ["y"], in: "target", group: "SEE", hint: 7),
        Command(
            "target.service", "service", "Opens the service that it belongs to.", keys: ["s"], in: "target",
            group: "SEE"),
        Command(
            "target.tab", "next tab", "Shows the next tab.", keys: ["Tab", "]"], in: "target", group: "SEE", hint: 6),
        Command(
            "target.back", "tab before", "Shows the tab before.", keys: ["S-Tab", "["], in: "target", group: "SEE"),
    ]

    package var key: String { "target \(target.id)" }
    package var crumbs: [SafeText] { ["Fleet", SafeText(untrusted: target.title)] }
    package var contexts: [KeyContext] { ["target"] }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let found = try desk.engine.target(target)
        detail = found
        let count = rowCount
        list.reconcile(count: count) { $0 }
    }

    var rowCount: Int {
        switch tab {
        case .overview, .inputs: 0
        case .outputs: detail?.outputs.count ?? 0
        case .resources: detail?.resources.count ?? 0
        case .history: detail?.deployments.count ?? 0
        }
    }

    package func availability(of command: String) -> Availability {
        guard let detail else { return .no("it is not there") }
        let isBusy = !(detail.row.phase?.isFinished ?? true)
        switch command {
        case "target.open":
            return tab == .history && rowCount > 0 ? .yes : .no("select a deployment on the tab History")
        case "target.copy": return tab == .outputs && rowCount > 0 ? .yes : .no("select an output on the tab Outputs")
        case "target.update":
            if isBusy { return .no("it is being deployed") }
            return detail.recommendations.isEmpty ? .no("nothing is recommended for it") : .yes
        case "target.retry":
            let phase = detail.deployments.first?.phase
            return phase == .failed || phase == .cancelled || phase == .stuck
                ? .yes : .no("its last deployment did not fail")
        case "target.service": return target.service == nil ? .no("it is an environment") : .yes
        case "target.add": return target.service == nil ? .no("only services have instances") : .yes
        case "target.delete":
            if isBusy { return .no("it is being deployed") }
            if !detail.dependents.isEmpty { return .no("\(detail.dependents.count) instances run in it") }
            return target.kind == .pipeline ? .no("a pipeline goes with its service") : .yes
        case "target.edit": return isBusy ? .no("it is being deployed") : .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let detail else { return [] }
        switch command {
        case "target.open": return [.open(DeploymentPage(detail.deployments[list.index].id, follows: false))]
        case "target.copy": return [.copy(detail.outputs[list.index].value)]
        case "target.service": return target.service.map { [.open(ServicePage($0))] } ?? []
        case "target.edit": return FormPage.editing(target, desk)
        case "target.update": return detail.recommendations.first.map { Moves.opening($0, desk) } ?? []
        case "target.add": return target.service.map { FormPage.addingInstance(to: $0, desk) } ?? []
        case "target.retry":
            return detail.deployments.first.map {
                [.open(ReviewPage(request: .retry($0.id), title: "try \($0.id) again"))]
            } ?? []
        case "target.delete": return destruction
        case "target.back": turn(-1)
        default: turn(1)
        }
        return []
    }

    private var destruction: [Action] {
        let request: OrderRequest
        switch target {
        case .environment(let name): request = .destroy(.environment(name))
        case .instance(let service, let name): request = .destroy(.instance(service: service, name: name))
        case .pipeline: return []
        }
        return [.open(ReviewPage(request: request, title: "delete \(target.title)"))]
    }

    private mutating func turn(_ step: Int) {
        let tabs = Tab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        tab = tabs[(index + step + tabs.count) % tabs.count]
        text = TextPane.State()
        list = ListState()
        let count = rowCount
        list.reconcile(count: count) { $0 }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        let count = rowCount
        if count > 0 {
            list.move(move, count: count, page: max(1, desk.content.height - 4)) { $0 }
        } else {
            text.move(move, rows: lines(width: desk.content.width - 2, desk).count, height: desk.content.height - 3)
        }
        return []
    }
}
