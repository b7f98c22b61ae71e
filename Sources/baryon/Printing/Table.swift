import Terminal

/// Columns for people: aligned, with headings, made harmless.
struct Table {
    var headings: [String]
    var rows: [[String]] = []
    var indent = ""

    init(_ headings: String..., indent: String = "") {
        self.headings = headings
        self.indent = indent
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    var text: String {
        let lines = ((headings.isEmpty ? [] : [headings]) + rows).map { $0.map { SafeText(untrusted: $0) } }
        var widths: [Int] = []
        for line in lines {
            for (column, cell) in line.enumerated() {
                if column < widths.count {
                    widths[column] = max(widths[column], cell.width)
                } else {
                    widths.append(cell.width)
                }
            }
        }
        return lines.map { line in
            var text = indent
            for (column, cell) in line.enumerated() {
                text += cell.string
                if column < line.count - 1 {
                    text += String(repeating: " ", count: widths[column] - cell.width + 2)
                }
            }
            return text.trimmingEnd
        }.joined(separator: "\n")
    }

    /// The text, where a row takes one line of the terminal that it goes to; whole where it goes elsewhere.
    var fitted: String {
        guard let columns = Console.columns else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { SafeText(untrusted: String($0), limit: .max).truncated(to: columns).string }
            .joined(separator: "\n")
    }

    /// Prints the rows, or the sentence where there are none.
    func print(orElse sentence: String) {
        if rows.isEmpty { Console.talk(sentence) } else { Console.out(fitted) }
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
