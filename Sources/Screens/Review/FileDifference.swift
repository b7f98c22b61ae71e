import Catalog
import Documents
import Terminal

/// A rendered file beside what is applied, ready to be read.
enum FileDifference {
    static func pane(_ file: RenderedFile) -> DiffPane {
        guard let previous = file.previous else {
            let lines = LineDiff(old: "", new: file.text).lines
            let size = lines.count == 1 ? "1 line" : "\(lines.count) lines"
            return DiffPane([.header("new file, \(size)")] + lines.map { .added($0.text) })
        }
        let diff = LineDiff(old: previous, new: file.text)
        if diff.isEmpty { return DiffPane([.header("The file stays as it is.")] + diff.lines.map { .same($0.text) }) }
        var entries: [DiffPane.Entry] = []
        var shown = 0
        for hunk in diff.hunks() {
            let first = (hunk.first?.newNumber ?? hunk.first?.oldNumber) ?? 1
            let start = hunk.first.flatMap { wanted in diff.lines.firstIndex(of: wanted) } ?? shown
            if start > shown { entries.append(.folded(start - shown)) }
            entries.append(.header("line \(first)"))
            entries += hunk.map(entry)
            shown = start + hunk.count
        }
        if diff.lines.count > shown { entries.append(.folded(diff.lines.count - shown)) }
        return DiffPane(entries)
    }

    private static func entry(_ line: LineDiff.Line) -> DiffPane.Entry {
        switch line.kind {
        case .kept: .same(line.text)
        case .added: .added(line.text)
        case .removed: .removed(line.text)
        }
    }
}
