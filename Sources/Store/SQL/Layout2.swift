/// The second layout: lists of a big fleet are read from an index alone.
///
/// An index that a list is sorted by holds what it can be narrowed to as well, so rows that are left out cost nothing
/// but a step; `targets_by_environment` also gives an environment's counts.
enum Layout2 {
    static let sql =
        sorted.map { name, columns in
            """
            DROP INDEX targets_by_\(name);
            CREATE INDEX targets_by_\(name) ON targets (kind, \(columns), is_drifted);
            """
        }.joined(separator: "\n") + rest

    private static let sorted: [(name: String, columns: String)] = [
        ("title", "title, words, rank, activity"),
        ("environment", "environment, title, rank, activity, is_uncertain"),
        ("template_title", "template, title, rank, activity"),
        ("version", "major, minor, title, rank, activity"),
        ("rank", "rank, title, activity"),
        ("activity", "activity, phase, title, rank"),
        ("since", "since, title, rank, activity"),
    ]

    /// Versions that somebody should leave, the most urgent first; targets about which nobody knows.
    private static let rest = """

        CREATE INDEX versions_behind ON versions (rank DESC, template, major, minor, uses) WHERE rank > 1 AND uses > 0;
        CREATE INDEX targets_uncertain ON targets (kind, title) WHERE is_uncertain = 1;
        """
}
