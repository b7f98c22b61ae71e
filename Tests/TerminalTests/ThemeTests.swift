import Documents
import Testing

@testable import Terminal

@Suite struct ThemeTests {
    let dark = [
        "base00": "1d1f21", "base01": "282a2e", "base02": "373b41", "base03": "969896", "base04": "b4b7b4",
        "base05": "c5c8c6", "base06": "e0e0e0", "base07": "ffffff", "base08": "cc6666", "base09": "de935f",
        "base0A": "f0c674", "base0B": "b5bd68", "base0C": "8abeb7", "base0D": "81a2be", "base0E": "b294bb",
        "base0F": "a3685a",
    ]

    @Test func `a scheme gives the roles its colours`() throws {
        let theme = Theme(try Palette(name: "dark", values: dark))
        #expect(theme.paint(for: .ok).foreground == .rgb(0xB5, 0xBD, 0x68))
        #expect(theme.paint(for: .text).background == .rgb(0x1D, 0x1F, 0x21))
        #expect(theme.paint(for: .text.bold).attributes == .bold)
    }

    @Test func `what cannot be read is moved and told`() throws {
        var values = dark
        values["base0B"] = "20302a"
        let theme = Theme(try Palette(name: "murky", values: values))
        #expect(theme.paint(for: .ok).foreground != .rgb(0x20, 0x30, 0x2A))
        #expect(theme.notes.contains("ok was moved toward the text colour to be readable"))
    }

    @Test func `faults of a scheme come all at once`() {
        var values = dark
        values["base00"] = nil
        values["base05"] = "#12345"
        #expect(
            throws: PaletteFault(sentences: [
                "base00 must be given", "base05 must be six hexadecimal digits, but is '#12345'",
            ])
        ) { try Palette(name: "bad", values: values) }
    }

    @Test(arguments: [
        (Color.rgb(255, 0, 0), ColorDepth.indexed, 196), (.rgb(0x5F, 0x87, 0xAF), .indexed, 67),
        (.rgb(8, 8, 8), .indexed, 232), (.rgb(255, 80, 80), .sixteen, 9), (.rgb(200, 0, 0), .eight, 1),
        (.rgb(1, 2, 3), .direct, 0x010203), (.ansi(9), .eight, 1), (.ansi(9), .indexed, 9),
        (.rgb(0x2B, 0x6A, 0x30), .indexed, 22), (.rgb(0x5A, 0x62, 0x70), .indexed, 241),
    ])
    func `colours come down to what the terminal has`(color: Color, depth: ColorDepth, number: Int) {
        #expect(color.number(at: depth) == number)
    }

    @Test func `without colours the states still differ from plain text`() {
        for role in [Role.fail, .warn, .ok, .selection, .match, .addedWord, .production] {
            #expect(Theme.monochrome.paint(for: Style(role)).attributes != [])
        }
    }
}

extension ThemeTests {
    @Test func `both formats of scheme files are read, quotes or not`() throws {
        let flat = dark.map { "\($0.key): \"\($0.value)\"" }.sorted().joined(separator: "\n")
        let nested = dark.map { "  \($0.key): \($0.value)" }.sorted().joined(separator: "\n")
        let old = try Palette(Source(name: "a.yaml", text: "scheme: Old\nauthor: x\n" + flat))
        let new = try Palette(Source(name: "b.yaml", text: "system: base16\nname: New\npalette:\n" + nested))
        #expect(old.name == "Old" && new.name == "New")
        #expect(old.colors == new.colors && new.colors.count == 16)
        #expect(throws: PaletteFault.self) { try Palette(Source(name: "c.yaml", text: "- 1")) }
        #expect(throws: PaletteFault.self) { try Palette(Source(name: "c.yaml", text: "a: [")) }
    }
}
