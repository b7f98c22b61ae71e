package import Catalog
import Foundation
import GRDB
import Glibc

extension Store {
    /// Makes a workspace out of a backup, in a directory that is empty or does not exist.
    ///
    /// What is applied may have changed since, so every target that has something is uncertain, and its provisioner is
    /// asked before anything is planned. Deployments that were under way are not gone on with: those that had begun
    /// are stuck, the others cancelled. The directory gets its name only when everything is in it.
    package static func restore(
        from file: String, into directory: String, by: String, at: Instant
    ) throws(StoreError) {
        let directory = Files.withoutSlash(directory)
        if Files.exists(directory), (try? Files.names(in: directory))?.isEmpty != true {
            throw .nameTaken(what: "directory with something in it", name: directory)
        }
        guard Files.exists(file) else { throw .notFound(what: "file", name: file) }
        try Header.check(file, bytes: Header.read(file))
        let temporary = "\(directory).new-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        do {
            try Files.makeDirectory(temporary + "/blobs")
            try copy(file, into: temporary)
            let store = try Store.open(directory: temporary)
            try store.write { try $0.forgetCertainty(by: by, at: at) }
            try store.close()
            try Files.move(temporary, to: directory)
            try Files.sync(directory: Files.parent(of: directory))
        } catch let fault as Files.Fault {
            throw StoreError(fault)
        } catch {
            throw StoreError(error, path: file)
        }
    }

    private static func copy(_ file: String, into directory: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let backup = try DatabaseQueue(path: file, configuration: configuration)
        let blobs = Blobs(directory: directory + "/blobs")
        try backup.read { db in
            guard try db.text("PRAGMA quick_check(1)") == "ok" else {
                throw StoreError.unreadable(path: file, cause: "the file is damaged")
            }
            guard try db.tableExists("blobs") else {
                throw StoreError.unreadable(path: file, cause: "the file is no backup, but a workspace's own catalog")
            }
            let cursor = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM blobs")
            while let row = try cursor.next() {
                var columns = Columns(row)
                let digest = columns.text()
                guard try blobs.put(columns.bytes()) == digest else {
                    throw StoreError.unreadable(path: file, cause: "the stored file \(digest) is damaged")
                }
            }
        }
        let path = directory + "/catalog.sqlite"
        try Files.create(path, [])
        try backup.vacuum(into: path)
        try backup.close()
        let copy = try DatabaseQueue(path: path)
        try copy.write { try $0.execute(sql: "DROP TABLE blobs") }
        try copy.vacuum()
        try copy.close()
    }
}

extension Database {
    /// What follows from the catalog being older than the world.
    fileprivate func forgetCertainty(by: String, at: Instant) throws {
        let unfinished = try rows(
            "SELECT \(Deployment.columns) \(Deployment.source) WHERE is_finished = 0 ORDER BY deployments.id DESC"
        ) { try Deployment(&$0) }
        let failure = Failure(reason: "The workspace was restored from a backup, made while this was not finished.")
        for deployment in unfinished {
            let hasBegun = deployment.phase != .queued && deployment.phase != .waiting
            try end(deployment, hasBegun ? .stuck(failure) : .cancelled(failure, isUncertain: false), at: at)
        }
        try run("UPDATE targets SET is_uncertain = 1 WHERE applied_major IS NOT NULL AND is_uncertain = 0")
        // Its former self may have acted since: tokens of both must not meet.
        try run("UPDATE workspace SET id = lower(hex(randomblob(6)))")
        try run("DELETE FROM runners")
        try add(HistoryEntry(at: at, by: by, act: "workspace.restore", subject: "workspace"))
    }
}
