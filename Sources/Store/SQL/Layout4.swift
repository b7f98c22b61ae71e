/// The fourth layout: where the secrets of a connection are.
enum Layout4 {
    /// Names and sources, never values. The built-in connection has no row of its own, so its name refers to none.
    static let sql = """
        CREATE TABLE secrets (
            connection TEXT NOT NULL,
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (connection, name)
        ) STRICT, WITHOUT ROWID;
        """
}
