/// The third layout: where deployments go for real, and what is known of what they made.
enum Layout3 {
    static let sql = [workspace, connections, exports, rules].joined(separator: "\n")

    /// Tells this workspace's acts from those of others in one account; a restored one gets a new identity.
    private static let workspace = """
        CREATE TABLE workspace (id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO workspace (id) VALUES (lower(hex(randomblob(6))));
        """

    /// A deployment keeps the connection that it was submitted for, so that runners claim by it.
    private static let connections = """
        CREATE TABLE connections (
            name TEXT PRIMARY KEY NOT NULL,
            provisioner TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            settings TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE targets ADD COLUMN stack TEXT;
        ALTER TABLE deployments ADD COLUMN connection TEXT NOT NULL DEFAULT 'local';
        ALTER TABLE deployments ADD COLUMN environment TEXT NOT NULL DEFAULT '';
        ALTER TABLE runners ADD COLUMN connections TEXT;
        CREATE INDEX targets_by_connection ON targets (connection) WHERE connection <> 'local';
        """

    /// Names are unique in a space: a connection's account and region, or `local`.
    private static let exports = """
        CREATE TABLE exports (
            space TEXT NOT NULL,
            name TEXT NOT NULL,
            target TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (space, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exports_by_target ON exports (target);
        CREATE TABLE imports (
            space TEXT NOT NULL,
            name TEXT NOT NULL,
            target TEXT NOT NULL,
            PRIMARY KEY (space, name, target)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX imports_by_target ON imports (target);
        CREATE TABLE kept_resources (
            id INTEGER PRIMARY KEY,
            target TEXT NOT NULL,
            deployment INTEGER NOT NULL,
            fate TEXT NOT NULL,
            at INTEGER NOT NULL,
            logical_id TEXT NOT NULL,
            type TEXT NOT NULL,
            physical_id TEXT NOT NULL,
            record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX kept_resources_by_target ON kept_resources (target);
        CREATE INDEX kept_resources_by_physical_id ON kept_resources (physical_id, type);
        """

    /// Commands that a workspace names: checks of plans, and hooks that hear of events; and what was waived.
    private static let rules = """
        CREATE TABLE checks (name TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE hooks (name TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE waivers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            check_name TEXT NOT NULL,
            code TEXT NOT NULL,
            target TEXT NOT NULL,
            by TEXT NOT NULL,
            why TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            until INTEGER NOT NULL
        ) STRICT;
        """
}
