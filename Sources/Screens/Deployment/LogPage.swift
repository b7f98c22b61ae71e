package import Catalog
package import Engine
package import Terminal

/// All that tools printed during a deployment: the whole file, part by part, and searched as a whole.
package struct LogPage: Page {
    let id: Deployment.ID
    private(set) var part: LogPart?
    /// Lines of the whole file that were found, in place of the part.
    private(set) var found: LogHits?
    private(set) var isLoaded = false
    var pane = LogPane(limit: 200_000)
    var find = LineInput()
    var isFinding = false

    package init(_ id: Deployment.ID) { self.id = id }

    package static let commands: [Command] = [
        command("find", "search", "Shows the lines of the whole file with some words.", ["/"], 1),
        command("follow", "follow", "Goes to the end, and stays there.", ["f"], 2),
        command("earlier", "earlier part", "Shows the part of the file before this one.", ["["], 3),
        command("later", "later part", "Shows the part of the file behind this one.", ["]"], 4),
        command("wrap", "wrap", "Wraps long lines, or cuts them.", ["w"], 5),
        command("left", "left", "Scrolls to the left.", ["Left", "h"]),
        command("right", "right", "Scrolls to the right.", ["Right", "l"]),
        Command(
            "log.search", "search", "Goes through the whole file.", keys: ["Enter"], in: "log.find", group: "SEE",
            hint: 1),
        Command(
            "log.forget", "all lines", "Ends the search.", keys: ["Esc", "Ctrl-C"], in: "log.find", group: "SEE",
            hint: 2),
        Command(
            "log.all", "all lines", "Shows all lines again.", keys: ["Esc"], in: "log.found", group: "SEE", hint: 1),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ hint: Int? = nil
    ) -> Command {
        Command("log." + id, title, doc, keys: keys, in: "log", group: "SEE", hint: hint)
    }

    package var key: String { "log \(id.number)" }
    package var crumbs: [SafeText] { ["Deployment \(SafeText(untrusted: id.description))", "Log"] }
    package var contexts: [KeyContext] {
        if isFinding { return ["log.find"] }
        return found == nil ? ["log"] : ["log.found", "log"]
    }
    package var isTyping: Bool { isFinding }
    package var note: Line { Line(pane.follows && found == nil ? "following" : "f follows", .dim) }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        // A part that somebody chose stays; only the end moves on.
        guard part.map({ pane.follows && found == nil && $0.end == $0.size }) ?? true else { return }
        show(try desk.engine.log(of: id))
    }

    private mutating func show(_ part: LogPart?) {
        let isSame = isLoaded && self.part == part
        (self.part, isLoaded) = (part, true)
        guard !isSame else { return }
        fill((part?.lines ?? []).map { LogLine(untrusted: $0) })
    }

    private mutating func fill(_ lines: [LogLine]) {
        pane.clear()
        for line in lines { pane.append(line) }
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "log.earlier": part.map { $0.start > 0 } ?? false ? .yes : .no("the file begins here")
        case "log.later": part.map { $0.end < $0.size } ?? false ? .yes : .no("the file ends here")
        case "log.left", "log.right": pane.wraps ? .no("w ends the wrapping first") : .yes
        default: .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        let width = desk.content.width - 2
        switch command {
        case "log.find": isFinding = true
        case "log.search": return search()
        case "log.forget", "log.all": return endSearch()
        case "log.follow":
            pane.follows = true
            return found == nil ? [.reload] : endSearch()
        case "log.earlier": return turn(endingAt: part?.start, desk)
        case "log.later": return turn(endingAt: part.map { min($0.size, $0.end + (1 << 20)) }, desk)
        case "log.wrap": pane.wraps.toggle()
        case "log.left": pane.moveSideways(-8, width: width)
        default: pane.moveSideways(8, width: width)
        }
        return []
    }

    private mutating func turn(endingAt end: Int?, _ desk: Desk) -> [Action] {
        do throws(Refusal) {
            show(try desk.engine.log(of: id, endingAt: end))
            pane.move(.first, height: 1)
            return []
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }

    private mutating func endSearch() -> [Action] {
        (isFinding, find, found) = (false, LineInput(), nil)
        fill((part?.lines ?? []).map { LogLine(untrusted: $0) })
        return [.reload]
    }

    /// A large file takes a while: the search runs beside the screens.
    private mutating func search() -> [Action] {
        isFinding = false
        let (id, words) = (id, find.text)
        guard !words.allSatisfy(\.isWhitespace) else { return endSearch() }
        return [
            .perform { engine in
                do throws(Refusal) { return try engine.log(of: id, containing: words) } catch { return error }
            }
        ]
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        switch answer {
        case let hits as LogHits:
            found = hits
            fill(
                hits.hits.map { hit in
                    LogLine(Line(untrusted: "\(hit.number)  ", .faint) + LogLine(untrusted: hit.text).line)
                })
            pane.move(.first, height: 1)
            return []
        case let refusal as Refusal: return [.say(Line(untrusted: refusal.sentence, .error))]
        default: return []
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if isFinding {
            _ = find.handle(key)
            return []
        }
        guard let move = Move(key) else { return nil }
        pane.move(move, height: max(1, desk.content.height - 2))
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        _ = find.paste(text)
        return []
    }

    package func whole(_ desk: Desk) -> [String] { pane.lines.map(\.line.plain) }

    // MARK: Drawing

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rest = rect.inset(1, 0)
        var head = rest.takeTop(1)
        if rect.height > 10 { _ = rest.takeTop(1) }
        surface.draw(title.truncated(to: head.width), in: head)
        pane.draw(in: rest, on: &surface)
        if pane.lines.isEmpty, rest.height > 0 {
            surface.draw(
                Line(found != nil ? "No line has these words." : "No tool has printed anything.", .dim),
                in: rest.row(0))
        }
        guard isFinding || !find.isEmpty, title.width + 4 < head.width else { return nil }
        _ = head.takeLeft(title.width + 2)
        surface.draw(Line("/ ", .accent), in: head.takeLeft(2))
        let cursor = find.draw(
            in: head.takeLeft(min(head.width, 28)), on: &surface, isFocused: isFinding, placeholder: "words")
        return isFinding ? cursor : nil
    }

    private var title: Line {
        if let found {
            let shown = found.hits.count < found.count ? ", the first \(found.hits.count) shown" : ""
            return Line("FOUND", .header)
                + Line("  \(Words.count(found.count, "line"))\(SafeText(untrusted: shown))", .dim)
        }
        guard let part else { return Line("LOG", .header) }
        let what: SafeText =
            part.isWhole
            ? Words.count(part.lines.count, "line")
            : "bytes \(part.start) to \(part.end) of \(part.size), \(Words.count(part.lines.count, "line"))"
        return Line("LOG", .header) + Line("  " + what, .dim)
    }
}
