package import Terminal

extension Shell {
    /// The smallest terminal in which something can be done.
    static let minimum = Size(30, 8)

    /// The root screens, by the digits.
    static let rootCommands: [Command] = [
        Command("screen.home", "home", "What needs you, and what runs.", keys: ["1"], group: "SCREENS"),
        Command("screen.catalog", "catalog", "The templates to order from.", keys: ["2"], group: "SCREENS"),
        Command(
            "screen.fleet", "fleet", "Environments, instances, pipelines and components.", keys: ["3"], group: "SCREENS"
        ),
        Command("screen.inbox", "inbox", "Recommended updates.", keys: ["4"], group: "SCREENS"),
        Command("screen.history", "history", "Who did what, when and why.", keys: ["6"], group: "SCREENS"),
        Command("screen.adoption", "adoption", "Takes in what runs already.", keys: ["7"], group: "SCREENS"),
        Command(
            "screen.connections", "connections", "Where infrastructure goes: accounts, roles, secrets.", keys: ["8"],
            group: "SCREENS"),
    ]

    /// What works on every screen.
    package static let globalCommands: [Command] =
        rootCommands + [
            Command("app.back", "back", "Goes up one level; nothing is lost.", keys: ["Esc"], group: "MOVE"),
            Command("app.previous", "previous screen", "Goes back to where you were.", keys: ["-"], group: "MOVE"),
            Command(
                "app.palette", "commands", "Finds commands, screens and things by name.", keys: [":"], group: "SEE",
                hint: 90),
            Command("app.help", "help", "The keys that work here.", keys: ["?", "F1"], group: "SEE", hint: 91),
            Command("app.refresh", "refresh", "Reads again what is shown.", keys: ["Ctrl-R"], group: "SEE"),
            Command(
                "app.copy", "copy", "Copies the selected row's name or value.", keys: ["y"], group: "SEE"),
            Command(
                "app.export", "export", "Writes all of this page to a file, as text.", keys: ["Ctrl-O"], group: "SEE",
                asks: true),
            Command("app.quit", "quit", "Leaves; on a page below a screen, goes back.", keys: ["q"], group: "MOVE"),
            Command(
                "app.interrupt", "cancel", "Leaves a field or page; at the root, the catalog.", keys: ["Ctrl-C"],
                group: "MOVE"),
        ]
}
