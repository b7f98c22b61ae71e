import Bundles
import Documents

/// What a bundle's own pages say about it: the readme's heading and first paragraph, and the notes of the version.
struct BundlePages {
    var title: String?
    var summary = ""
    var notes = ""

    init(_ bundle: Bundle) {
        let lines = (bundle.readme ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        title = lines.first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) }
        summary = Self.paragraph(lines.drop { !$0.hasPrefix("# ") }.dropFirst())
        if let bytes = bundle.files["NOTES.md"] {
            let text = String(decoding: bytes, as: UTF8.self)
            notes = Self.paragraph(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...])
        }
    }

    /// The first run of lines that are no heading, in one line.
    private static func paragraph(_ lines: ArraySlice<String>) -> String {
        let start = lines.drop { $0.isEmpty || $0.hasPrefix("#") }
        return start.prefix { !$0.isEmpty && !$0.hasPrefix("#") }.joined(separator: " ")
    }
}
