/// What the environment says about the terminal: decided before anything is written to it.
package enum TerminalChoice: Hashable, Sendable {
    /// Try these descriptions in their order. What follows the first is worth a note.
    case screen(descriptions: [String])
    /// No escape sequence at all may be written, for this reason: lines and prompts instead.
    case plain(String)

    /// - Parameters:
    ///   - environment: The process's variables.
    ///   - isInteractive: Whether there is a terminal for both input and output.
    package static func decide(_ environment: [String: String], isInteractive: Bool) -> TerminalChoice {
        guard isInteractive else { return .plain("input or output is not a terminal") }
        let name = environment["TERM"] ?? ""
        if name == "dumb" { return .plain("TERM is dumb: the terminal takes plain lines only") }
        let fallbacks = ["xterm-256color", "linux", "vt100"]
        return .screen(descriptions: name.isEmpty ? fallbacks : [name] + fallbacks.filter { $0 != name })
    }

    /// Whether colours are wanted: `NO_COLOR`, not empty, says no.
    package static func wantsColor(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Whether the environment asks for UTF-8, for when its locale is not installed.
    package static func asksForUTF8(_ environment: [String: String]) -> Bool {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let folded = name.lowercased()
        return folded.hasSuffix("utf-8") || folded.hasSuffix("utf8") || folded.contains("utf-8@")
    }

    /// How long a lone Esc waits, in milliseconds: `ESCDELAY`, else 25, over SSH 50.
    package static func escapeDelay(_ environment: [String: String]) -> Duration {
        if let given = environment["ESCDELAY"].flatMap({ Int($0) }), (1...2000).contains(given) {
            return .milliseconds(given)
        }
        return .milliseconds(environment["SSH_CONNECTION"] == nil ? 25 : 50)
    }
}
