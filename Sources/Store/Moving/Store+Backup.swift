import Foundation
import GRDB
import Glibc

/// A backup is one SQLite file: the catalog's tables as they were at one moment, and a table with the blobs.
extension Store {
    private static let makeBlobs = "CREATE TABLE blobs (digest TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT"

    /// Writes a consistent copy of everything into a new file, while others go on working.
    ///
    /// Blobs are copied after the tables: a blob is always there before a row names it. The file gets its name only
    /// when it is complete and on the disk.
    package func backup(to file: String) throws(StoreError) {
        guard !Files.exists(file) else { throw .nameTaken(what: "file", name: file) }
        try checkBlobs()
        let temporary = "\(file).new-\(getpid())"
        defer { for suffix in ["", "-journal"] { Files.remove(temporary + suffix) } }
        do {
            try Files.create(temporary, [])
            try reading.vacuum(into: temporary)
            try addBlobs(to: temporary)
            try Files.sync(temporary)
            guard !Files.exists(file) else { throw StoreError.nameTaken(what: "file", name: file) }
            try Files.move(temporary, to: file)
            try Files.sync(directory: Files.parent(of: file))
        } catch let fault as Files.Fault {
            throw StoreError(fault)
        } catch {
            throw StoreError(error, path: file)
        }
    }

    private func addBlobs(to file: String) throws {
        let copy = try DatabaseQueue(path: file)
        try copy.write { db in
            try db.execute(sql: Store.makeBlobs)
            for digest in try blobs.digests() {
                try db.run("INSERT INTO blobs (digest, bytes) VALUES (?, ?)", [digest, Blob(try blob(digest))])
            }
        }
        try copy.close()
    }
}

/// Bytes as a column.
private struct Blob: DatabaseValueConvertible {
    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var databaseValue: DatabaseValue { Data(bytes).databaseValue }
    static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
        Data.fromDatabaseValue(value).map { Blob(Array($0)) }
    }
}
