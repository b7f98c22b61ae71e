import Catalog
import Engine
package import Terminal

extension Shell {
    package func view(_ size: Size) -> Screen {
        var surface = Surface(size)
        guard size.width >= Shell.minimum.width, size.height >= Shell.minimum.height else {
            return Screen(tooSmall(size, surface))
        }
        guard let page else { return Screen(surface) }
        let contexts = page.contexts + [.global]
        Chrome(
            crumbs: ["baryon"] + page.crumbs, status: status(size), message: message, note: page.note,
            hints: overlay == nil
                ? keys.hints(in: contexts, isTyping: page.isTyping) { availability(of: $0, on: page) } : overlayHints,
            position: page.position
        ).draw(on: &surface)
        var desk = desk
        desk.size = size
        desk.content = Chrome.content(of: size)
        var cursor = page.draw(in: desk.content, on: &surface, desk)
        var isVisible = page.isTyping
        switch overlay {
        case .question(let question, let input):
            cursor = draw(question, input, on: &surface) ?? cursor
            isVisible = question.typed != nil || question.prompt != nil
        case .palette(let palette):
            cursor = palette.draw(on: &surface)
            isVisible = true
        case .help(let help):
            cursor = help.draw(in: surface.bounds, on: &surface) ?? cursor
            isVisible = help.filter != nil
        case nil: break
        }
        return Screen(surface, cursor: cursor, isCursorVisible: isVisible, nextTick: page.nextTick)
    }

    /// Whose workspace, who acts, and where it goes: the page's own place, else all that the workspace uses.
    private func status(_ size: Size) -> Line {
        var line = Line()
        let actor = SafeText(untrusted: desk.engine.actor.name)
        if size.width >= 100 {
            line.append(SafeText(untrusted: workspaceName).truncated(to: 20, .middle), .dim)
            line.append("  ", .dim)
            line.append(actor, .dim)
            line.append("  ", .dim)
        }
        if desk.isRunning { line.append("runner on  ", .run) }
        let room = size.width >= 100 ? 44 : size.width / 2 - line.width - 1
        if let place = page?.place ?? (desk.places.count == 1 ? desk.places.first : nil) {
            return line + place.line(width: room)
        }
        line.append("local and ", Style(.test))
        let real = desk.places.filter { !$0.isLocal }
        guard real.count == 1, let place = real.first else {
            return line + Line(Words.count(real.count, "connection"), .accent)
        }
        return line + place.line(width: max(25, room - 10))
    }

    private var workspaceName: String {
        let parts = desk.engine.workspace.path.split(separator: "/")
        return parts.last.map(String.init) ?? desk.engine.workspace.path
    }

    private func tooSmall(_ size: Size, _ blank: Surface) -> Surface {
        var surface = blank
        let lines: [Line] = [
            Line("Too small", .header),
            Line("need \(Shell.minimum.width)x\(Shell.minimum.height), have \(size.width)x\(size.height)"),
            Line(), Line("work is kept", .dim), Line("q quit", .accent),
        ]
        for (index, line) in lines.enumerated() where index < size.height {
            surface.draw(line.truncated(to: size.width), in: surface.bounds.row(index))
        }
        return surface
    }

    private var overlayHints: [KeyMap.Hint] {
        switch overlay {
        case .question(let question, _):
            (question.typed == nil && question.prompt == nil
                ? question.choices.map {
                    KeyMap.Hint(key: $0.key.description, title: $0.title.string, isAvailable: true)
                }
                : [KeyMap.Hint(key: "Enter", title: "go on", isAvailable: true)])
                + [KeyMap.Hint(key: "Esc", title: "back, nothing is done", isAvailable: true)]
        case .palette:
            [
                KeyMap.Hint(key: "Enter", title: "run", isAvailable: true),
                KeyMap.Hint(key: "Esc", title: "close", isAvailable: true),
            ]
        case .help: [KeyMap.Hint(key: "Esc", title: "close", isAvailable: true)]
        case nil: []
        }
    }

    private func draw(_ question: Question, _ input: LineInput, on surface: inout Surface) -> Point? {
        let width = min(72, surface.width - 4)
        let body = question.lines.flatMap { $0.wrapped(to: width - 4) }
        let asked =
            question.prompt.map { Line($0 + ":", .dim) } ?? question.typed.map { Line(untrusted: "Type \($0):", .dim) }
        // However long the name is, what is typed has a row of its own below it.
        let prompt = asked?.wrapped(to: max(1, width - 4)) ?? []
        let room = max(1, surface.height - 8 - prompt.count)
        let shown =
            body.count > room ? Array(body.prefix(room - 1)) + [Line("... \(body.count - room + 1) more", .dim)] : body
        let box = surface.bounds.centered(Size(width, shown.count + prompt.count + (asked == nil ? 5 : 6)))
        surface.fill(box)
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        surface.draw(Line(question.title.truncated(to: inner.width, .middle), .header), in: inner.takeTop(1))
        _ = inner.takeTop(1)
        for line in shown { surface.draw(line, in: inner.takeTop(1)) }
        if asked != nil {
            let field = inner.takeBottom(1)
            var words = inner.takeBottom(prompt.count)
            for line in prompt { surface.draw(line, in: words.takeTop(1)) }
            return input.draw(in: field, on: &surface, isFocused: true)
        }
        var line = Line()
        for choice in question.choices {
            line.append(SafeText(untrusted: choice.key.description), .accent)
            line.append(" ", .text)
            line.append(choice.title, .text)
            line.append("   ", .text)
        }
        surface.draw(line.truncated(to: inner.width), in: inner.takeBottom(1))
        return nil
    }
}
