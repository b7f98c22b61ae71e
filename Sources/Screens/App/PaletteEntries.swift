import Catalog
import Engine
import Terminal

extension Shell {
    /// The commands that work here, and the screens.
    var paletteCommands: [PaletteEntry] {
        guard let page else { return [] }
        return keys.reachable(in: page.contexts + [.global]).map { command in
            var reason: SafeText?
            if case .no(let why) = availability(of: command, on: page) {
                reason = SafeText(untrusted: why)
            }
            return PaletteEntry(
                verb: command.context == .global ? "go" : "do", name: SafeText(untrusted: command.shownTitle),
                key: SafeText(untrusted: command.keys.first?.description ?? ""), doc: SafeText(untrusted: command.doc),
                what: .command(command.id), reason: reason
            )
        }
    }

    /// Templates, services, targets and connections that have the words; the store searches for all of which there may be
    /// any number.
    func paletteThings(_ words: String) -> [PaletteEntry] {
        let engine = desk.engine
        let limit = 40
        let templates = (try? engine.catalog(CatalogQuery(text: words, limit: limit)).rows) ?? []
        let (services, targets) = (try? engine.found(words, limit: limit)) ?? ([], [])
        let wanted = words.lowercased().split(separator: " ")
        let connections = ((try? engine.connections()) ?? []).map(\.name).filter { name in
            wanted.allSatisfy { name.lowercased().contains($0) }
        }
        return templates.map { row in thing(row.template.name, "template") { _ in TemplatePage(row.template.name) } }
            + services.map { row in thing(row.name, "service") { _ in ServicePage(row.name) } }
            + targets.map { row in thing(row.target.title, row.target.kind.rawValue) { _ in TargetPage(row.target) } }
            + connections.prefix(limit).map { name in thing(name, "connection") { _ in ConnectionPage(name) } }
    }

    private func thing(
        _ name: String, _ kind: String, _ page: @escaping @Sendable (Desk) -> any Page
    ) -> PaletteEntry {
        PaletteEntry(
            verb: "open", name: SafeText(untrusted: name), key: SafeText(untrusted: kind),
            doc: SafeText(untrusted: "Opens the \(kind) \(name)."), what: .page(page), reason: nil
        )
    }
}
