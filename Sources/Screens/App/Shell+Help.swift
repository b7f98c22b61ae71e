import Terminal

extension Shell {
    var helpWidth: Int { min(76, max(20, desk.size.width - 4)) }

    func helpHeight(_ count: Int) -> Int { min(count, max(1, desk.size.height - 7)) }

    /// The keys that work here, by their headings; what is off now says why.
    func helpLines(width: Int) -> [Line] {
        guard let page else { return [] }
        let commands = keys.reachable(in: page.contexts + [.global]).filter { !$0.keys.isEmpty }
        var lines: [Line] = []
        var groups: [String] = []
        for command in commands where !groups.contains(command.group) { groups.append(command.group) }
        for group in groups {
            if !lines.isEmpty { lines.append(Line()) }
            lines.append(Line(SafeText(untrusted: group.isEmpty ? "KEYS" : group), .header))
            for command in commands where command.group == group {
                let shown = command.keys.map(\.description).joined(separator: " ")
                var line = Line(SafeText(untrusted: shown), .accent)
                line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 14 - line.width))))
                switch page.availability(of: command.id) {
                case .yes: line.append(SafeText(untrusted: command.doc), .text)
                case .no(let reason): line.append(SafeText(untrusted: "\(command.title): off, \(reason)"), .faint)
                }
                lines += line.wrapped(to: width, indent: 14)
            }
        }
        lines.append(Line())
        lines.append(Line("j k  g G  Ctrl-D Ctrl-U move in every list; Tab changes the pane.", .dim))
        lines.append(Line("Capitals change something, and always ask first.", .dim))
        lines.append(Line("MAJOR: may need new inputs. minor: needs none. back: to an older version.", .dim))
        return lines.flatMap { $0.wrapped(to: width) }
    }

    func drawHelp(_ state: TextPane.State, on surface: inout Surface) {
        let lines = helpLines(width: helpWidth - 4)
        let height = helpHeight(lines.count)
        let box = surface.bounds.centered(Size(helpWidth, height + 4))
        surface.fill(box)
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        var title = Line("HELP  ", .header)
        for (index, crumb) in (page?.crumbs ?? []).enumerated() {
            title.append(index == 0 ? crumb : " > " + crumb, .dim)
        }
        surface.draw(title.truncated(to: inner.width), in: inner.takeTop(1))
        _ = inner.takeTop(1)
        let top = min(state.top, max(0, lines.count - height))
        for line in lines.dropFirst(top).prefix(height) { surface.draw(line, in: inner.takeTop(1)) }
    }
}
