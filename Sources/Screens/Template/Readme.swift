import Terminal

/// Markdown as people write readmes: headings stand out, code stays as it is, the rest is wrapped.
enum Readme {
    static func lines(_ text: String, width: Int) -> [Line] {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { row -> [Line] in
            let row = String(row)
            if row.hasPrefix("```") {
                isCode.toggle()
                return []
            }
            if isCode { return [Line(untrusted: "  " + row, .info)] }
            if row.hasPrefix("#") { return [Line(untrusted: String(row.drop { $0 == "#" || $0 == " " }), .header)] }
            if row.hasPrefix("|") { return Readme.tableRow(row) }
            let isItem = row.hasPrefix("- ") || row.hasPrefix("* ")
            let plain = row.replacing("`", with: "").replacing("**", with: "")
            return Line(untrusted: plain).wrapped(to: min(width, 96), indent: isItem ? 2 : 0)
        }
    }

    /// A table's rows stay rows; the one under its head is left out.
    private static func tableRow(_ row: String) -> [Line] {
        if row.allSatisfy({ "|-: ".contains($0) }) { return [] }
        return [Line(untrusted: row.replacing("`", with: ""))]
    }
}
