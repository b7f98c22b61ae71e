package import Catalog
import GRDB

extension Store {
    /// Keeps a new version, and its template where that is new, in one transaction. Its blob has to be there.
    package func register(
        _ template: Template, _ version: TemplateVersion, history: HistoryEntry
    ) throws(StoreError) {
        guard hasBlob(version.digest) else { throw .notFound(what: "stored file", name: version.digest) }
        try write { db in
            if let known = try db.template(template.name) {
                guard known.kind == template.kind else {
                    throw StoreError.nameTaken(what: "\(known.kind.rawValue) template", name: known.name)
                }
            } else {
                try db.insert(template)
            }
            guard try db.version(template.name, version.number) == nil else {
                throw StoreError.nameTaken(what: "version of \(template.name)", name: version.number.description)
            }
            try db.insert(version)
            try db.refresh(try db.line(of: template.name), of: template.name)
            try db.add(history)
        }
    }

    /// Publishes, recommends, withdraws, deprecates: the line is read, changed and written in one transaction.
    ///
    /// A first publishing sets its time. All targets of the template learn what they are told now.
    ///
    /// - Parameter reason: The words to keep with a version, such as why it was withdrawn.
    package func changeLine(
        of template: String, reason: (number: VersionNumber, text: String)? = nil, at: Instant, history: HistoryEntry,
        _ change: (inout VersionLine) throws(StoreError) -> Void
    ) throws(StoreError) -> VersionLine {
        try write { db in
            guard try db.template(template) != nil else {
                throw StoreError.notFound(what: "template", name: template)
            }
            let old = try db.line(of: template)
            var line = old
            try change(&line)
            for entry in line.entries where old.status(of: entry.number) != entry.status {
                try db.run(
                    """
                    UPDATE versions SET status = ?1,
                        published_at = iif(?1 = 'published', coalesce(published_at, ?2), published_at)
                    WHERE template = ?3 AND major = ?4 AND minor = ?5
                    """,
                    [entry.status.rawValue, at.milliseconds, template, entry.number.major, entry.number.minor])
            }
            if let reason {
                try db.run(
                    "UPDATE versions SET reason = ? WHERE template = ? AND major = ? AND minor = ?",
                    [reason.text, template, reason.number.major, reason.number.minor])
            }
            try db.refresh(line, of: template)
            try db.add(history)
            return line
        }
    }

    /// Whether developers may attach components to instances of a version; those that are attached stay.
    package func setTakesComponents(
        _ isAllowed: Bool, of template: String, _ number: VersionNumber, history: HistoryEntry
    ) throws(StoreError) {
        try write { db in
            try db.run(
                "UPDATE versions SET takes_components = ? WHERE template = ? AND major = ? AND minor = ?",
                [isAllowed, template, number.major, number.minor])
            guard db.changesCount == 1 else {
                throw StoreError.notFound(what: "version of \(template)", name: number.description)
            }
            try db.add(history)
        }
    }

    /// Deletes a version that no target wants, runs or is being moved to.
    package func deleteVersion(
        _ template: String, _ number: VersionNumber, history: HistoryEntry
    ) throws(StoreError) {
        try write { db in
            guard try db.version(template, number) != nil else {
                throw StoreError.notFound(what: "version of \(template)", name: number.description)
            }
            let users = try db.users(of: template, number)
            guard users.isEmpty else {
                throw StoreError.inUse(what: "Version \(number) of \(template)", by: users)
            }
            var line = try db.line(of: template)
            line.delete(number)
            try db.run(
                "DELETE FROM versions WHERE template = ? AND major = ? AND minor = ?",
                [template, number.major, number.minor])
            try db.refresh(line, of: template)
            try db.add(history)
        }
    }

    /// Deletes a template that has no versions left.
    package func deleteTemplate(_ name: String, history: HistoryEntry) throws(StoreError) {
        try write { db in
            guard try db.template(name) != nil else { throw StoreError.notFound(what: "template", name: name) }
            let versions = try db.line(of: name).entries.map(\.number.description)
            guard versions.isEmpty else { throw StoreError.inUse(what: "Template \(name)", by: versions) }
            let services = try db.rows("SELECT name FROM services WHERE template = ?", [name]) { $0.text() }
            guard services.isEmpty else { throw StoreError.inUse(what: "Template \(name)", by: services) }
            try db.run("DELETE FROM templates WHERE name = ?", [name])
            try db.add(history)
        }
    }

    /// Sets what people read about a template: title, summary, owner.
    package func describe(_ template: Template, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(
                "UPDATE templates SET title = ?, summary = ?, owner = ? WHERE name = ?",
                [template.title, template.summary, template.owner, template.name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "template", name: template.name) }
            try db.add(history)
        }
    }
}
