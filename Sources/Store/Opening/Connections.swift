import GRDB

/// The two ways into the database file.
enum Connections {
    /// Takes no lock and writes nothing.
    ///
    /// Where not even the log's memory can be made, and there is no log, the file alone is all there is to read.
    static func reading(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.label = "catalog.reading"
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Only now does SQLite open the log.
            _ = try pool.read { try $0.int("PRAGMA user_version") }
            return pool
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        {
            guard Files.size(of: path) != nil, Files.size(of: path + "-wal") ?? 0 == 0 else {
                throw StoreError.unreadable(
                    path: path, cause: "its last changes are in a log that can't be opened where nothing can be written"
                )
            }
            return try readingFileAlone(path)
        }
    }

    /// Without a log and the memory that goes with it: nothing is made beside the file.
    static func readingFileAlone(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "catalog.file"
        return try DatabasePool(path: "file:\(escaped(path))?immutable=1", configuration: configuration)
    }

    static func writing(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.label = "catalog"
        configuration.maximumReaderCount = 1
        // After a big transaction the log would keep its size for as long as anybody has it open.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_size_limit = 16777216") }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // The pool sets NORMAL, which may lose the last commits when the power goes; a deployment may not be lost.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    /// A path in a URI: the signs that would end it are written as bytes.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }
}
