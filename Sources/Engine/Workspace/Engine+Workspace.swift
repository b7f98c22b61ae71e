package import Catalog
import Documents
import Foundation
import Store

/// The workspace in figures.
package struct WorkspaceReport: Hashable, Sendable {
    package var path: String
    package var schemaVersion: Int
    package var templates: Int
    package var environments: Int
    package var services: Int
    package var instances: Int
    package var pipelines: Int
    package var components: Int
    package var deployments: Int
    /// Of the database file and the blobs.
    package var bytes: Int
    package var hasLiveRunner: Bool
}

extension Engine {
    package func show() throws(Refusal) -> WorkspaceReport {
        try refusing {
            WorkspaceReport(
                path: workspace.path, schemaVersion: try store.schemaVersion(),
                templates: try store.catalog(CatalogQuery(limit: 1)).total,
                environments: try store.counts(.environments, owner: "").total,
                services: try store.services(text: "", owner: "", offset: 0, limit: 1).total,
                instances: try store.counts(.instances, owner: "").total,
                pipelines: try store.counts(.pipelines, owner: "").total,
                components: try store.counts(.components, owner: "").total,
                deployments: try store.deployments(DeploymentQuery(limit: 1)).first?.id.number ?? 0,
                bytes: Engine.size(of: workspace.path), hasLiveRunner: hasLiveRunner()
            )
        }
    }

    /// Writes everything as plain files.
    ///
    /// - Parameter withoutIDs: Leaves out numbers and times, so that two workspaces can be compared.
    package func export(to directory: String, withoutIDs: Bool = false) throws(Refusal) {
        try refusing { try store.export(to: directory, withoutIDs: withoutIDs) }
    }

    /// Writes the whole workspace into one consistent file.
    package func backup(to file: String) throws(Refusal) {
        try refusing { try store.backup(to: file) }
    }

    /// Makes a workspace from a backup; what was applied is uncertain until somebody has looked.
    package static func restore(
        from file: String, to workspace: Workspace, actor: Actor, at: Instant
    ) throws(Refusal) {
        try refusing { try Store.restore(from: file, into: workspace.path, by: actor.name, at: at) }
    }

    private static func size(of directory: String) -> Int {
        guard let walker = FileManager.default.enumerator(atPath: directory) else { return 0 }
        var total = 0
        for case let path as String in walker {
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(path)")
            total += (attributes?[.size] as? NSNumber)?.intValue ?? 0
        }
        return total
    }
}
