package import Catalog
import GRDB

extension Store {
    /// Puts much in at once, in one transaction: for benchmarks and imports.
    ///
    /// Lines are taken from the versions' own marks; each template's recommended version is the template's.
    package func fill(
        templates: [Template] = [], versions: [TemplateVersion] = [], services: [Service] = [],
        targets: [TargetRecord] = []
    ) throws(StoreError) {
        try write { db in
            for template in templates { try db.insert(template) }
            for version in versions { try db.insert(version) }
            for template in Set(versions.map(\.template)) {
                try db.refresh(try db.line(of: template), of: template)
            }
            for service in services { try db.insert(service) }
            for target in targets { try db.insert(target) }
        }
    }
}
