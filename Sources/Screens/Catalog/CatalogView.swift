import Catalog
import Terminal

/// Which templates the catalog lists; one key goes from each to the next.
enum CatalogView: String, CaseIterable, Sendable {
    case all, environments, services
    /// With a version that is not published yet.
    case drafts
    /// Without a version that could be ordered.
    case retired

    func holds(_ row: CatalogRow) -> Bool {
        switch self {
        case .all: true
        case .environments: row.template.kind == .environment
        case .services: row.template.kind == .service
        case .drafts: row.latestStatus == .draft
        case .retired: row.template.recommended == nil && row.latestStatus != .draft
        }
    }
}

enum CatalogSort: String, CaseIterable, Sendable {
    case name, used, age

    func sorted(_ rows: [CatalogRow]) -> [CatalogRow] {
        switch self {
        case .name: rows
        case .used: rows.sorted { ($1.usedCount, $0.id) < ($0.usedCount, $1.id) }
        case .age: rows.sorted { ($1.changedAt.milliseconds, $0.id) < ($0.changedAt.milliseconds, $1.id) }
        }
    }
}
