import Testing

@testable import Terminal

@Suite struct SafeTextTests {
    @Test(arguments: [
        ("plain", "plain", 5),
        ("a\u{1B}[31mb", "a␛[31mb", 7),
        ("a\tb", "a       b", 9),
        ("one\r\ntwo\nthree", "one⏎two⏎three", 13),
        ("over\rwritten", "over␍written", 12),
        ("\u{7F}\u{0}", "␡␀", 2),
        ("\u{9B}31m", "<U+009B>31m", 11),
        ("user\u{202E}gpj", "user<U+202E>gpj", 15),
        ("a\u{200B}b\u{FEFF}", "a<U+200B>b<U+FEFF>", 18),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}", 1),
        ("\u{301}x", "◌\u{301}x", 2),
        ("日本", "日本", 4),
        ("👨‍👩‍👧", "👨👩👧", 6),
        ("❤️", "❤", 1),
        ("👍🏽", "👍", 2),
        ("🇺🇸", "🇺🇸", 2),
        ("a\u{200D}b", "a<U+200D>b", 10),
        ("\u{E0041}", "<U+E0041>", 9),
        ("\u{2028}", "<U+2028>", 8),
    ])
    func `outside text becomes harmless`(raw: String, shown: String, width: Int) {
        let text = SafeText(untrusted: raw)
        #expect(text.string.unicodeScalars.elementsEqual(shown.unicodeScalars), "\(text.string)")
        #expect(text.width == width)
    }

    @Test func `joiners stay where a script needs them`() {
        let persian = "می\u{200C}خواهم"
        #expect(SafeText(untrusted: persian).string.unicodeScalars.elementsEqual(persian.unicodeScalars))
    }

    @Test func `bytes that are not UTF-8 are replaced and take nothing with them`() {
        #expect(SafeText(untrusted: [0xC3, 0x41, 0x42]).string == "\u{FFFD}AB")
    }

    @Test func `revealed characters are drawn as warnings`() {
        var surface = Surface(Size(20, 1))
        surface.draw("a\u{202E}b", in: surface.bounds, .ok)
        #expect(surface.rows == ["a<U+202E>b"])
        #expect(surface.styleRows == ["owwwwwwwwo"])
        let cut = SafeText(untrusted: "ab\u{202E}cd").truncated(to: 5)
        surface.draw(cut, in: surface.bounds, .ok)
        #expect(surface.styleRows[0].hasPrefix("oowwo"))
    }

    @Test func `lines split at line ends alone`() {
        #expect(SafeText.lines(untrusted: "a\r\nb\n\nc").map(\.string) == ["a", "b", "", "c"])
    }

    @Test(arguments: [
        (SafeText.Elision.end, 6, "ledge…"), (.middle, 10, "ledge…eu-1"), (.end, 1, "…"), (.end, 0, ""),
        (.middle, 40, "ledger-payments-eu-1"),
    ])
    func `long names lose their surplus where it hurts least`(elision: SafeText.Elision, room: Int, cut: String) {
        #expect(SafeText("ledger-payments-eu-1").truncated(to: room, elision).string == cut)
    }

    @Test func `too much text is cut off`() {
        #expect(SafeText(untrusted: String(repeating: "x", count: 100), limit: 10).string == "xxxxxxxxxx…")
    }

    @Test(arguments: 0..<200) func `no control and no direction override ever reaches a cell`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let raw = dice.hostileText(upTo: 60)
        let text = SafeText(untrusted: raw)
        var surface = Surface(Size(400, 1))
        let used = surface.draw(text, in: surface.bounds)
        #expect(used == min(400, text.width) || used == 399)
        for scalar in (surface.rows + [text.string]).joined().unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            #expect(!isControl && !scalar.isBidiControl, "seed \(seed): \(scalar.value)")
        }
        #expect((0..<400).reduce(0) { $0 + Int(surface[$1, 0].width) } == 400)
        for columns in 0...text.width {
            #expect(text.truncated(to: columns).width <= columns)
            #expect(text.truncated(to: columns, .middle).width <= columns)
        }
        for row in text.wrapped(to: 7) { #expect(row.width <= 7) }
    }

    @Test func `wrapping breaks at blanks and cuts long words`() {
        let rows = SafeText("the quick brownest-of-all fox").wrapped(to: 9).map(\.string)
        #expect(rows == ["the quick", "brownest-", "of-all", "fox"])
        #expect(Line("aa bb cc").wrapped(to: 6, indent: 2).map(\.plain) == ["aa bb", "  cc"])
    }
}

extension Unicode.Scalar {
    fileprivate var isBidiControl: Bool {
        value == 0x61C || (0x200E...0x200F).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2066...0x2069).contains(value)
    }
}
