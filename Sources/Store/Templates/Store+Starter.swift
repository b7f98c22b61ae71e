package import Catalog

/// A version of the catalog that an empty workspace starts with.
package struct StarterVersion: Hashable, Sendable {
    package var template: Template
    package var version: TemplateVersion

    package init(template: Template, version: TemplateVersion) {
        self.template = template
        self.version = version
    }
}

extension Store {
    /// Fills a workspace into which nothing was ever put, in one transaction; any other stays as it is.
    package func loadStarter(_ starters: [StarterVersion], by: String, at: Instant) throws(StoreError) {
        try write { db in
            guard try db.isUntouched() else { return }
            for starter in starters {
                let name = starter.template.name
                if try db.template(name) == nil { try db.insert(starter.template) }
                try db.insert(starter.version)
                let detail = starter.version.number.description
                try db.add(HistoryEntry(at: at, by: by, act: "template.register", subject: name, detail: detail))
                guard starter.version.status == .published else { continue }
                try db.add(
                    HistoryEntry(
                        at: at, by: by, act: "template.publish", subject: name, detail: detail, why: "starter catalog"))
            }
            for name in Set(starters.map(\.template.name)) { try db.refresh(try db.line(of: name), of: name) }
        }
    }
}
