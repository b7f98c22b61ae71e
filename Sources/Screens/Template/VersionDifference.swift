import Catalog
import Documents
import Engine
import Schemas
import Terminal

/// What a version asks for otherwise than the version before it.
struct VersionDifference: Sendable {
    var from: VersionNumber
    var changes: [SchemaChange]
    var addedFiles: [String]
    var removedFiles: [String]

    init(from old: VersionDetail, to new: VersionDetail) {
        from = old.version.number
        changes = TemplateVersion.Part.allCases.flatMap { part -> [SchemaChange] in
            guard let before = old.schemas[part], let after = new.schemas[part] else { return [] }
            return Compatibility.compare(before, after)
        }
        let before = Set(old.files.map(\.path))
        let after = Set(new.files.map(\.path))
        addedFiles = after.subtracting(before).sorted()
        removedFiles = before.subtracting(after).sorted()
    }

    /// `4 changes: 1 added, 2 breaking`, and one line for each, the gravest first.
    func lines(width: Int) -> [Line] {
        let shown = changes.filter { $0.verdict > .cosmetic }
        let title = Line("INPUTS SINCE \(SafeText(untrusted: from.description))", .header)
        var head = Line()
        if shown.isEmpty {
            head.append("They are the same.", .dim)
        } else {
            let breaking = shown.count { $0.verdict.isBreaking }
            let added = shown.count { $0.rule.hasPrefix("added") }
            head.append(Words.count(shown.count, "change"), .dim)
            head.append(": ", .dim)
            if added > 0 { head.append("\(added) added, ", .dim) }
            head.append("\(breaking) breaking", breaking > 0 ? .warn : .dim)
        }
        let isOneRow = title.width + head.width + 2 <= width
        var lines = isOneRow ? [title + Line("  ") + head] : [title] + head.wrapped(to: width)
        for change in shown.sorted(by: { $0.verdict > $1.verdict }) {
            let line = VersionDifference.word(change.verdict).filling(9) + Line("  ") + Line(untrusted: change.sentence)
            lines += line.wrapped(to: width, indent: 11)
        }
        for (word, style, files) in [("+ file", Style.added, addedFiles), ("- file", Style.removed, removedFiles)] {
            lines += files.map { Line(untrusted: word, style).filling(9) + Line("  ") + Line(untrusted: $0) }
        }
        return lines
    }

    private static func word(_ verdict: SchemaChange.Verdict) -> Line {
        switch verdict {
        case .breaking: Line("breaking", .fail)
        case .undetermined: Line("unsure", .warn)
        case .behaviour: Line("new way", .changed)
        case .safe: Line("safe", .ok)
        case .cosmetic: Line("words", .dim)
        }
    }
}
