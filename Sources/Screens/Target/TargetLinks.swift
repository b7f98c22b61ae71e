import Catalog
import Engine
import Terminal

extension TargetPage {
    /// What Enter opens from the overview.
    enum Link: Hashable, Sendable {
        case target(Target)
        case service(String)
        case template(String)
        case deployment(Deployment.ID)

        var actions: [Action] {
            switch self {
            case .target(let target): [.open(TargetPage(target))]
            case .service(let name): [.open(ServicePage(name))]
            case .template(let name): [.open(TemplatePage(name))]
            case .deployment(let id): [.open(DeploymentPage(id, follows: false))]
            }
        }
    }

    /// One row of the overview; with a link the selection stops at it.
    struct Row: Sendable {
        var line: Line
        var link: Link?

        init(_ line: Line = Line(), _ link: Link? = nil) {
            self.line = line
            self.link = link
        }
    }

    /// The links of both columns, in the order in which the keys go through them.
    var links: [Link] {
        guard let detail else { return [] }
        var links: [Link] = target.kind == .component ? [] : [.template(detail.row.template)]
        if let environment = environmentLink(detail) { links.append(environment) }
        if let service = target.service { links.append(.service(service)) }
        if let instance = detail.row.attachment { links.append(.target(instance)) }
        return links + detail.dependents.map(Link.target) + recent(detail).map { .deployment($0.id) }
    }

    func environmentLink(_ detail: TargetDetail) -> Link? {
        guard !detail.row.environment.isEmpty else { return nil }
        return .target(.environment(detail.row.environment))
    }

    func recent(_ detail: TargetDetail) -> ArraySlice<Deployment> { detail.deployments.prefix(6) }

    /// Through an overview in one column: to the next link once it is on the screen, else a row further.
    mutating func moveStacked(_ move: Move, _ desk: Desk) {
        guard let detail else { return }
        let links = links
        let rows = stackedRows(detail, desk, width: desk.content.width - 4)
        let height = max(1, desk.content.height - (desk.content.height > 10 ? 3 : 1))
        let last = max(0, rows.count - height)
        func place(_ link: Int) -> Int { rows.firstIndex { $0.link == links[link] } ?? 0 }
        let count = links.count
        let wanted = move.target(from: list.index, count: count, page: 4)
        switch move {
        case .first, .last:
            list.select(wanted, at: wanted)
            scroll = move == .first ? 0 : last
        case .down, .pageDown, .halfDown:
            if place(wanted) < scroll + height, wanted != list.index {
                list.select(wanted, at: wanted)
            } else {
                scroll = min(last, scroll + (move == .down ? 1 : height / 2))
            }
        case .up, .pageUp, .halfUp:
            if place(wanted) >= scroll, wanted != list.index {
                list.select(wanted, at: wanted)
            } else {
                scroll = max(0, scroll - (move == .up ? 1 : height / 2))
            }
        }
    }
}
