internal import GRDB

extension StoreError {
    /// What a fault of SQLite means to a person.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(database: error, path: path)
        default: self = .unreadable(path: path, cause: "\(error)")
        }
    }

    private init(database error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
        case .SQLITE_NOTADB: self = .unreadable(path: path, cause: "the file is not a catalog")
        case .SQLITE_CORRUPT: self = .unreadable(path: path, cause: "the file is damaged")
        case .SQLITE_CANTOPEN: self = .unreadable(path: path, cause: "the file can't be opened")
        default:
            // The bound values stay out of the sentence: they may be what nobody should see in a log.
            self = .unreadable(path: path, cause: error.message ?? "\(error.resultCode)")
        }
    }
}
