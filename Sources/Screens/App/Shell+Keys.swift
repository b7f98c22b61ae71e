import Engine
import Terminal

extension Shell {
    mutating func handle(_ key: KeyEvent) -> [Effect] {
        if desk.size.width < Shell.minimum.width || desk.size.height < Shell.minimum.height {
            return handleTooSmall(key)
        }
        if overlay != nil { return handleOverlay(key) }
        message = Line()
        guard let page else { return [] }
        if page.isTyping {
            // Letters belong to the field; only what no field takes can be a command.
            if key.typed == nil, let command = keys.command(for: key, in: page.contexts + [.global]) {
                return run(command)
            }
            return pageKey(key)
        }
        if let command = keys.command(for: key, in: page.contexts + [.global]) { return run(command) }
        return pageKey(key)
    }

    private mutating func pageKey(_ key: KeyEvent) -> [Effect] {
        let actions = withPage { $0.handle(key, $1) } ?? nil
        return actions.map { apply($0) } ?? []
    }

    mutating func paste(_ text: String) -> [Effect] {
        switch overlay {
        case .question(let question, var input):
            _ = input.paste(text)
            overlay = .question(question, input)
            return []
        case .palette(var palette):
            palette.paste(text, things: paletteThings)
            overlay = .palette(palette)
            return []
        case .help(var help):
            help.paste(text)
            overlay = .help(help)
            return []
        case nil:
            guard page?.isTyping == true else {
                message = Line("Pasted text is only taken by a field.", .warn)
                return []
            }
            return apply(withPage { $0.paste(text, $1) } ?? [])
        }
    }

    /// Runs a command of the page or of the shell, or says why it can't be run.
    mutating func run(_ command: Command) -> [Effect] {
        guard command.context == .global else {
            withPage { $0.settle($1) }
            if case .no(let reason) = page?.availability(of: command.id) ?? .yes {
                message = Line(SafeText(untrusted: "\(command.title): \(reason)"), .warn)
                return []
            }
            return apply(withPage { $0.run(command.id, $1) } ?? [])
        }
        switch command.id {
        case "app.back": return back()
        case "app.previous":
            guard let page = previous else { return [] }
            previous = pages.last
            return open(kept.removeValue(forKey: page.key) ?? page)
        case "app.palette":
            overlay = .palette(Palette(commands: paletteCommands))
            return []
        case "app.help":
            overlay = .help(help)
            return []
        case "app.refresh":
            message = Line("read again", .dim)
            return load()
        case "app.copy":
            withPage { $0.settle($1) }
            return copy()
        case "app.export":
            withPage { $0.settle($1) }
            return exportQuestion.map { apply([.ask($0)]) } ?? []
        case "app.quit": return pages.count > 1 ? back() : quit()
        case "app.interrupt": return interrupt()
        default:
            if let index = Shell.rootCommands.firstIndex(where: { $0.id == command.id }) { return openRoot(index) }
            return []
        }
    }

    private mutating func copy() -> [Effect] {
        guard let text = page?.selectedText else {
            message = Line("copy: select a row first", .warn)
            return []
        }
        return apply([.copy(text)])
    }

    private mutating func interrupt() -> [Effect] {
        if page?.isTyping == true || pages.count > 1 { return back() }
        return quit()
    }

    /// What can't be seen is not changed: only leaving works.
    private mutating func handleTooSmall(_ key: KeyEvent) -> [Effect] {
        switch key {
        case "q", "Ctrl-C": return quit()
        case "Esc":
            overlay = nil
            return []
        default: return []
        }
    }

    private mutating func handleOverlay(_ key: KeyEvent) -> [Effect] {
        switch overlay {
        case .question(let question, let input): return answer(question, input, key)
        case .palette(var palette):
            switch palette.handle(key, things: paletteThings) {
            case .stay: overlay = .palette(palette)
            case .close: overlay = nil
            case .run(let entry):
                overlay = nil
                return run(entry)
            }
            return []
        case .help(var help):
            overlay = help.handle(key, size: desk.size) ? .help(help) : nil
            return []
        case nil: return []
        }
    }

    private mutating func run(_ entry: PaletteEntry) -> [Effect] {
        switch entry.what {
        case .command(let id): return keys.command(id).map { run($0) } ?? []
        case .page(let make): return open(make(desk))
        }
    }

    private mutating func answer(_ question: Question, _ input: LineInput, _ key: KeyEvent) -> [Effect] {
        var input = input
        if key == "Esc" || key == "Ctrl-C" {
            overlay = nil
            isLeaving = false
            return []
        }
        if let answer = question.answer {
            if key == "Enter" {
                guard !input.text.allSatisfy(\.isWhitespace) else {
                    message = Line("It can't be empty.", .warn)
                    return []
                }
                overlay = nil
                return apply(answer(input.text))
            }
            _ = input.handle(key)
            overlay = .question(question, input)
            return []
        }
        if let wanted = question.typed {
            if key == "Enter" {
                guard input.text == wanted else {
                    message = Line("That is not \(SafeText(untrusted: wanted)); nothing was done.", .warn)
                    return []
                }
                overlay = nil
                return apply(question.choices.first?.actions ?? [])
            }
            _ = input.handle(key)
            overlay = .question(question, input)
            return []
        }
        guard let choice = question.choices.first(where: { $0.key == key }) else { return [] }
        overlay = nil
        if isLeaving {
            isLeaving = !choice.actions.isEmpty
            return isLeaving ? handOver() : []
        }
        return apply(choice.actions)
    }
}
