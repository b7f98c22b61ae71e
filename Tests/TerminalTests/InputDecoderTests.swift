import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
    static let table: [(String, [InputDecoder.Input])] = [
        ("a", [.key("a")]),
        ("é日😀", [.key("é"), .key("日"), .key("😀")]),
        ("\r\t\u{7F}", [.key("Enter"), .key("Tab"), .key("Backspace")]),
        ("\u{1}\u{1A}\u{0}\u{1F}", [.key("Ctrl-A"), .key("Ctrl-Z"), .key("Ctrl-Space"), .key("Ctrl-_")]),
        ("\u{1B}[A\u{1B}OB", [.key("Up"), .key("Down")]),
        ("\u{1B}[1;5C", [.key("Ctrl-Right")]),
        ("\u{1B}[1;3A", [.key("Alt-Up")]),
        ("\u{1B}[Z", [.key("S-Tab")]),
        ("\u{1B}[5~\u{1B}[6~", [.key("PgUp"), .key("PgDn")]),
        ("\u{1B}OP\u{1B}[15~\u{1B}[[B\u{1B}[19;2~", [.key("F1"), .key("F5"), .key("F2"), .key("S-F8")]),
        ("\u{1B}b", [.key("Alt-b")]),
        ("\u{1B}\u{1B}[A", [.key("Alt-Up")]),
        ("\u{1B}[97;5u", [.key("Ctrl-a")]),
        ("\u{1B}[27u", [.key("Esc")]),
        ("\u{1B}[200~two\r\nlines\rx\u{1B}[201~y", [.paste("two\nlines\nx"), .key("y")]),
        // Answers of the terminal, whenever they come.
        ("\u{1B}[?62;22c", []), ("\u{1B}[>41;354;0c", []), ("\u{1B}[12;40R", []), ("\u{1B}[?2026;2$y", []),
        ("\u{1B}]11;rgb:0000/0000/0000\u{7}a", [.key("a")]),
        ("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\a", [.key("a")]),
        ("\u{1B}P1+r524742\u{1B}\\a", [.key("a")]),
        ("\u{1B}[<0;10;20M\u{1B}[<0;10;20ma", [.key("a")]),
        ("\u{1B}[M !!a", [.key("a")]),
        ("\u{1B}[I\u{1B}[Oa", [.key("a")]),
    ]

    @Test(arguments: table.indices) func `sequences mean keys`(row: Int) {
        let (bytes, inputs) = Self.table[row]
        var decoder = InputDecoder()
        #expect(decoder.decode(Array(bytes.utf8)) == inputs)
        #expect(!decoder.isWaiting)
    }

    @Test(arguments: table.indices) func `splitting changes nothing`(row: Int) {
        let (bytes, inputs) = Self.table[row]
        var decoder = InputDecoder()
        #expect(Array(bytes.utf8).flatMap { decoder.decode([$0]) } == inputs)
        #expect(!decoder.isWaiting)
    }

    @Test func `a lone Esc waits for its deadline`() {
        var decoder = InputDecoder()
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.key("Esc")])
        #expect(!decoder.isWaiting)
        #expect(decoder.decode([0x61]) == [.key("a")])
    }

    @Test func `bad UTF-8 is one replacement and takes nothing with it`() {
        var decoder = InputDecoder()
        #expect(
            decoder.decode([0xC3, 0x41, 0xFF, 0x42]) == [.key("\u{FFFD}"), .key("A"), .key("\u{FFFD}"), .key("B")])
    }

    @Test func `a paste beyond the limit keeps its start and ends where it ends`() {
        var decoder = InputDecoder()
        let body = [UInt8](repeating: 0x78, count: InputDecoder.pasteLimit + 5000)
        let inputs = decoder.decode(Array("\u{1B}[200~".utf8) + body + Array("\u{1B}[201~q".utf8))
        #expect(inputs.count == 2)
        #expect(inputs.last == .key("q"))
        guard case .paste(let text) = inputs.first else { return #expect(Bool(false)) }
        #expect(text.utf8.count == InputDecoder.pasteLimit)
    }

    @Test(arguments: 0..<100) func `any bytes end in the ground state or wait`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var decoder = InputDecoder()
        let alphabet: [UInt8] = [0x1B, 0x5B, 0x4F, 0x5D, 0x50, 0x3B, 0x31, 0x7E, 0x4D, 0xC3, 0xE6, 0x9B, 0x07, 0x41]
        for _ in 0..<200 {
            let byte =
                Bool.random(using: &dice)
                ? alphabet[Int.random(in: 0..<14, using: &dice)] : UInt8.random(in: 0...255, using: &dice)
            _ = decoder.decode([byte])
        }
        _ = decoder.flush()
        #expect(!decoder.isWaiting)
    }

    @Test(arguments: [
        "a", "Z", "Ctrl-S", "S-Tab", "Alt-Up", "F1", "F12", "Space", "Enter", "Esc", "PgDn", "Ctrl-Space", "-", "Alt--",
        "Del", "Ctrl-_", "Alt-x", "Home",
    ])
    func `a key's name, bytes and event are one`(name: String) {
        let key = KeyEvent(name)
        #expect(key?.description == name)
        var decoder = InputDecoder()
        #expect(decoder.decode(key?.bytes ?? []) == [.key(key ?? "F24")])
    }

    @Test func `scripts mix characters and names`() {
        #expect(KeyEvent.script("/p<Enter><Ctrl-S><lt>x<no key>").prefix(6) == ["/", "p", "Enter", "Ctrl-S", "<", "x"])
    }
}
