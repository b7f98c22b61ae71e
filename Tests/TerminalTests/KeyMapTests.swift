import Testing

@testable import Terminal

@Suite struct KeyMapTests {
    private let map = KeyMap([
        Command("list.open", "open", "Opens the row.", keys: ["Enter"], in: "list", hint: 1),
        Command("list.deploy", "deploy", "Deploys the row.", keys: ["D"], in: "list", hint: 3, asks: true),
        Command("app.help", "help", "Shows all keys.", keys: ["?", "F1"], hint: 9),
        Command("app.quit", "quit", "Leaves.", keys: ["q"]),
        Command("field.quit", "type", "Types.", keys: ["q"], in: "field"),
    ])

    @Test func `the innermost context answers first`() {
        #expect(map.command(for: "q", in: ["field", .global])?.id == "field.quit")
        #expect(map.command(for: "q", in: ["list", .global])?.id == "app.quit")
        #expect(map.command(for: "x", in: ["list", .global]) == nil)
        #expect(map.reachable(in: ["field", .global]).map(\.id) == ["field.quit", "app.help"])
    }

    @Test func `hints come from the map, with what cannot be done now`() {
        let hints = map.hints(in: ["list", .global]) { $0.id == "list.deploy" ? .no("nothing to deploy") : .yes }
        #expect(hints.map(\.key) == ["Enter", "D", "?"])
        #expect(hints.map(\.title) == ["open", "deploy...", "help"])
        #expect(hints.map(\.isAvailable) == [true, false, true])
    }

    @Test func `conflicts are sentences`() {
        #expect(map.conflicts.isEmpty)
        var other = KeyMap(map.commands + [Command("list.other", "other", "", keys: ["D"], in: "list")])
        #expect(other.conflicts == ["D in list stands for both list.deploy and list.other"])
        #expect(other.apply("list D = list.other") == [])
    }

    @Test func `a key file binds, frees and reports each bad line`() {
        var map = map
        let faults = map.apply(
            """
            # mine
            list o = list.open
            list D = none
            lost x = list.open
            list Hyper-x = list.open
            list x = list.nothing
            what
            """)
        #expect(
            faults == [
                "line 4: no context is named 'lost'",
                "line 5: 'Hyper-x' must be a key, such as Ctrl-S or F5",
                "line 6: no command is named 'list.nothing' in list",
                "line 7: must read 'context key = command'",
            ])
        #expect(map.command(for: "o", in: ["list"])?.id == "list.open")
        #expect(map.command(for: "D", in: ["list"]) == nil)
    }
}
