/// A template as the catalog lists it.
package struct CatalogRow: Hashable, Sendable, Identifiable {
    package var template: Template
    /// The highest number in the line, whatever its status.
    package var latest: VersionNumber?
    package var latestStatus: VersionStatus?
    /// Whether it is for environments that somebody else provisions.
    package var isCustomerManaged: Bool
    package var versionCount: Int
    /// Targets that run any version of it.
    package var usedCount: Int
    /// When the latest was registered.
    package var changedAt: Instant

    package init(
        template: Template, latest: VersionNumber?, latestStatus: VersionStatus?, isCustomerManaged: Bool = false,
        versionCount: Int, usedCount: Int, changedAt: Instant
    ) {
        self.template = template
        self.latest = latest
        self.latestStatus = latestStatus
        self.isCustomerManaged = isCustomerManaged
        self.versionCount = versionCount
        self.usedCount = usedCount
        self.changedAt = changedAt
    }

    package var id: String { template.name }
}

/// What the catalog is searched by.
package struct CatalogQuery: Hashable, Sendable {
    package var text: String
    package var kind: TemplateKind?
    package var owner: String
    package var offset: Int
    package var limit: Int

    package init(text: String = "", kind: TemplateKind? = nil, owner: String = "", offset: Int = 0, limit: Int = 500) {
        self.text = text
        self.kind = kind
        self.owner = owner
        self.offset = offset
        self.limit = limit
    }
}

/// One act in the workspace: who, when, what and why.
package struct HistoryEntry: Hashable, Sendable {
    package var sequence: Int
    package var at: Instant
    package var by: String
    /// The area and verb: `template.publish`, `environment.create`.
    package var act: String
    /// The target's or template's id.
    package var subject: String
    package var detail: String
    package var why: String

    package init(
        sequence: Int = 0, at: Instant, by: String, act: String, subject: String, detail: String = "", why: String = ""
    ) {
        self.sequence = sequence
        self.at = at
        self.by = by
        self.act = act
        self.subject = subject
        self.detail = detail
        self.why = why
    }
}

/// Work that was begun on a form and not submitted.
package struct Draft: Hashable, Sendable, Identifiable {
    package var id: String
    /// As Home lists it: `new service shop`.
    package var title: String
    package var template: String
    package var version: VersionNumber
    /// What was typed, in the form's own JSON.
    package var content: String
    package var updatedAt: Instant

    package init(
        id: String, title: String, template: String, version: VersionNumber, content: String, updatedAt: Instant
    ) {
        self.id = id
        self.title = title
        self.template = template
        self.version = version
        self.content = content
        self.updatedAt = updatedAt
    }
}

extension Draft {
    /// Stands for the template in a draft of a component, which is of none: no template's name holds a slash.
    package static let component = "component/"
}

/// Who asks: named in history, and whose things come first.
package struct Actor: Hashable, Sendable {
    package var name: String
    package init(name: String) { self.name = name }
}
