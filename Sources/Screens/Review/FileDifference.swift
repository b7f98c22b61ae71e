import Catalog
import Documents
import Terminal

/// A rendered file beside what is applied, ready to be read.
enum FileDifference {
    /// - Parameter isBeside: Whether old and new stand beside each other, where there is both.
    static func pane(_ file: RenderedFile, isBeside: Bool) -> DiffPane {
        let syntax = Syntax(path: file.path)
        guard let previous = file.previous else {
            let lines = LineDiff(old: "", new: file.text).lines
            let size = lines.count == 1 ? "1 line" : "\(lines.count) lines"
            return DiffPane([.header("new file, \(size)")] + lines.map { .same($0.text) }, paint: syntax.line)
        }
        let diff = LineDiff(old: previous, new: file.text)
        if diff.isEmpty {
            let lines = diff.lines.map { DiffPane.Entry.same($0.text) }
            return DiffPane([.header("The file stays as it is.")] + lines, paint: syntax.line)
        }
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
        return DiffPane(entries, isBeside: isBeside, paint: syntax.line)
    }

    private static func entry(_ line: LineDiff.Line) -> DiffPane.Entry {
        switch line.kind {
        case .kept: .same(line.text)
        case .added: .added(line.text)
        case .removed: .removed(line.text)
        }
    }
}
