import Terminal

extension Shell {
    /// What the palette finds: the commands that work here, the screens, and what the screens of things offer.
    var paletteEntries: [PaletteEntry] {
        guard let page else { return [] }
        let commands = keys.reachable(in: page.contexts + [.global]).filter { !$0.title.isEmpty }
        let entries = commands.map { command in
            var reason = SafeText.empty
            if command.context != .global, case .no(let why) = page.availability(of: command.id) {
                reason = SafeText(untrusted: why)
            }
            return PaletteEntry(
                verb: command.context == .global ? "go" : "do", name: SafeText(untrusted: command.shownTitle),
                place: SafeText(untrusted: command.context.rawValue),
                key: SafeText(untrusted: command.keys.first?.description ?? ""), doc: SafeText(untrusted: command.doc),
                what: .command(command.id), reason: reason
            )
        }
        return entries + things
    }
}
