import Catalog
import Documents

/// Who did what, when and why.
enum HistoryText {
    static func show(_ entries: [HistoryEntry], _ output: OutputOptions) {
        Console.show(output) {
            JSON.object([("history", .list(entries.map(json)))])
        } text: {
            var table = Table("WHEN", "BY", "ACT", "SUBJECT", "DETAIL", "WHY")
            for entry in entries {
                table.add(entry.at.iso8601, entry.by, entry.act, entry.subject, entry.detail, entry.why)
            }
            return table.fitted
        }
    }

    private static func json(_ entry: HistoryEntry) -> Value {
        JSON.object([
            ("at", JSON.time(entry.at)), ("by", .string(entry.by)), ("act", .string(entry.act)),
            ("subject", .string(entry.subject)), ("detail", JSON.text(entry.detail)), ("why", JSON.text(entry.why)),
        ])
    }
}
