import Documents
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String, _ profile: Document.Profile = .spec) -> (Document?, [Finding]) {
        Document.read(Source(name: "a.yaml", text: text), as: profile)
    }

    private func value(_ text: String, _ profile: Document.Profile = .spec) -> Value? {
        read(text, profile).0?.value
    }

    @Test(
        arguments: [
            ("yes", "yes"), ("no", "no"), ("on", "on"), ("2012-10-17", "2012-10-17"), ("012345678901", "012345678901"),
            ("1:30", "1:30"), (".inf", ".inf"), (".nan", ".nan"), ("1.2.3", "1.2.3"), ("-", nil),
            ("10.0.0.0/16", "10.0.0.0/16"),
            ("0xZZ", "0xZZ"), ("1_000", "1_000"), ("+", "+"), ("'5'", "5"), ("\"true\"", "true"), ("1e", "1e"),
        ] as [(String, String?)])
    func `plain words and odd numbers stay text in specs`(text: String, expected: String?) {
        if let expected { #expect(value("a: " + text)?["a"] == .string(expected)) }
    }

    @Test(arguments: [
        ("5", "5"), ("-5", "-5"), ("+5", "5"), ("0x1F", "31"), ("0o17", "15"), ("1.10", "1.10"), ("1e3", "1e3"),
        (".5", "0.5"), ("5.", "5.0"), ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func `numbers keep their digits in specs`(text: String, expected: String) {
        #expect(value("a: " + text)?["a"]?.number?.text == expected)
    }

    @Test(
        arguments: [
            ("yes", true), ("No", false), ("on", true), ("true", true), ("2012-10-17", "2012-10-17"), ("0777", 511),
            ("1:30", 90), ("1_000", 1000), ("0x1F", 31), ("1e3", "1e3"), ("089", "089"), ("'yes'", "yes"), ("y", "y"),
        ] as [(String, Value)])
    func `CloudFormation reads YAML 1_1`(text: String, expected: Value) {
        #expect(value("a: " + text, .cloudFormation)?["a"] == expected)
    }

    @Test func `empty and null documents are null`() {
        #expect(value("") == .null)
        #expect(value("# only a comment\n") == .null)
        #expect(value("~") == .null)
        #expect(value("a:")?["a"] == .null)
    }

    @Test func `places count scalars, past a mark of byte order and any line end`() throws {
        let (document, findings) = read("\u{FEFF}é: 1\r\n\"🇺🇸\": {ü: x}\r\nlist:\r\n  - a\r\n  - b\r\n")
        #expect(findings.isEmpty)
        let place = try #require(document).place(of: Pointer(["🇺🇸", "ü"]))
        #expect(place.line == 2 && place.column == 11)
        #expect(place.sourceLine == "\"🇺🇸\": {ü: x}")
        let item = try #require(document).place(of: Pointer(["list", "1"]))
        #expect(item.text == "a.yaml:5:5")
    }

    @Test func `line ends that only YAML knows do not shift places`() throws {
        let (document, _) = read("a: \"x\u{2028}y\"\nb: 2\n")
        #expect(try #require(document).place(of: Pointer(["b"])).text == "a.yaml:2:4")
    }

    @Test func `specs refuse anchors, aliases, tags and merges, all at once`() {
        let (document, findings) = read("a: &x {b: 1}\nc: *x\nd: !Ref y\n<<: z\ne: !!int 5\n")
        #expect(document == nil)
        #expect(findings.map(\.code.rawValue).sorted() == ["yaml.alias", "yaml.merge", "yaml.tag", "yaml.tag"])
    }

    @Test func `CloudFormation keeps tags and expands aliases`() throws {
        let (document, findings) = read(
            "a: &x [1]\nb: *x\nc: !GetAtt A.B\nd: !Sub\n  - x\n  - {y: !Ref Z}\n", .cloudFormation)
        #expect(findings.isEmpty)
        let root = try #require(document).root
        #expect(root["b"]?.value == [1])
        #expect(root["c"]?.tag == "!GetAtt")
        #expect(root["c"]?.value == "A.B")
        #expect(root["d"]?.tag == "!Sub")
    }

    @Test func `every repeated key is reported where it stands again`() {
        let (document, findings) = read("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n\"b\": 4\n1: x\n'1': y\n")
        #expect(document == nil)
        #expect(
            Set(findings.compactMap { $0.place?.text }) == ["a.yaml:3:1", "a.yaml:2:17", "a.yaml:4:1", "a.yaml:6:1"])
        #expect(findings.allSatisfy { $0.code == "document.duplicate" })
    }

    @Test(arguments: [
        ("a: {{ x }}\n", 1, 4), ("a:\n\tb: 1\n", 2, 1), ("a: \"x\n", 1, 4), ("a: b: c\n", 1, 5), ("a: [1, 2\n", 1, 9),
        ("a: 1\n---\nb: 2\n", 2, 1), ("a: @x\n", 1, 4), ("a: \"\\q\"\n", 1, 5), ("a: *x\n", 1, 4),
        ("a: 1\n b: 2\n", 2, 3),
    ])
    func `a fault of the grammar has a place and a way out`(text: String, line: Int, column: Int) throws {
        let (document, findings) = read(text)
        #expect(document == nil)
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.hint != nil)
        #expect(finding.place?.line == line && finding.place?.column == column, "\(finding.text)")
    }

    @Test func `a finding prints place, sentence, line and caret`() throws {
        let (_, findings) = read("size: small\nimage: {{ image }}\n")
        #expect(
            findings.first?.text == """
                a.yaml:2:8: error: A value must not start with "{{" unless it is in quotes: to YAML it is an object.
                 2 | image: {{ image }}
                   |        ^^
                  Put the value into quotes.
                """)
    }

    @Test func `bombs end in a finding`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            bomb +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(read(bomb, .cloudFormation).1.first?.code == "document.nodes")
        #expect(read(bomb + "? *a9\n: 1\n", .cloudFormation).1.first?.code == "yaml.alias")
        #expect(read(bomb + "{*a9 : 1}\n", .cloudFormation).0 == nil)
        #expect(
            read(String(repeating: "[", count: 900) + String(repeating: "]", count: 900)).1.first?.code
                == "document.depth")
        #expect(read(String(repeating: "[", count: 100_000)).1.first?.code == "yaml.syntax")
        #expect(read(String(repeating: "a", count: 2 << 20)).1.first?.code == "document.size")
        let aliases = "a: &a 1\nb: [" + Array(repeating: "*a", count: 101).joined(separator: ", ") + "]\n"
        #expect(read(aliases, .cloudFormation).1.first?.code == "yaml.alias")
    }

    @Test func `bytes that are no text are named with their line`() {
        let bytes = Array("a: 1\nb: ".utf8) + [0xFF, 0xFE]
        let (_, findings) = Document.read(Source(name: "a.yaml", bytes: bytes), as: .spec)
        #expect(findings.map(\.code) == ["document.encoding"])
        #expect(findings.first?.place?.text == "a.yaml:2:4")
        #expect(read("a: \u{1}\nb: \u{7F}\n").1.map(\.place?.line) == [1, 2])
    }

    @Test func `any bytes end in a value or a finding`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "a", ":", " ", "\n", "- ", "[", "]", "{", "}", "\"", "'", "&x", "*x", "!t", "|", ">", "\t", "#", "?", ",",
            "é", "%",
        ]
        for _ in 0..<2000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            for profile in [Document.Profile.spec, .cloudFormation, .json] {
                let (document, findings) = read(text, profile)
                #expect((document == nil) == findings.contains { $0.severity == .error }, "\(text.debugDescription)")
            }
        }
    }
}
