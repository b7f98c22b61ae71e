import Documents

/// What is SQLite's own: full-text search, upserts, patterns. Another database brings another file like this.
enum Dialect {
    /// Joins the templates that match; the order of relevance is `rank`: a name counts more than a summary.
    static let joinSearch = "JOIN template_words ON template_words.rowid = templates.id AND template_words MATCH ?"
    static let byRelevance = "bm25(template_words, 12.0, 6.0, 2.0, 1.0)"

    /// What a person typed, as a query: every word has to be there, as the start of a word.
    ///
    /// Words are quoted, so no sign in them is an operator. `nil` where nothing to search for is left.
    static func match(_ text: String) -> String? {
        let words = text.unicodeScalars.split { !isPartOfWord($0) }.prefix(12)
        guard !words.isEmpty else { return nil }
        return words.map { word in
            var quoted = "\""
            quoted.unicodeScalars.append(contentsOf: word.prefix(64))
            return quoted + "\"*"
        }.joined(separator: " ")
    }

    /// As the tokenizer cuts: letters, digits and what combines with them.
    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .privateUse, .nonspacingMark, .spacingMark, .enclosingMark:
            true
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .unassigned:
            false
        @unknown default: false
        }
    }

    /// A condition that `text` contains a word, with the pattern as its argument; letters A to Z match either case.
    static func contains(_ text: String) -> String { "\(text) LIKE ? ESCAPE '\\'" }

    /// The patterns of the words in `text`, at most 12.
    static func patterns(_ text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0 }.prefix(12).map { word in
            var pattern = "%"
            for scalar in word.prefix(100) {
                if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
                pattern.unicodeScalars.append(scalar)
            }
            return pattern + "%"
        }
    }

    /// A condition that a column is one of the texts or numbers in a list, which is given as one argument.
    static func isIn(_ column: String) -> String { "\(column) IN (SELECT value FROM json_each(?))" }

    static func list(_ numbers: [Int]) -> String { "[\(numbers.map(String.init).joined(separator: ","))]" }
    static func list(_ texts: Set<String>) -> String { StoredJSON.text(.list(texts.sorted().map(Value.string))) }

    /// A condition that a resource's record has a property, with its path and its text as arguments.
    static let recordHasProperty = "CAST(json_extract(record, ?) AS TEXT) = ?"

    /// Where a record has a top-level property; the name is quoted, so that no sign in it is a step.
    static func path(toProperty name: String) -> String {
        "$.properties.\"\(name.filter { $0 != "\"" && $0 != "\\" })\""
    }

    static let putResource = """
        INSERT INTO resources (target, logical_id, type, physical_id, record) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (target, logical_id)
        DO UPDATE SET type = excluded.type, physical_id = excluded.physical_id, record = excluded.record
        """
    static let putDraft = """
        INSERT INTO drafts (id, title, template, major, minor, updated_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, template = excluded.template, major = excluded.major,
            minor = excluded.minor, updated_at = excluded.updated_at, content = excluded.content
        """
    static let putSetting = """
        INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """
    static let putConnection = """
        INSERT INTO connections (name, provisioner, account, region, revision, created_at, settings)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET provisioner = excluded.provisioner, account = excluded.account,
            region = excluded.region, revision = excluded.revision, settings = excluded.settings
        """
    static let putSecret = """
        INSERT INTO secrets (connection, name, source) VALUES (?, ?, ?)
        ON CONFLICT (connection, name) DO UPDATE SET source = excluded.source
        """
    static let putCheck = put("checks")
    static let putHook = put("hooks")
    private static func put(_ table: String) -> String {
        "INSERT INTO \(table) (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content"
    }
    static let putRunner = """
        INSERT INTO runners (owner, connections) VALUES (?, ?)
        ON CONFLICT (owner) DO UPDATE SET connections = excluded.connections
        """
}
