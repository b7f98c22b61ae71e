import Terminal

extension Shell {
    /// The keys that work here, made from the key map; what is off says why.
    var help: HelpOverlay {
        guard let page else { return HelpOverlay("", keys, in: [.global]) }
        var title = SafeText.empty
        for (index, crumb) in page.crumbs.enumerated() { title = index == 0 ? crumb : title + " > " + crumb }
        return HelpOverlay(
            title, keys, in: page.contexts + [.global], isTyping: page.isTyping, notes: Shell.helpNotes
        ) { availability(of: $0, on: page) }
    }

    /// What works everywhere is never off; a page knows of its own commands alone.
    func availability(of command: Command, on page: any Page) -> Availability {
        command.context == .global ? .yes : page.availability(of: command.id)
    }

    private static let helpNotes: [SafeText] = [
        "j k  g G  Ctrl-D Ctrl-U move in every list.",
        "Capitals change something, and always ask first.",
        "MAJOR: may need new inputs. minor: needs none. back: to an older version.",
        "not applied: what was asked for last is not what runs.",
    ]
}
