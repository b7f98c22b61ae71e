import Testing

@testable import Terminal

@Suite struct LineInputTests {
    @Test(arguments: [
        ("", "hello", "hello", 5),
        ("hello", "<Ctrl-A>x<End>y", "xhelloy", 7),
        ("one two three", "<Ctrl-W><Ctrl-W>", "one ", 4),
        ("one two", "<Home><Alt-f><Ctrl-K>", "one", 3),
        ("one two", "<Alt-b><Ctrl-U><Ctrl-E><Ctrl-Y>", "twoone ", 7),
        ("e\u{301}a", "<Backspace><Backspace>", "", 0),
        ("👨‍👩‍👧x", "<Left><Backspace>", "x", 0),
        ("abc", "d<Ctrl-_>", "abc", 3),
        ("", "abc<Ctrl-A>x<Ctrl-_><Ctrl-_>", "", 0),
    ])
    func `keys edit`(start: String, keys: String, text: String, cursor: Int) {
        var input = LineInput(start)
        for key in KeyEvent.script(keys) { _ = input.handle(key) }
        #expect(input.text == text)
        #expect(input.cursor == cursor)
    }

    @Test func `a paste is one edit, without line ends`() {
        var input = LineInput("ab")
        #expect(input.paste("1\r\n2\n3") == .pasted(joinedLines: true, droppedBytes: 0))
        #expect(input.text == "ab1 2 3")
        #expect(input.undo() == .changed)
        #expect(input.text == "ab")
        let big = String(repeating: "x", count: LineInput.byteLimit)
        #expect(input.paste(big) == .pasted(joinedLines: false, droppedBytes: 2))
    }

    @Test func `the cursor is always inside`() {
        var surface = Surface(Size(6, 1))
        let input = LineInput("0123456789")
        let cursor = input.draw(in: surface.bounds, on: &surface, isFocused: true)
        #expect(surface.rows == ["56789"])
        #expect(cursor == Point(5, 0))
        #expect(surface.styleRows == ["^^^^^^"])
        _ = LineInput().draw(in: surface.bounds, on: &surface, isFocused: false, placeholder: "none")
        #expect(surface.rows == ["none"])
    }
}
