import Catalog
import Documents
import Foundation
import GRDB
import Glibc

extension Store {
    /// Writes everything as plain files into a directory that is empty or does not exist; see `Export` for the layout.
    ///
    /// - Parameter withoutIDs: Leaves out counts, times, leases, events and blobs that no version names, so that two
    ///   workspaces that came to the same state by different ways give the same files.
    package func export(to directory: String, withoutIDs: Bool = false) throws(StoreError) {
        let directory = Files.withoutSlash(directory)
        if Files.exists(directory), (try? Files.names(in: directory))?.isEmpty != true {
            throw .nameTaken(what: "directory with something in it", name: directory)
        }
        try checkBlobs()
        let files = try read { try Export(withoutIDs: withoutIDs).files($0) }
        // The directory gets its name only when everything is in it.
        let temporary = "\(directory).new-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        do {
            try Files.makeDirectory(temporary)
            for file in files { try Store.write(file.text, to: file.path, in: temporary) }
            for digest in try withoutIDs ? bundleDigests() : blobs.digests() {
                let path = temporary + "/blobs/" + digest
                try Files.makeDirectory(temporary + "/blobs")
                try Files.create(path, try blob(digest))
            }
            try Files.move(temporary, to: directory)
        } catch let fault as Files.Fault {
            throw StoreError(fault)
        } catch {
            throw StoreError(error, path: directory)
        }
    }

    /// Names come from the database, which anybody may have written: none leads out of the directory.
    private static func write(_ text: String, to name: String, in directory: String) throws {
        let path = directory + "/" + name
        guard !name.split(separator: "/").contains("..") else {
            throw StoreError.unreadable(path: path, cause: "a name in it is a path")
        }
        try Files.makeDirectory(Files.parent(of: path))
        try Files.create(path, Array(text.utf8))
    }

    private func bundleDigests() throws(StoreError) -> [String] {
        try read { try $0.rows("SELECT DISTINCT digest FROM versions ORDER BY digest") { $0.text() } }
    }
}

/// The catalog as plain files: data as JSON, specs as the text that was given.
///
///     templates/NAME/template.json            templates/NAME/v1.0.json
///     environments/NAME/target.json           …/spec.yaml, …/applied.yaml, …/stack.json
///     services/NAME/service.json              services/NAME/spec.yaml
///     services/NAME/instances/NAME/target.json, …; services/NAME/pipeline/target.json, …
///     components/NAME/target.json, …; components/NAME/template.json, components/NAME/v1.0.json
///     connections.json   orders.json   deployments.json   events.json   history.json   drafts.json   settings.json
///     secrets.json   checks.json   waivers.json   hooks.json   exports.json   kept.json
///     blobs/DIGEST
struct Export {
    struct File: Hashable {
        var path: String
        var text: String
    }

    let withoutIDs: Bool

    func files(_ db: Database) throws -> [File] {
        var files = try templates(db) + services(db) + targets(db)
        let connections = try db.rows("SELECT \(Connection.columns) FROM connections ORDER BY name") {
            try Connection(&$0)
        }
        files.append(json("connections", .list(connections.map(value(of:)))))
        files.append(json("deployments", .list(try deployments(db).map(value(of:)))))
        files.append(json("history", .list(try history(db))))
        files.append(json("drafts", .list(try drafts(db))))
        files.append(json("settings", .object(Object(try settings(db)))))
        files += try rules(db)
        if !withoutIDs {
            let orders = try db.rows("SELECT \(Order.columns) FROM orders ORDER BY id") { try Order(&$0) }
            files.append(json("orders", .list(orders.map(value(of:)))))
            let events = try db.rows("SELECT \(Event.columns) FROM events ORDER BY sequence") { try Event(&$0) }
            files.append(json("events", .list(events.map(value(of:)))))
        }
        return files
    }

    func json(_ name: String, _ value: Value) -> File {
        File(path: name + ".json", text: value.json(.pretty) + "\n")
    }

    private func templates(_ db: Database) throws -> [File] {
        let templates = try db.rows("SELECT \(Template.columns) FROM templates ORDER BY name") { try Template(&$0) }
        let versions = try db.rows(
            "SELECT \(TemplateVersion.columns) FROM versions ORDER BY template, major, minor"
        ) { try TemplateVersion(&$0) }
        return templates.map { json(Export.folder(of: $0.name, $0.kind) + "/template", value(of: $0)) }
            + versions.map { json(Export.folder(of: $0.template, $0.kind) + "/v\($0.number)", value(of: $0)) }
    }

    private func services(_ db: Database) throws -> [File] {
        try db.rows("SELECT \(Service.columns) FROM services ORDER BY name") { Service(&$0) }.flatMap { service in
            [
                json("services/\(service.name)/service", value(of: service)),
                File(path: "services/\(service.name)/spec.yaml", text: service.spec),
            ]
        }
    }

    private func targets(_ db: Database) throws -> [File] {
        let records = try db.rows("SELECT \(TargetRecord.columns) FROM targets ORDER BY kind, title") {
            try TargetRecord(&$0)
        }
        return try records.flatMap { record in
            let folder = Export.folder(of: record.target)
            let stack = try db.rows(
                "SELECT record FROM resources WHERE target = ? ORDER BY logical_id", [record.target.id]
            ) { try $0.json() }
            var files = [
                json(folder + "/target", value(of: record)), json(folder + "/stack", .list(stack)),
                File(path: folder + "/spec.yaml", text: record.desired.spec),
            ]
            if let applied = record.applied {
                files.append(File(path: folder + "/applied.yaml", text: applied.spec))
            }
            return files
        }
    }

    /// The files of a component stand beside it.
    private static func folder(of template: String, _ kind: TemplateKind) -> String {
        kind == .component
            ? Target(id: template).map(folder(of:)) ?? "components/\(template)" : "templates/\(template)"
    }

    static func folder(of target: Target) -> String {
        switch target {
        case .environment(let name): "environments/\(name)"
        case .instance(let service, let name): "services/\(service)/instances/\(name)"
        case .pipeline(let service): "services/\(service)/pipeline"
        case .component(let name): "components/\(name)"
        }
    }

    private func deployments(_ db: Database) throws -> [Deployment] {
        try db.rows("SELECT \(Deployment.columns) \(Deployment.source) ORDER BY deployments.id") {
            try Deployment(&$0)
        }
    }

    private func history(_ db: Database) throws -> [Value] {
        try db.rows("SELECT sequence, at, by, act, subject, detail, why FROM history ORDER BY sequence") { columns in
            let sequence = columns.int()
            let at = columns.instant()
            var members: [(String, Value)] = ["by", "act", "subject"].map { ($0, .string(columns.text())) }
            let detail = columns.text()
            members.append(("why", .string(columns.text())))
            if !withoutIDs {
                members += [("sequence", .number(Number(sequence))), ("at", .string(at.iso8601))]
                members.append(("detail", .string(detail)))
            }
            return .object(Object(members))
        }
    }

    private func drafts(_ db: Database) throws -> [Value] {
        try db.rows("SELECT id, title, template, major, minor, content FROM drafts ORDER BY title, id") { columns in
            let id = columns.text()
            var members: [(String, Value)] = ["title", "template"].map { ($0, .string(columns.text())) }
            members.append(("version", .string(columns.number().description)))
            members.append(("content", .string(columns.text())))
            if !withoutIDs { members.append(("id", .string(id))) }
            return .object(Object(members))
        }
    }

    private func settings(_ db: Database) throws -> [(String, Value)] {
        try db.rows("SELECT key, value FROM settings ORDER BY key") { ($0.text(), .string($0.text())) }
    }
}
