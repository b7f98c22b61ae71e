import GRDB
import Glibc
import Synchronization

/// The catalog kept in a directory: `catalog.sqlite` with its log, and `blobs/`.
///
/// Every call is one transaction and waits for the disk; any number of processes may have the same directory open.
/// Reading takes no lock that anybody could hold, and works where nothing can be written: the connection that writes is
/// opened when something is written first.
/// SQLite trusts everyone who can write the file, so directory and file are their owner's alone.
package final class Store: Sendable {
    package let directory: String
    let reading: DatabasePool
    private let writing: Mutex<DatabasePool?>
    let blobs: Blobs

    package var path: String { directory + "/catalog.sqlite" }

    private init(directory: String, reading: DatabasePool, writing: DatabasePool?) {
        self.directory = directory
        self.reading = reading
        self.writing = Mutex(writing)
        blobs = Blobs(directory: directory + "/blobs")
    }

    /// Opens the workspace in `directory`, and makes it where there is none.
    package static func open(directory: String) throws(StoreError) -> Store {
        try open(directory: directory, upTo: Migrations.steps.count)
    }

    /// - Parameter layout: Where migrations stop, so that tests have databases as older ones were.
    static func open(directory: String, upTo layout: Int) throws(StoreError) -> Store {
        let path = directory + "/catalog.sqlite"
        do {
            let isNew = Files.size(of: path) ?? 0 == 0
            if isNew { try make(directory) }
            if let kind = FileSystems.networkKind(of: directory) {
                throw StoreError.networkFileSystem(path: directory, kind: kind)
            }
            if isNew { try makeFile(path) }
            try Header.check(path, bytes: Header.read(path))
            var writing = isNew ? try Connections.writing(path) : nil
            if let writing { try Migrations.run(writing, path: path, upTo: layout) }
            let reading = try Connections.reading(path)
            if try reading.read({ try Migrations.layout(of: $0, path: path) }) < layout {
                let pool = try writing ?? Connections.writing(path)
                try Migrations.run(pool, path: path, upTo: layout)
                writing = pool
            }
            return Store(directory: directory, reading: reading, writing: writing)
        } catch let fault as Files.Fault {
            throw StoreError(fault)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Makes the directories of a new workspace. One that has content already has lost its catalog: nothing is put
    /// into its place.
    private static func make(_ directory: String) throws {
        let blobs = directory + "/blobs"
        if Files.isDirectory(blobs), try !Files.names(in: blobs).isEmpty {
            throw StoreError.unreadable(
                path: directory + "/catalog.sqlite",
                cause: "the catalog is empty or gone, although blobs/ beside it holds what it had")
        }
        try Files.makeDirectory(directory)
        try Files.makeDirectory(blobs)
    }

    /// An empty file is an empty database; made here so that its mode is right from its first byte.
    private static func makeFile(_ path: String) throws(Files.Fault) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Files.Fault(code: errno, path: path) }
        Glibc.close(file)
    }

    /// The connection that writes; opened when it is asked for first.
    private func writer() throws -> DatabasePool {
        try writing.withLock { known in
            if let known { return known }
            let pool = try Connections.writing(path)
            known = pool
            return pool
        }
    }

    package func close() throws(StoreError) {
        do {
            try reading.close()
            try writing.withLock { try $0?.close() }
        } catch { throw StoreError(error, path: path) }
    }

    /// Whether nothing was ever put into it: no template and no target.
    package func isEmpty() throws(StoreError) -> Bool {
        try read { try $0.isUntouched() }
    }

    /// A consistent view: what others commit meanwhile is not seen.
    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do { return try reading.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// All or nothing. Whoever watches is told after the commit.
    func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        let result: T
        do { result = try writer().write(body) } catch { throw StoreError(error, path: path) }
        announceChange()
        return result
    }

    /// Touches the log's times, which wakes watchers.
    ///
    /// SQLite writes the log before the commit can be seen by others; who reads at that notice may be too early.
    private func announceChange() { utimensat(AT_FDCWD, path + "-wal", nil, 0) }
}

extension Store {
    /// Keeps `bytes` on the disk, and gives the name that a transaction can then use: SHA-256 in hex.
    package func put(_ bytes: [UInt8]) throws(StoreError) -> String {
        do throws(Files.Fault) { return try blobs.put(bytes) } catch { throw StoreError(error) }
    }

    package func blob(_ digest: String) throws(StoreError) -> [UInt8] { try blobs.bytes(digest) }
    package func hasBlob(_ digest: String) -> Bool { blobs.holds(digest) }
    package static func digest(of bytes: [UInt8]) -> String { Blobs.digest(of: bytes) }
}

extension Database {
    func isUntouched() throws -> Bool {
        try int("SELECT EXISTS (SELECT 1 FROM templates) OR EXISTS (SELECT 1 FROM targets)") == 0
    }
}
