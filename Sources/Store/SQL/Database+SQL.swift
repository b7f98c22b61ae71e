import GRDB

extension Database {
    /// Runs one statement; it is compiled once for each connection.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func rows<Row>(
        _ sql: String, _ arguments: StatementArguments = [], _ make: (inout Columns) throws -> Row
    ) throws -> [Row] {
        let cursor = try GRDB.Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var rows: [Row] = []
        while let row = try cursor.next() {
            var columns = Columns(row)
            rows.append(try make(&columns))
        }
        return rows
    }

    func row<Row>(
        _ sql: String, _ arguments: StatementArguments = [], _ make: (inout Columns) throws -> Row
    ) throws -> Row? {
        let cursor = try GRDB.Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        guard let row = try cursor.next() else { return nil }
        var columns = Columns(row)
        return try make(&columns)
    }

    func int(_ sql: String, _ arguments: StatementArguments = []) throws -> Int? {
        try row(sql, arguments) { $0.optionalInt() } ?? nil
    }

    func text(_ sql: String, _ arguments: StatementArguments = []) throws -> String? {
        try row(sql, arguments) { $0.optionalText() } ?? nil
    }
}
