/// The first layout of the database.
///
/// Rows are wide; long texts stand last, so that what lists read lies together. Tables are strict: SQLite itself
/// refuses a wrong type.
enum Layout1 {
    static let sql = [templates, targets, orders, stacks, notes, counters, search].joined(separator: "\n")

    /// `rank` of a version is how far a target on it is behind (`Drift.rank`), `offer` what it is told to move to.
    private static let templates = """
        CREATE TABLE templates (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            summary TEXT NOT NULL,
            owner TEXT NOT NULL,
            recommended_major INTEGER,
            recommended_minor INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE versions (
            template TEXT NOT NULL REFERENCES templates (name),
            major INTEGER NOT NULL,
            minor INTEGER NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            digest TEXT NOT NULL,
            is_recommended INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            offer_major INTEGER,
            offer_minor INTEGER,
            uses INTEGER NOT NULL DEFAULT 0,
            registered_at INTEGER NOT NULL,
            registered_by TEXT NOT NULL,
            published_at INTEGER,
            compatible TEXT NOT NULL,
            languages TEXT NOT NULL,
            reason TEXT NOT NULL,
            notes TEXT NOT NULL,
            PRIMARY KEY (template, major, minor)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX versions_by_digest ON versions (template, digest);
        """

    /// `rank` repeats the running version's, so that lists by drift need one index; both change in one transaction.
    /// What is generated is stored: SQLite reads a virtual column from the row even where an index has it.
    private static let targets = """
        CREATE TABLE services (
            name TEXT PRIMARY KEY NOT NULL,
            template TEXT NOT NULL REFERENCES templates (name),
            owner TEXT NOT NULL,
            repository TEXT NOT NULL,
            branch TEXT NOT NULL,
            connection TEXT NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            spec TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE service_specs (
            service TEXT NOT NULL,
            revision INTEGER NOT NULL,
            spec TEXT NOT NULL,
            PRIMARY KEY (service, revision)
        ) STRICT;
        CREATE TABLE targets (
            id INTEGER PRIMARY KEY,
            target TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            service TEXT NOT NULL,
            title TEXT NOT NULL,
            template TEXT NOT NULL REFERENCES templates (name),
            environment TEXT NOT NULL,
            owner TEXT NOT NULL,
            stage TEXT NOT NULL,
            connection TEXT NOT NULL,
            desired_major INTEGER NOT NULL,
            desired_minor INTEGER NOT NULL,
            desired_revision INTEGER NOT NULL,
            applied_major INTEGER,
            applied_minor INTEGER,
            applied_revision INTEGER,
            applied_deployment INTEGER,
            applied_at INTEGER,
            attempted INTEGER,
            phase TEXT,
            is_uncertain INTEGER NOT NULL DEFAULT 0,
            rank INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            major INTEGER GENERATED ALWAYS AS (coalesce(applied_major, desired_major)) STORED,
            minor INTEGER GENERATED ALWAYS AS (iif(applied_major IS NULL, desired_minor, applied_minor)) STORED,
            since INTEGER GENERATED ALWAYS AS (coalesce(applied_at, created_at)) STORED,
            is_drifted INTEGER GENERATED ALWAYS AS (
                iif(applied_revision = desired_revision AND applied_major = desired_major
                    AND applied_minor = desired_minor, 0, 1)) STORED,
            activity INTEGER GENERATED ALWAYS AS (
                CASE WHEN phase IN ('queued', 'waiting', 'in progress', 'cancelling', 'rolling back') THEN 1
                    WHEN phase IN ('failed', 'stuck') THEN 2 ELSE 0 END) STORED,
            words TEXT GENERATED ALWAYS AS (title || ' ' || environment || ' ' || template || ' ' || owner) STORED,
            desired_spec TEXT NOT NULL,
            applied_spec TEXT,
            applied_outputs TEXT
        ) STRICT;
        CREATE INDEX targets_by_title ON targets (kind, title, words);
        CREATE INDEX targets_by_owner ON targets (kind, owner, title);
        CREATE INDEX targets_by_environment ON targets (kind, environment, title);
        CREATE INDEX targets_by_template ON targets (template, major, minor, kind, title);
        CREATE INDEX targets_by_template_title ON targets (kind, template, title);
        CREATE INDEX targets_by_version ON targets (kind, major, minor, title);
        CREATE INDEX targets_by_rank ON targets (kind, rank, title);
        CREATE INDEX targets_by_activity ON targets (kind, activity, phase, title);
        CREATE INDEX targets_by_since ON targets (kind, since, title);
        CREATE INDEX targets_by_service ON targets (service, kind, title);
        CREATE INDEX targets_behind ON targets (rank DESC, title) WHERE rank > 1;
        CREATE INDEX targets_behind_by_owner ON targets (owner, rank DESC, title) WHERE rank > 1;
        CREATE INDEX targets_drifted ON targets (kind, title) WHERE is_drifted = 1;
        """

    private static let orders = """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            by TEXT NOT NULL,
            why TEXT NOT NULL,
            tags TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            destroys_service TEXT
        ) STRICT;
        CREATE TABLE deployments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            step INTEGER NOT NULL,
            target TEXT NOT NULL,
            action TEXT NOT NULL,
            template TEXT NOT NULL,
            major INTEGER NOT NULL,
            minor INTEGER NOT NULL,
            from_major INTEGER,
            from_minor INTEGER,
            revision INTEGER NOT NULL,
            plan_digest TEXT NOT NULL,
            phase TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            lease_owner TEXT,
            lease_expires INTEGER,
            fence INTEGER NOT NULL DEFAULT 0,
            is_cancel_requested INTEGER NOT NULL DEFAULT 0,
            is_finished INTEGER GENERATED ALWAYS AS (
                iif(phase IN ('succeeded', 'failed', 'cancelled', 'stuck'), 1, 0)),
            failure TEXT,
            outputs TEXT NOT NULL,
            spec TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX deployments_one_at_a_time ON deployments (target) WHERE is_finished = 0;
        CREATE INDEX deployments_unfinished ON deployments (phase, id) WHERE is_finished = 0;
        CREATE INDEX deployments_by_target ON deployments (target, id);
        CREATE INDEX deployments_by_order ON deployments (order_id, step);
        CREATE INDEX deployments_by_version ON deployments (template, major, minor) WHERE is_finished = 0;
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            deployment INTEGER NOT NULL REFERENCES deployments (id),
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            resource TEXT NOT NULL,
            type TEXT NOT NULL,
            state TEXT,
            physical_id TEXT NOT NULL,
            message TEXT NOT NULL
        ) STRICT;
        CREATE INDEX events_by_deployment ON events (deployment, sequence);
        """

    /// The local provisioner's record of what is there, and its journal of what it is about to do.
    private static let stacks = """
        CREATE TABLE resources (
            target TEXT NOT NULL,
            logical_id TEXT NOT NULL,
            type TEXT NOT NULL,
            physical_id TEXT NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (target, logical_id)
        ) STRICT;
        CREATE INDEX resources_by_physical_id ON resources (physical_id, type);
        CREATE INDEX resources_by_type ON resources (type);
        CREATE TABLE journal (
            deployment INTEGER NOT NULL REFERENCES deployments (id),
            number INTEGER NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (deployment, number)
        ) STRICT;
        CREATE TABLE runners (owner TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
        """

    private static let notes = """
        CREATE TABLE history (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            act TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            why TEXT NOT NULL
        ) STRICT;
        CREATE INDEX history_by_subject ON history (subject, sequence);
        CREATE TABLE drafts (
            id TEXT PRIMARY KEY NOT NULL,
            title TEXT NOT NULL,
            template TEXT NOT NULL,
            major INTEGER NOT NULL,
            minor INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """

    /// Counts that screens show, kept by triggers in the transaction that changes them.
    private static let counters = """
        CREATE TABLE fleet_counts (
            kind TEXT NOT NULL,
            owner TEXT NOT NULL,
            rank INTEGER NOT NULL,
            is_drifted INTEGER NOT NULL,
            activity INTEGER NOT NULL,
            is_uncertain INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (kind, owner, rank, is_drifted, activity, is_uncertain)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER targets_inserted AFTER INSERT ON targets BEGIN
            \(count(in: "new"))
            \(use("+ 1", of: "new"))
        END;
        CREATE TRIGGER targets_deleted AFTER DELETE ON targets BEGIN
            \(uncount(in: "old"))
            \(use("- 1", of: "old"))
        END;
        CREATE TRIGGER targets_counted AFTER UPDATE ON targets
        WHEN (old.owner, old.rank, old.is_drifted, old.activity, old.is_uncertain)
            IS NOT (new.owner, new.rank, new.is_drifted, new.activity, new.is_uncertain)
        BEGIN
            \(uncount(in: "old"))
            \(count(in: "new"))
        END;
        CREATE TRIGGER targets_moved AFTER UPDATE ON targets
        WHEN (old.template, old.major, old.minor) IS NOT (new.template, new.major, new.minor)
        BEGIN
            \(use("- 1", of: "old"))
            \(use("+ 1", of: "new"))
        END;
        """

    private static func count(in row: String) -> String {
        """
        INSERT INTO fleet_counts VALUES (
            \(row).kind, \(row).owner, \(row).rank, \(row).is_drifted, \(row).activity, \(row).is_uncertain, 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
        """
    }

    private static func uncount(in row: String) -> String {
        """
        UPDATE fleet_counts SET number = number - 1
        WHERE kind = \(row).kind AND owner = \(row).owner AND rank = \(row).rank
            AND is_drifted = \(row).is_drifted AND activity = \(row).activity AND is_uncertain = \(row).is_uncertain;
        """
    }

    private static func use(_ change: String, of row: String) -> String {
        """
        UPDATE versions SET uses = uses \(change)
        WHERE template = \(row).template AND major = \(row).major AND minor = \(row).minor;
        """
    }

    /// Diacritics are folded, and two and three letters of a word find it quickly.
    private static let search = """
        CREATE VIRTUAL TABLE template_words USING fts5 (
            name, title, summary, owner, content = 'templates', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        CREATE TRIGGER templates_inserted AFTER INSERT ON templates BEGIN
            INSERT INTO template_words (rowid, name, title, summary, owner)
            VALUES (new.id, new.name, new.title, new.summary, new.owner);
        END;
        CREATE TRIGGER templates_deleted AFTER DELETE ON templates BEGIN
            INSERT INTO template_words (template_words, rowid, name, title, summary, owner)
            VALUES ('delete', old.id, old.name, old.title, old.summary, old.owner);
        END;
        CREATE TRIGGER templates_described AFTER UPDATE OF name, title, summary, owner ON templates BEGIN
            INSERT INTO template_words (template_words, rowid, name, title, summary, owner)
            VALUES ('delete', old.id, old.name, old.title, old.summary, old.owner);
            INSERT INTO template_words (rowid, name, title, summary, owner)
            VALUES (new.id, new.name, new.title, new.summary, new.owner);
        END;
        """
}
