package import Catalog
import Documents
package import Engine
package import Terminal

/// One environment, instance, pipeline or component: what it is, what it was given, what it gives, and what happened to it.
package struct TargetPage: Page {
    let target: Target
    var detail: TargetDetail?
    var inputs: TargetInputs?
    /// Where it runs.
    var ground: Place?
    /// Where an environment that was rehearsed can be made for real.
    var accounts: [Place] = []
    var tab = Tab.overview
    /// What each deployment changed, as far as somebody has looked.
    var changed: [Deployment.ID: [ChangedInput]] = [:]
    /// Whether a component may be attached to it.
    var takesComponents = false
    /// Whether the history leaves out what changed neither the version nor an input.
    var showsChangesOnly = false
    /// The selected row: a link of the overview, else a row of the tab's table.
    var list = ListState<Int>()
    /// Rows of the overview that are scrolled away above, where it stands in one column.
    var scroll = 0
    /// What a component is made from, and how far it is scrolled.
    var file: DiffPane?
    var filePane = TextPane.State()

    enum Tab: String, CaseIterable {
        case overview = "Overview"
        case inputs = "Inputs"
        case file = "File"
        case outputs = "Outputs"
        case resources = "Resources"
        case history = "History"
    }

    package init(_ target: Target) { self.target = target }

    package static let commands: [Command] = [
        Command(
            "target.open", "open", "Opens the selected environment, service, instance or deployment.",
            keys: ["Enter"], in: "target", group: "ACT", hint: 1),
        Command(
            "target.edit", "edit inputs", "Opens the form with what is asked for now.", keys: ["e"],
            in: "target.inputs", group: "ACT", hint: 2),
        Command(
            "target.change", "change", "Gives it another file or instance, or deploys it again.", keys: ["e"],
            in: "target.component", group: "ACT", hint: 2),
        Command(
            "target.component", "component", "Opens the component that is attached, or the form to attach one.",
            keys: ["c"], in: "target.instance", group: "ACT", hint: 7),
        Command(
            "target.join", "deploy again", "Plans it with what its component gives now.", keys: ["J"],
            in: "target.instance", group: "ACT", hint: 3, asks: true),
        Command(
            "target.update", "update", "Plans the recommended version, and shows the plan.", keys: ["U"],
            in: "target.inputs",
            group: "ACT", hint: 3, asks: true),
        Command(
            "target.retry", "try again", "Plans the last deployment again.", keys: ["T"], in: "target", group: "ACT",
            hint: 4, asks: true),
        Command(
            "target.rollback", "roll back", "Plans the way back to the selected deployment, or to the one before.",
            keys: ["B"], in: "target", group: "ACT", hint: 5, asks: true),
        Command(
            "target.changes", "changes only", "Shows only what changed the version or an input, or all.", keys: ["f"],
            in: "target.history", group: "SEE", hint: 2),
        Command(
            "target.log", "log file", "Opens all that tools have printed.", keys: ["t"], in: "target.history",
            group: "SEE", hint: 6),
        Command(
            "target.delete", "delete", "Plans its destruction, and shows the plan.", keys: ["D"], in: "target",
            group: "ACT", hint: 5, asks: true),
        Command(
            "target.tab", "next tab", "Shows the next tab.", keys: ["Tab", "]"], in: "target", group: "SEE", hint: 6),
        Command(
            "target.back", "tab before", "Shows the tab before.", keys: ["S-Tab", "["], in: "target", group: "SEE"),
        Command(
            "target.move", "move to an account", "Plans to make it for real, with its instances.", keys: ["M"],
            in: "target.local", group: "ACT", hint: 6, asks: true),
        Command(
            "target.add", "add instance", "Opens the service's form to add an instance.", keys: ["+"],
            in: "target.service", group: "ACT", hint: 8),
        Command(
            "target.service", "service", "Opens the service that it belongs to.", keys: ["s"], in: "target.service",
            group: "SEE", hint: 9),
    ]

    package var key: String { "target \(target.id)" }
    package var crumbs: [SafeText] { ["Fleet", SafeText(untrusted: target.title)] }
    /// Only what belongs to a service has the keys that lead to it, and only what is rehearsed can be moved.
    package var contexts: [KeyContext] {
        let own: [KeyContext] = (tab == .history ? ["target.history"] : []) + (isRehearsal ? ["target.local"] : [])
        let kind: [KeyContext] =
            switch target.kind {
            case .environment: ["target.inputs"]
            case .instance: ["target.instance", "target.service", "target.inputs"]
            case .pipeline: ["target.service", "target.inputs"]
            case .component: ["target.component"]
            }
        return own + kind + ["target"]
    }
    package var place: Place? { ground }
    package var position: SafeText {
        tab == .overview || rowCount == 0 ? .empty : "\(min(list.index + 1, rowCount))/\(rowCount)"
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let found = try desk.engine.target(target)
        detail = found
        takesComponents =
            target.kind == .instance
            && (try? desk.engine.version(found.record.template, .exact(found.record.version)))?.version.takesComponents
                == true
        ground = Place(named: found.record.connection, desk)
        accounts = isRehearsal ? try desk.engine.connections().filter { !$0.isLocal }.map { Place($0) } : []
        inputs = target.kind == .component ? nil : try? desk.engine.inputs(of: target)
        file = found.componentFile.map { file in
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return DiffPane(
                (lines.last == "" ? lines.dropLast() : lines).map { .same($0) }, paint: Syntax(path: file.path).line)
        }
        readChanges(desk)
        let count = rowCount
        list.reconcile(count: count) { $0 }
    }

    /// A component is given a file, all others inputs.
    var tabs: [Tab] { Tab.allCases.filter { $0 != (target.kind == .component ? .inputs : .file) } }

    var rowCount: Int {
        guard let detail else { return 0 }
        return switch tab {
        case .overview: links.count
        case .inputs: inputs?.lines.count ?? 0
        case .file: 0
        case .outputs: detail.outputs.count
        case .resources: detail.resources.count
        case .history: history.count
        }
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        guard let detail else { return .no("it is not there") }
        let isBusy = !(detail.row.phase?.isFinished ?? true)
        switch command {
        case "target.open":
            if tab == .overview { return links.isEmpty ? .no("there is nothing to open") : .yes }
            return tab == .history && rowCount > 0 ? .yes : .no("select a deployment on the tab History")
        case "target.rollback": return canRollBack
        case "target.move":
            if isBusy { return .no("it is being deployed") }
            return accounts.isEmpty ? .no("first add one: baryon connection add") : .yes
        case "target.log": return selectedDeployment == nil ? .no("select a deployment first") : .yes
        case "target.update":
            if isBusy { return .no("it is being deployed") }
            return detail.recommendations.isEmpty ? .no("nothing is recommended for it") : .yes
        case "target.retry":
            let phase = detail.deployments.first?.phase
            return phase == .failed || phase == .cancelled || phase == .stuck
                ? .yes : .no("its last deployment did not fail")
        case "target.delete":
            if isBusy { return .no("it is being deployed") }
            if !detail.dependents.isEmpty {
                if target.kind == .instance { return .no("its component is to be detached first") }
                let count = detail.dependents.count
                return .no(count == 1 ? "1 \(tenantWord) runs in it" : "\(count) \(tenantWord)s run in it")
            }
            if detail.row.attachment != nil, detail.record.applied != nil { return .no("detach it first: e") }
            return target.kind == .pipeline ? .no("a pipeline goes with its service") : .yes
        case "target.edit", "target.change": return isBusy ? .no("it is being deployed") : .yes
        case "target.join":
            if isBusy { return .no("it is being deployed") }
            return detail.isJoinPending ? .yes : .no("nothing of a component is new to it")
        case "target.component":
            return detail.dependents.isEmpty && !takesComponents ? .no("its version takes none") : .yes
        default: return .yes
        }
    }

    package var selectedText: String? {
        guard let detail, rowCount > 0, list.index < rowCount else { return target.title }
        switch tab {
        case .inputs: return inputs?.lines[list.index].desired.map { $0.string ?? $0.json() }
        case .outputs: return detail.outputs[list.index].value
        case .resources: return detail.resources[list.index].physicalID
        case .history: return selectedDeployment?.id.description
        case .overview, .file: return target.title
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let detail else { return [] }
        switch command {
        case "target.open":
            if tab == .overview { return links.indices.contains(list.index) ? links[list.index].actions : [] }
            return selectedDeployment.map { [.open(DeploymentPage($0.id, follows: false))] } ?? []
        case "target.rollback": return [rollback]
        case "target.move": return [.ask(moveQuestion)]
        case "target.log": return selectedDeployment.map { [.open(LogPage($0.id))] } ?? []
        case "target.changes":
            showsChangesOnly.toggle()
            list = ListState()
            let count = rowCount
            list.reconcile(count: count) { $0 }
        case "target.service": return target.service.map { [.open(ServicePage($0))] } ?? []
        case "target.edit", "target.change": return FormPage.editing(target, desk)
        case "target.component":
            return [.open(detail.dependents.first.map { TargetPage($0) } ?? ComponentPage(attaching: target))]
        case "target.join":
            let update = TargetUpdate(target: target, version: .exact(detail.record.desired.version))
            return [.open(ReviewPage(request: update.request, title: "deploy \(target.title) again"))]
        case "target.update": return detail.recommendations.first.map { Moves.opening($0, desk) } ?? []
        case "target.add": return target.service.map { FormPage.addingInstance(to: $0, desk) } ?? []
        case "target.retry":
            return detail.deployments.first.map {
                [.open(ReviewPage(request: .retry($0.id), title: "try \($0.id) again"))]
            } ?? []
        case "target.delete": return destruction
        case "target.back": turn(-1, desk)
        default: turn(1, desk)
        }
        return []
    }

    /// What runs in an environment: instances, or targets where there are components among them.
    var tenantWord: String {
        detail?.dependents.allSatisfy { $0.kind == .instance } == true ? "instance" : "target"
    }

    private var destruction: [Action] {
        let request: OrderRequest
        switch target {
        case .environment(let name): request = .destroy(.environment(name))
        case .instance(let service, let name): request = .destroy(.instance(service: service, name: name))
        case .component(let name): request = .destroy(.component(name))
        case .pipeline: return []
        }
        return [.open(ReviewPage(request: request, title: "delete \(target.title)"))]
    }

    private mutating func turn(_ step: Int, _ desk: Desk) {
        let tabs = tabs
        let index = tabs.firstIndex(of: tab) ?? 0
        tab = tabs[(index + step + tabs.count) % tabs.count]
        list = ListState()
        scroll = 0
        filePane = TextPane.State()
        readChanges(desk)
        let count = rowCount
        list.reconcile(count: count) { $0 }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        if tab == .file {
            let height = max(1, desk.content.height - (desk.content.height > 10 ? 3 : 1))
            filePane.move(move, rows: file?.rows.count ?? 0, height: height)
        } else if tab == .overview, desk.content.width < 100 {
            moveStacked(move, desk)
        } else {
            let count = rowCount
            list.move(move, count: count, page: max(1, desk.content.height - 4)) { $0 }
        }
        return []
    }
}
