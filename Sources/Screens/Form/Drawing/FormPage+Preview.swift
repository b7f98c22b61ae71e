import Catalog
import Documents
import Engine
import Schemas
import Terminal

/// The rendered file, and what keeps it from being whole.
extension FormPage {
    func drawPreview(in rect: Rect, on surface: inout Surface) {
        var rest = rect
        let files = previewFiles
        let current = files.indices.contains(preview.index) ? files[preview.index] : files.first
        let isOld = preview.isMaking || preview.made?.edits != edits
        var title = Line("FILE", .header)
        if let current {
            let room = rest.width - 6 - (isOld ? 12 : 0) - (files.count > 1 ? 8 : 0)
            title.append("  ")
            title.append(SafeText(untrusted: current.file.path).truncated(to: max(8, room), .middle))
            if files.count > 1 { title.append("  \(min(preview.index, files.count - 1) + 1) of \(files.count)", .dim) }
        }
        if isOld { title.append("  being made", .run) }
        surface.draw(title.truncated(to: rest.width), in: rest.takeTop(1))
        let remarks = remarks(hasFile: current != nil, isOld: isOld, width: rest.width)
        let room = current == nil ? rest.height : max(1, rest.height / 3)
        for line in remarks.prefix(room) { surface.draw(line.truncated(to: rest.width), in: rest.takeTop(1)) }
        guard let current else { return }
        if rest.height > 6 { _ = rest.takeTop(1) }
        let lines = SafeText.lines(untrusted: current.file.text)
        let marked = preview.marked[current.key] ?? []
        let top = max(0, min(preview.start(of: current.key), lines.count - rest.height))
        for index in lines.indices.dropFirst(top).prefix(rest.height) {
            let isMarked = marked.contains(index)
            let style: Style = isOld ? .faint : isMarked ? .added : .text
            surface.draw(
                (Line(isMarked ? "+ " : "  ", style) + Line(lines[index], style)).truncated(to: rest.width),
                in: rest.takeTop(1))
        }
    }

    /// Which answers are missing, what stands for them, and why there is no file.
    private func remarks(hasFile: Bool, isOld: Bool, width: Int) -> [Line] {
        var lines: [Line] = []
        let spots = model.faults.keys.sorted()
        if !spots.isEmpty {
            let names = spots.map { spot in
                let own = model[spot].field.label
                let isSame = spot.section == model.focus.section
                return isSame ? own : "\(model.sections[spot.section].title): \(own)"
            }
            let missing = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", ..." : "")
            lines += Line(untrusted: "Waits for \(missing)", .warn).wrapped(to: width, indent: 2)
        }
        guard let made = preview.made else {
            return isOld ? lines : lines + [Line("There is no file yet.", .dim)]
        }
        if hasFile, let name = made.standIns.names[model.focus.section] {
            lines.append(Line(untrusted: "\(name) stands for the name", .dim))
        }
        if hasFile, made.standIns.hasExamples { lines.append(Line("examples stand for what is missing", .dim)) }
        guard !hasFile else { return lines }
        var reasons = made.refusal.map { [$0] } ?? []
        let plans = made.plan?.plans ?? []
        let findings = (made.plan?.findings ?? []) + plans.flatMap(\.findings)
        reasons += findings.filter { $0.severity == .error }.map(\.message)
        if reasons.isEmpty, made.plan != nil {
            reasons = [plans.isEmpty ? "Nothing would be rendered anew." : "This part has no file that changes."]
        }
        return lines + reasons.prefix(4).flatMap { Line(untrusted: $0, .dim).wrapped(to: width, indent: 2) }
    }
}
