import Testing

@testable import Terminal

@Suite struct WidgetTests {
    private func drawn(_ width: Int, _ height: Int, _ draw: (inout Surface, Rect) -> Void) -> Surface {
        var surface = Surface(Size(width, height))
        draw(&surface, surface.bounds)
        return surface
    }

    @Test func `the header keeps the innermost place and the status`() {
        let chrome = Chrome(
            crumbs: ["baryon", "Fleet", "orders-db"], status: "local", message: "saved", note: "2s ago",
            hints: [
                KeyMap.Hint(key: "Enter", title: "open", isAvailable: true),
                KeyMap.Hint(key: "D", title: "deploy...", isAvailable: false),
            ], position: "1/7")
        let wide = drawn(60, 14) { surface, _ in chrome.draw(on: &surface) }
        #expect(wide.rows[0] == " baryon › Fleet › orders-db                           local")
        #expect(wide.rows[12] == " saved                                               2s ago")
        #expect(wide.rows[13] == " Enter open  D deploy...                                1/7")
        #expect(wide.styleRows[13].contains("fff"))
        let small = drawn(24, 8) { surface, _ in chrome.draw(on: &surface) }
        #expect(small.rows[0] == " orders-db        local")
        #expect(small.rows[7] == " saved           2s ago")
        #expect(Chrome.content(of: Size(60, 14)) == Rect(0, 1, 60, 11))
    }

    @Test func `the chosen tab is always to be seen`() {
        let tabs = Tabs(["Readme", "Inputs", "Versions", "Used by"], selected: 2)
        #expect(drawn(50, 1) { tabs.draw(in: $1, on: &$0) }.rows == [" Readme   Inputs  [Versions]  Used by"])
        #expect(drawn(14, 1) { tabs.draw(in: $1, on: &$0) }.rows == ["[Versions]  U…"])
    }

    @Test func `a bar is full only at the end`() {
        #expect(drawn(12, 1) { ProgressBar(done: 1, total: 100).draw(in: $1, on: &$0) }.rows == ["[█░░░░░░░░░]"])
        #expect(drawn(12, 1) { ProgressBar(done: 99, total: 100).draw(in: $1, on: &$0) }.rows == ["[█████████░]"])
        #expect(
            drawn(12, 1) { ProgressBar(done: 5, total: 5).draw(in: $1, on: &$0) }.inASCII().rows == ["[##########]"])
        #expect(
            drawn(12, 1) { ProgressBar(done: 5, total: 0).draw(in: $1, on: &$0) }.inASCII().rows == ["[..........]"])
    }

    @Test func `a folded node hides what is below it`() {
        let nodes = [
            Tree<String, Line>.Node("a", "env", hasChildren: true), .init("b", depth: 1, "vpc", hasChildren: true),
            .init("c", depth: 2, "subnet"), .init("d", depth: 1, "cluster"),
        ]
        let open = Tree(nodes, folded: [])
        #expect(
            drawn(40, 5) { surface, rect in
                open.draw(
                    ListState(selection: "a"), columns: [Column("", 1, upTo: 40)], in: rect, on: &surface,
                    hasHeader: false
                ) { [$0.item] }
            }.rows
                == [" ▸   ▾ env", "       ▾ vpc", "         subnet", "       cluster", ""])
        #expect(open.parent(of: 2) == 1)
        #expect(open.parent(of: 3) == 0)
        #expect(open.parent(of: 0) == nil)
        #expect(Tree(nodes, folded: ["b"]).nodes.map(\.id) == ["a", "b", "d"])
        #expect(Tree(nodes, folded: ["a"]).nodes.map(\.id) == ["a"])
    }

    @Test func `a difference marks the words that changed`() {
        let pane = DiffPane([
            .header("task.tf"), .same("cpu = 256"), .removed("memory = 512 # MiB"), .added("memory = 1024 # MiB"),
            .folded(12), .added("port = 80"),
        ])
        let surface = drawn(26, 6) { pane.draw(TextPane.State(), in: $1, on: &$0) }
        #expect(
            surface.rows == [
                "task.tf", "  cpu = 256", "- memory = 512 # MiB", "+ memory = 1024 # MiB", "  ... 12 lines the same",
                "+ port = 80",
            ])
        #expect(surface.styleRows[2] == "-----------NNN------")
        #expect(surface.styleRows[3] == "+++++++++++PPPP++++++")
        #expect(pane.changes == [2, 5])
        #expect(pane.change(from: 2, forward: true) == 5)
        #expect(pane.change(from: 2, forward: false) == nil)
    }

    @Test func `a choice steps around and goes by letter`() {
        var choice = Choice(["256", "512", "1024"], selected: 1)
        _ = choice.handle("Right")
        #expect(choice.value == "1024")
        _ = choice.handle("Right")
        #expect(choice.value == "256")
        _ = choice.handle("5")
        #expect(choice.value == "512")
        #expect(choice.handle("Enter") == false)
        #expect(
            drawn(40, 1) { choice.draw(in: $1, on: &$0, isFocused: true) }.rows == ["( 512  )  < >   256  512  1024"])
        #expect(drawn(20, 1) { Choice(["a"]).draw(in: $1, on: &$0, isFocused: false) }.rows == ["( - )"])
    }

    @Test func `numbers step within their range and keep what is typed`() {
        var number = NumberInput("9", in: 0...10)
        _ = number.handle("+")
        #expect(number.value == 10)
        #expect(number.handle("+") == .moved && number.value == 10)
        _ = number.handle("-")
        #expect(number.value == 9)
        for key in KeyEvent.script("<Backspace>x") { _ = number.handle(key) }
        #expect(number.value == nil && number.input.text == "x")
        var huge = NumberInput("\(Int.max)")
        #expect(huge.handle("Alt-Up") == .moved)
    }

    @Test func `a number that is one of a few slides, and can be typed`() {
        var number = NumberInput("", step: 512, in: 512...4096, slides: true)
        for (key, wanted) in [("Right", 512), ("Right", 1024), ("Left", 512), ("Left", 512), ("End", 4096)] {
            _ = number.handle(KeyEvent(stringLiteral: key))
            #expect(number.value == wanted)
        }
        for key in KeyEvent.script("<Home><Ctrl-U>768") { _ = number.handle(key) }
        #expect(number.value == 768)
        for key in KeyEvent.script("x<Left>y") { _ = number.handle(key) }
        #expect(number.input.text == "768yx")
        var line = NumberInput("70", in: 0...65535)
        for key in KeyEvent.script("<Left>1") { _ = line.handle(key) }
        #expect(line.value == 710)
    }

    @Test func `a step leads to the next multiple, and a minus in front is a sign where numbers may be negative`() {
        var number = NumberInput("700", step: 512, in: 512...4096)
        _ = number.handle("+")
        #expect(number.value == 1024)
        for key in KeyEvent.script("--") { _ = number.handle(key) }
        #expect(number.value == 512)
        var negative = NumberInput("", in: -5...5)
        for key in KeyEvent.script("-3-") { _ = negative.handle(key) }
        #expect(negative.value == -4)
    }

    @Test func `a box to tick is yes, no or neither`() {
        var box = CheckBox(isOn: nil)
        #expect(drawn(20, 1) { box.draw(in: $1, on: &$0, isFocused: false) }.rows == ["[-] not set"])
        for key in KeyEvent.script(" ") { _ = box.handle(key) }
        #expect(box.isOn == true)
        _ = box.handle("n")
        #expect(box.isOn == false)
        let isTaken = box.handle("q")
        #expect(!isTaken)
        #expect(drawn(20, 1) { box.draw(in: $1, on: &$0, isFocused: true) }.rows == ["[ ] no"])
    }

    @Test func `options are ticked in the order in which they are wanted`() {
        var list = CheckList(["alpha", "beta", "gamma"], chosen: [2])
        for key in KeyEvent.script("b<Space><Up><Space>") { _ = list.handle(key) }
        #expect(list.chosen == [2, 1, 0])
        #expect(list.handle("Up") == .ignored)
        _ = list.handle("Space")
        #expect(
            drawn(20, 3) { list.draw(in: $1, on: &$0, isFocused: true) }.rows == ["[ ] alpha", "[x] beta", "[x] gamma"])
        #expect(drawn(20, 1) { list.draw(in: $1, on: &$0, isFocused: false) }.rows == ["[ ] alpha"])
    }

    @Test(arguments: [
        (["a"], "<Enter>b", ["a", "b"]), ([], "x", ["x"]), (["a", "b"], "<Alt-Down>", ["b", "a"]),
        (["a", "b"], "<Ctrl-X>", ["b"]), (["a", "b"], "<Down><Backspace><Backspace>", ["a"]),
        (["a"], "<Ctrl-X><Ctrl-X>", []), (["a"], "<Up><Alt-Up>c", ["ac"]), (["a"], "<Enter><Enter>", ["a", ""]),
    ])
    func `rows are added, taken out and moved`(start: [String], keys: String, texts: [String]) {
        var rows = RowsInput(start)
        for key in KeyEvent.script(keys) { _ = rows.handle(key) }
        #expect(rows.texts == texts)
    }

    @Test func `pasted lines become rows, one alone goes into its row`() {
        var rows = RowsInput(["a", "d"])
        #expect(rows.paste("b\r\n\n c \n") == .changed)
        #expect(rows.texts == ["a", "b", " c ", "d"])
        #expect(rows.paste("!") == .changed)
        #expect(rows.texts == ["a", "b", " c !", "d"])
        let surface = drawn(20, 2) { rows.draw(in: $1, on: &$0, isFocused: true, faulty: [2]) }
        #expect(surface.rows[1].hasPrefix("3  c !"))
        #expect(surface.styleRows[1].hasPrefix("E"))
        #expect(drawn(20, 1) { RowsInput().draw(in: $1, on: &$0, isFocused: false) }.rows == ["none"])
    }

    @Test(arguments: [
        ("", "ab<Enter>cd", "ab\ncd"), ("ab\ncd", "<Home><Backspace>X", "abXcd"), ("ab\ncd", "<Up><End><Del>", "abcd"),
        ("one", "two<Ctrl-_>", "one"), ("ab", "<Enter>c<Ctrl-_><Ctrl-_>", "ab"), ("a\nb", "<Up>x<Down>y", "ax\nby"),
        ("a\r\nb", "", "a\nb"),
    ])
    func `a box edits lines`(start: String, keys: String, text: String) {
        var box = TextBox(start)
        for key in KeyEvent.script(keys) { _ = box.handle(key) }
        #expect(box.text == text)
    }

    @Test func `a box keeps pasted lines and its cursor in sight`() {
        var box = TextBox("start end")
        for key in KeyEvent.script("<Alt-b>") { _ = box.handle(key) }
        #expect(box.paste("1\n2 ") == .changed)
        #expect(box.text == "start 1\n2 end")
        var surface = Surface(Size(4, 2))
        let cursor = box.draw(in: surface.bounds, on: &surface, isFocused: true)
        #expect(surface.rows == ["t 1", "2 en"])
        #expect(cursor == Point(2, 1))
    }

    @Test func `a letter wider than the box does not hold it up`() {
        var surface = Surface(Size(2, 2))
        // One character of three columns: consonants that a virama joins.
        TextBox("\u{915}\u{94D}\u{937}\u{94D}\u{915} x").draw(in: surface.bounds, on: &surface, isFocused: true)
        #expect(surface.rows.count == 2)
    }

    @Test func `a picker filters, refuses with the reason, and chooses`() {
        var picker = Picker([
            Picker.Item("open", "open instance", detail: "Enter"),
            Picker.Item("apply", "apply marked", reason: "nothing is marked"),
            Picker.Item("diff", "diff versions", words: "compare"),
        ])
        for key in KeyEvent.script("comp") { #expect(picker.handle(key, page: 5) == .stays) }
        #expect(picker.selected?.id == "diff")
        #expect(picker.handle("Enter", page: 5) == .chosen("diff"))
        for key in KeyEvent.script("<Ctrl-U>apply") { _ = picker.handle(key, page: 5) }
        #expect(picker.handle("Enter", page: 5) == .refused("nothing is marked"))
        let surface = drawn(50, 4) { picker.draw(in: $1, on: &$0, prompt: ":") }
        #expect(surface.rows[0].hasPrefix(": apply"))
        #expect(surface.rows[0].hasSuffix("1 of 3"))
        #expect(surface.rows[2] == " ▸   apply marked                nothing is marked")
        #expect(picker.handle("Esc", page: 5) == .closed)
    }

    @Test func `help lists what works here and what is off, and can be searched`() {
        let map = KeyMap([
            Command("open", "open", "Opens the row.", keys: ["Enter", "o"], in: "list", group: "ACT"),
            Command("apply", "apply", "Applies marked.", keys: ["U"], in: "list", group: "ACT", asks: true),
            Command("help", "help", "Shows keys.", keys: ["?"], group: "SEE"),
        ])
        var help = HelpOverlay("Fleet", map, in: ["list", .global]) {
            $0.id == "apply" ? .no("mark something first") : .yes
        }
        let size = Size(70, 16)
        let rows = drawn(70, 16) { help.draw(in: $1, on: &$0) }.rows
        #expect(rows.contains { $0.contains("Enter o") && $0.contains("Opens the row.") })
        #expect(rows.contains { $0.contains("Off now: U apply (mark something first)") })
        for key in KeyEvent.script("/shows<Enter>") { _ = help.handle(key, size: size) }
        let found = drawn(70, 16) { help.draw(in: $1, on: &$0) }.rows
        #expect(!found.contains { $0.contains("Opens") } && found.contains { $0.contains("Shows keys.") })
        #expect(help.handle("Esc", size: size) == false)
    }
}
