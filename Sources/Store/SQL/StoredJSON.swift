import Documents

/// JSON columns: values to text and back, every digit kept.
enum StoredJSON {
    /// A row may hold a whole stack's properties; this is far beyond, and still ends.
    private static let limits = Limits(bytes: 64 << 20, depth: 512, nodes: 4_000_000)

    static func value(_ text: String) -> Value? {
        Document.read(Source(name: "row", text: text), as: .json, limits: limits).document?.value
    }

    static func text(_ value: Value) -> String { value.json() }
}
