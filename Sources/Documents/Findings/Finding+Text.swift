extension Finding {
    /// As compilers print it: `file:line:column: error: sentence`, the source line, a caret run, the hint.
    package var text: String {
        // Tabs stay tabs, so that the caret stands below its column whatever the tab width is.
        text { line in String(line.unicodeScalars.map { $0 == "\t" ? "\t" : " " }) }
    }

    /// The same where the source line is shown otherwise than it is written.
    ///
    /// - Parameter blank: White space that is as wide as the beginning of a line that it is given.
    package func text(blank: (String) -> String) -> String {
        var lines: [String] = []
        let position = place.map(\.text) ?? ""
        lines.append(
            position.isEmpty ? "\(severity.rawValue): \(message)" : "\(position): \(severity.rawValue): \(message)")
        if let place, let source = place.sourceLine, place.column > 0 {
            let number = String(place.line)
            lines.append(" \(number) | \(source)")
            let scalars = source.unicodeScalars
            let start = " \(number) | " + String(scalars.prefix(place.column - 1))
            let room = max(1, scalars.count - place.column + 1)
            let covered = scalars.dropFirst(place.column - 1).prefix(min(place.length, room))
            let before = blank(start)
            let run = max(1, blank(start + String(covered)).unicodeScalars.count - before.unicodeScalars.count)
            let margin = " \(String(repeating: " ", count: number.count)) |"
            lines.append(
                margin + before.unicodeScalars.dropFirst(margin.count).map(String.init).joined()
                    + String(repeating: "^", count: run))
        }
        if let hint { lines.append("  \(hint)") }
        for cause in causes {
            lines += cause.text(blank: blank).split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}

extension Place {
    /// `file:line:column`, as far as they are known.
    package var text: String {
        if line == 0 { return file }
        return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    }
}
