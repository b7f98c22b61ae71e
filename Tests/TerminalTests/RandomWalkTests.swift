import Testing

@testable import Terminal

/// Every widget, at every size, under any keys: nothing traps, nothing is drawn outside, every row adds up.
@Suite struct RandomWalkTests {
    @Test(arguments: 0..<8) func `no size and no key is too odd`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var zoo = Zoo(&dice)
        for step in 0..<8 {
            let keys = KeyEvent.script(Self.keys.randomElement(using: &dice) ?? "x")
            // One large size a walk: most of what can go wrong goes wrong where there is no room.
            let most = step == 0 ? Size(200, 60) : Size(60, 16)
            let size = Size(
                Int.random(in: 0...most.width, using: &dice), Int.random(in: 0...most.height, using: &dice))
            let small = Size(Int.random(in: 0...12, using: &dice), Int.random(in: 0...5, using: &dice))
            for key in keys { zoo.handle(key) }
            if Bool.random(using: &dice) { zoo.paste(dice.hostileText(upTo: 40)) }
            check(zoo, size, seed)
            check(zoo, small, seed)
        }
    }

    private static let keys = [
        "j", "k", "G", "g", "<PgDn>", "<PgUp>", "<Ctrl-D>", "x", "日", "e\u{301}", "<Backspace>", "<Del>", "<Left>",
        "<Right>", "<Home>", "<End>", "<Enter>", "<Esc>", "<Ctrl-W>", "<Ctrl-K>", "<Ctrl-Y>", "<Ctrl-_>", "<Tab>",
        "<Space>", "<Up>", "<Down>", "/", "?", "<Alt-b>", "<Alt-f>", "<Ctrl-U>", "<Ctrl-X>", "<Alt-Up>", "<Alt-Down>",
        "+", "-",
    ]

    private func check(_ zoo: Zoo, _ size: Size, _ seed: UInt64) {
        let inner = Rect(size).inset(3, 1)
        for (name, surface) in zoo.pictures(size) {
            var isWhole = true
            var staysInside = true
            for y in 0..<size.height {
                var sum = 0
                for x in 0..<size.width {
                    let cell = surface[x, y]
                    sum += Int(cell.width)
                    if cell != .blank, !inner.contains(Point(x, y)) { staysInside = false }
                }
                if sum != size.width { isWhole = false }
            }
            #expect(isWhole && staysInside, "\(name) at \(size.width)x\(size.height), seed \(seed)")
        }
    }
}

/// One of each widget, filled with hostile text.
private struct Zoo {
    var list = ListState<Int>()
    var input = LineInput()
    var box = TextBox()
    var choice: Choice
    var number = NumberInput("7", in: -5...20)
    var check = CheckBox(isOn: nil)
    var checks: CheckList
    var rows = RowsInput(["first"])
    var picker: Picker
    var help: HelpOverlay
    var log = LogPane(limit: 20)
    var text = TextPane.State()
    let names: [String]

    init(_ dice: inout Dice) {
        names = (0..<20).map { _ in dice.hostileText(upTo: 30) }
        choice = Choice(Array(names.prefix(4)), selected: 1)
        checks = CheckList(Array(names.prefix(7)), chosen: [1, 3])
        picker = Picker(names.enumerated().map { Picker.Item("\($0)", $1, detail: $1, words: $1) })
        help = HelpOverlay("x", KeyMap(names.map { Command($0, $0, $0, keys: ["a"]) }), in: [.global])
        for name in names { log.append(LogLine(untrusted: name)) }
    }

    mutating func handle(_ key: KeyEvent) {
        if let move = Move(key) {
            list.move(move, count: names.count, page: 5) { $0 }
            text.move(move, rows: names.count, height: 4)
            log.move(move, height: 4)
        }
        if key == "Space" { list.toggleMark() }
        _ = input.handle(key)
        _ = box.handle(key)
        _ = choice.handle(key)
        _ = number.handle(key)
        _ = check.handle(key)
        _ = checks.handle(key)
        _ = rows.handle(key)
        _ = picker.handle(key, page: 3)
        _ = help.handle(key, size: Size(30, 9))
        log.wraps.toggle()
        text.wraps.toggle()
        text.left = text.left == 0 ? 3 : 0
    }

    mutating func paste(_ text: String) {
        _ = input.paste(text)
        _ = box.paste(text)
        _ = rows.paste(text)
        picker.paste(text)
        help.paste(text)
        log.append(LogLine(untrusted: text))
    }

    func pictures(_ size: Size) -> [(String, Surface)] {
        let lines = names.map { Line(SafeText(untrusted: $0)) }
        let table = Table(
            [
                Column("NAME", 5, upTo: 30, elision: .middle), Column("X", 3, .right, priority: 1),
                Column("Y", 9, priority: 2),
            ],
            count: names.count, id: { $0 }
        ) { [lines[$0], "\($0)", lines[$0]] }
        let diff = DiffPane(names.enumerated().map { $0 % 2 == 0 ? .removed($1) : .added($1) })
        return [
            draw("table", size) { table.draw(list, in: $1, on: &$0) },
            draw("input", size) { input.draw(in: $1, on: &$0, isFocused: true) },
            draw("box", size) { box.draw(in: $1, on: &$0, isFocused: true) },
            draw("choice", size) { choice.draw(in: $1, on: &$0, isFocused: true) },
            draw("number", size) { number.input.draw(in: $1, on: &$0, isFocused: false) },
            draw("check", size) { check.draw(in: $1, on: &$0, isFocused: true) },
            draw("checks", size) { checks.draw(in: $1, on: &$0, isFocused: true) },
            draw("rows", size) { rows.draw(in: $1, on: &$0, isFocused: true, faulty: [1]) },
            draw("picker", size) { picker.draw(in: $1, on: &$0) },
            draw("help", size) { help.draw(in: $1, on: &$0) },
            draw("log", size) { log.draw(in: $1, on: &$0) },
            draw("text", size) { TextPane(lines).draw(text, in: $1, on: &$0) },
            draw("diff", size) { diff.draw(text, in: $1, on: &$0) },
            draw("tabs", size) { Tabs(lines.map { $0.spans.first?.text ?? "" }, selected: 7).draw(in: $1, on: &$0) },
            draw("bar", size) { ProgressBar(done: 3, total: 7).draw(in: $1, on: &$0) },
        ]
    }

    /// Draws into a part that leaves a margin, in which nothing may appear.
    private func draw(_ name: String, _ size: Size, _ draw: (inout Surface, Rect) -> Void) -> (String, Surface) {
        var surface = Surface(size)
        draw(&surface, surface.bounds.inset(3, 1))
        return (name, surface)
    }
}
