import Foundation
import Terminal

/// A page written to a file, as text.
package struct Export: Hashable, Sendable {
    package var path: String
    package var text: String
    /// Whether a file that is there may be replaced.
    package var overwrites: Bool

    package enum Outcome: Hashable, Sendable {
        case written(bytes: Int)
        /// A file is there, and nobody has said that it may go.
        case exists
        case failed(String)
    }

    /// The text as it is.
    package init(path: String, text: String) {
        (self.path, self.text, overwrites) = (path, text, false)
    }

    /// Lines without blanks at their ends, and without more than one empty line in a row.
    init(path: String, lines: [String]) {
        var kept: [String] = []
        for line in lines {
            let end = line.lastIndex { $0 != " " }
            let text = end.map { String(line[...$0]) } ?? ""
            if !text.isEmpty || kept.last?.isEmpty == false { kept.append(text) }
        }
        while kept.last?.isEmpty == true { kept.removeLast() }
        self.path = path
        text = kept.joined(separator: "\n") + "\n"
        overwrites = false
    }

    /// Writes it. A file that is there already is replaced by the whole text, or stays as it is.
    package func write() -> Outcome {
        let place = NSString(string: path).expandingTildeInPath
        guard overwrites else { return write(to: place) }
        let beside = "\(place).\(getpid()).new"
        let outcome = write(to: beside)
        guard case .written = outcome else {
            // One of that name is somebody else's.
            if outcome != .exists { unlink(beside) }
            return outcome == .exists ? .failed("\(beside) is in the way") : outcome
        }
        guard rename(beside, place) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(beside)
            return .failed(reason)
        }
        return outcome
    }

    private func write(to place: String) -> Outcome {
        let file = open(place, O_WRONLY | O_CREAT | O_CLOEXEC | O_EXCL, 0o600)
        guard file >= 0 else { return errno == EEXIST ? .exists : .failed(String(cString: strerror(errno))) }
        defer { close(file) }
        var rest = ArraySlice(Array(text.utf8))
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .failed(String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
        return .written(bytes: text.utf8.count)
    }
}

extension Page {
    package func whole(_ desk: Desk) -> [String] { drawnWhole(desk) }

    /// What it shows, drawn where there is room for all of it.
    func drawnWhole(_ desk: Desk) -> [String] {
        var desk = desk
        desk.size = Size(200, 2000)
        desk.content = Rect(desk.size)
        var surface = Surface(desk.size)
        _ = draw(in: desk.content, on: &surface, desk)
        return surface.rows
    }
}

extension Shell {
    /// Asks for the file; what is written is the page as it is when the question is answered.
    var exportQuestion: Question? {
        guard let page else { return nil }
        let name = page.key.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return Question(
            "Export to a file", [Line("All of this page as text, in the directory that baryon was started in.", .dim)],
            asking: "File", first: "baryon-\(name.prefix(60)).txt", then: { [.export(path: $0)] })
    }

    mutating func export(to path: String) -> [Effect] {
        guard let page else { return [] }
        let crumbs = (["baryon"] + page.crumbs).map(\.string).joined(separator: " > ")
        return [.export(Export(path: path, lines: [crumbs, ""] + page.whole(desk)))]
    }

    mutating func receive(_ outcome: Export.Outcome, of export: Export) {
        let name = SafeText(untrusted: export.path)
        switch outcome {
        case .written(let bytes): message = Line("Written to \(name), \(bytes) bytes.", .ok)
        case .failed(let reason): message = Line("Not written: \(SafeText(untrusted: reason)): \(name)", .error)
        case .exists:
            var again = export
            again.overwrites = true
            overlay = .question(
                Question(
                    "Replace the file?", [Line("\(name) is there already.")],
                    choices: [
                        .init("y", "replace it", [.write(again)]),
                        .init("n", "keep it", []),
                    ]), LineInput())
        }
    }
}
