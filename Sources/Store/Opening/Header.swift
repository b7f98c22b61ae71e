import Glibc

/// The first hundred bytes of the database file, read before SQLite touches it.
///
/// SQLite would turn a file of another program, or of a newer Baryon, into one with a log; looking first leaves it be.
enum Header {
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Refuses a file that is not ours or too new. What stands in the log alone is seen later, by the migrations.
    static func check(_ path: String, bytes: [UInt8]) throws(StoreError) {
        guard !bytes.isEmpty else { return }
        guard bytes.count >= 100, Array(bytes[..<16]) == magic else {
            throw .unreadable(path: path, cause: "the file is not a catalog")
        }
        let id = number(bytes[68..<72])
        let hasLog = bytes[18] == 2
        // While the first process makes the layout, the file says only that it has a log.
        guard id == Migrations.applicationID || id == 0 && hasLog else {
            throw .unreadable(path: path, cause: "the file is another program's database")
        }
        let layout = number(bytes[60..<64])
        guard layout <= Migrations.steps.count else {
            throw .newerDatabase(path: path, found: layout, known: Migrations.steps.count)
        }
    }

    static func read(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = Glibc.read(file, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
