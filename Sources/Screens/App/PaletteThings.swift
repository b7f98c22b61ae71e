import Catalog
import Engine
import Terminal

extension Shell {
    /// Templates, targets and services by name.
    var things: [PaletteEntry] {
        let engine = desk.engine
        let templates = (try? engine.catalog(CatalogQuery(limit: 2000)).rows) ?? []
        let targets = (try? engine.fleet(FleetQuery(level: .all, limit: 2000)).rows) ?? []
        return templates.map { row in
            entry(row.template.name, "template") { _ in TemplatePage(row.template.name) }
        }
            + targets.map { row in entry(row.target.title, row.target.kind.rawValue) { _ in TargetPage(row.target) } }
    }

    private func entry(
        _ name: String, _ kind: String, _ page: @escaping @Sendable (Desk) -> any Page
    ) -> PaletteEntry {
        PaletteEntry(
            verb: "open", name: SafeText(untrusted: name), place: SafeText(untrusted: kind),
            key: SafeText(untrusted: kind), doc: SafeText(untrusted: "Opens the \(kind) \(name)."),
            what: .page(page), reason: .empty
        )
    }
}
