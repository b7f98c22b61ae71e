/// How a terminal is to be used.
package struct TerminalSettings: Sendable {
    package var theme: Theme
    /// ASCII twins instead of box characters, whatever the locale says.
    package var isASCII: Bool
    /// What a crash leaves on standard error, after the terminal is itself again.
    package var crashMessage: String
    package var environment: [String: String]

    package init(
        theme: Theme = .terminal, isASCII: Bool = false, crashMessage: String = "", environment: [String: String]
    ) {
        self.theme = theme
        self.isASCII = isASCII
        self.crashMessage = crashMessage
        self.environment = environment
    }
}

/// Why there is no full screen.
package struct TerminalRefusal: Error, Hashable, Sendable {
    /// A sentence without its full stop.
    package let reason: String
}
