extension Finding {
    /// As compilers print it: `file:line:column: error: sentence`, the source line, a caret run, the hint.
    package var text: String {
        var lines: [String] = []
        let position = place.map(\.text) ?? ""
        lines.append(
            position.isEmpty ? "\(severity.rawValue): \(message)" : "\(position): \(severity.rawValue): \(message)")
        if let place, let source = place.sourceLine, place.column > 0 {
            let number = String(place.line)
            lines.append(" \(number) | \(source)")
            // Tabs stay tabs, so that the caret stands below its column whatever the tab width is.
            let indent = String(source.unicodeScalars.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " })
            let room = max(1, source.unicodeScalars.count - place.column + 1)
            let run = String(repeating: "^", count: min(place.length, room))
            lines.append(" \(String(repeating: " ", count: number.count)) | \(indent)\(run)")
        }
        if let hint { lines.append("  \(hint)") }
        for cause in causes {
            lines += cause.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
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
