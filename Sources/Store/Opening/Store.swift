import GRDB
import Glibc

/// The catalog kept in a directory: `catalog.sqlite` with its log, and `blobs/`.
///
/// Every call is one transaction and waits for the disk; any number of processes may have the same directory open.
/// SQLite trusts everyone who can write the file, so directory and file are their owner's alone.
package final class Store: Sendable {
    package let directory: String
    let pool: DatabasePool
    let blobs: Blobs

    package var path: String { directory + "/catalog.sqlite" }

    private init(directory: String, pool: DatabasePool) {
        self.directory = directory
        self.pool = pool
        blobs = Blobs(directory: directory + "/blobs")
    }

    /// Opens the workspace in `directory`, and makes it where there is none.
    package static func open(directory: String) throws(StoreError) -> Store {
        try open(directory: directory, upTo: Migrations.steps.count)
    }

    /// - Parameter layout: Where migrations stop, so that tests have databases as older ones were.
    static func open(directory: String, upTo layout: Int) throws(StoreError) -> Store {
        do throws(Files.Fault) {
            try Files.makeDirectory(directory)
            try Files.makeDirectory(directory + "/blobs")
        } catch {
            throw StoreError(error)
        }
        if let kind = FileSystems.networkKind(of: directory) {
            throw .networkFileSystem(path: directory, kind: kind)
        }
        let path = directory + "/catalog.sqlite"
        do {
            try makeFile(path)
            try Header.check(path, bytes: Header.read(path))
            let pool = try DatabasePool(path: path, configuration: configuration())
            // The pool sets NORMAL, which may lose the last commits when the power goes; a deployment may not be lost.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Migrations.run(pool, path: path, upTo: layout)
            return Store(directory: directory, pool: pool)
        } catch let fault as Files.Fault {
            throw StoreError(fault)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// An empty file is an empty database; made here so that its mode is right from its first byte.
    private static func makeFile(_ path: String) throws(Files.Fault) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Files.Fault(code: errno, path: path) }
        Glibc.close(file)
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.label = "catalog"
        // After a big transaction the log would keep its size for as long as anybody has it open.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_size_limit = 16777216") }
        return configuration
    }

    package func close() throws(StoreError) {
        do { try pool.close() } catch { throw StoreError(error, path: path) }
    }

    /// Whether nothing was ever put into it: no template and no target.
    package func isEmpty() throws(StoreError) -> Bool {
        try read { db in
            try db.int("SELECT EXISTS (SELECT 1 FROM templates) OR EXISTS (SELECT 1 FROM targets)") == 0
        }
    }

    /// A consistent view: what others commit meanwhile is not seen.
    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do { return try pool.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// All or nothing. Whoever watches is told after the commit.
    func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        let result: T
        do { result = try pool.write(body) } catch { throw StoreError(error, path: path) }
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
