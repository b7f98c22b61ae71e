import Foundation
import Testing

/// A form of every keyword, by keys alone, in a terminal.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct FormJourneyTests {
    @Test(arguments: EveryKeywordBundle.keywords) func `the schema of the journey has the keyword`(keyword: String) {
        let words = EveryKeywordBundle.schema.split { " \n{}:,[]".contains($0) }
        #expect(words.contains { $0 == keyword })
    }

    @Test(arguments: [(120, 36), (80, 24)])
    func `a form of every keyword is filled by keys, saved, opened again and unchanged`(
        columns: Int, rows: Int
    ) throws {
        var program = try Program()
        defer { program.remove() }
        try prepare(&program)
        let screen = try Screen(program, ["--pace", "5"], columns: columns, rows: rows)
        try openForm(screen)
        try fillScalars(screen)
        try fillLists(screen)
        try fillShapes(screen)
        let filled = try edited(screen, program)
        try screen.press("C-s")
        try screen.expect("› Review", "+1 add")
        try screen.press("D")
        try screen.expect("Deploy?")
        try screen.press("y")
        try screen.expect("Done.")
        let saved = try storedSpec(of: program)
        #expect(saved == Self.spec)

        try screen.press("3")
        try screen.expect("Environments 1")
        try screen.press("Tab")
        try screen.expect("[Environments 1]", "demo")
        try screen.press("Enter", "e")
        try screen.expect("change demo", "Slug")
        #expect(try edited(screen, program) == filled)
        try screen.press("C-s")
        try screen.expect("Nothing would change")
        #expect(try storedSpec(of: program) == saved)
    }

    private func prepare(_ program: inout Program) throws {
        let bundle = EveryKeywordBundle(directory: program.directory + "/every")
        try bundle.write()
        try program.write("# The shop's own.\nexport LEVEL=info\nREGION=\"eu north\" # for now\n", to: "shop.env")
        try program.write("hello", to: "icon.bin")
        try program.write("cp \"$1\" \"$HOME/edited.yaml\"", to: "copy.sh")
        program.variables["VISUAL"] = "sh \(program.directory)/copy.sh"
        #expect(try program.run("template", "register", bundle.directory, "--name", "every").code == 0)
        #expect(try program.run("template", "publish", "every@1.0").code == 0)
    }

    private func openForm(_ screen: Screen) throws {
        try screen.press("2")
        try screen.expect("RECOMMENDED", "every")
        try screen.press("/")
        try screen.type("every")
        try screen.expectNot("vpc-network")
        try screen.press("Enter", "+")
        try screen.expect("new environment", "Name *")
        try screen.type("demo")
        try screen.press("C-n")
        try screen.expect("Slug *", "5 of 6 required left")
        try screen.press("F6")
    }

    private func answer(_ text: String, _ screen: Screen) throws {
        try screen.type(text)
        try screen.press("Tab")
    }

    private func fillScalars(_ screen: Screen) throws {
        try answer("Shop", screen)
        try screen.expect("! Slug must be small letters and hyphens.")
        try screen.press("BTab", "C-u")
        try answer("shop", screen)
        try screen.expectNot("Slug must be")
        try answer("m", screen)
        try screen.type("line one")
        try screen.press("Enter")
        try answer("line two", screen)
        try screen.press("Enter")
        try screen.expect("6 of 6")
        try screen.type("north")
        try screen.expect("1 of 6")
        try screen.press("Enter", "Tab", "Space", "Tab", "Space", "Tab")
        try screen.press("Right", "Right", "Right", "Tab", "Right")
        try screen.expect("1 ··●······ 9")
        try screen.press("Tab")
        try screen.press("F7")
        try screen.expect("no value at all")
        try screen.press("Tab")
        try answer("20260131", screen)
        try answer("202601311200", screen)
        try screen.expect("2026-01-31T12:00:00Z")
        try screen.press("Enter")
        try screen.expect("icon.bin")
        try screen.type("icon")
        try screen.press("Enter")
        try screen.expect("aGVsbG8K")
        try screen.press("Tab")
        try screen.type("hunter22")
        try screen.expectNot("hunter22")
        try screen.press("C-t")
        try screen.expect("hunter22")
        try screen.press("Tab")
        try screen.expectNot("hunter22")
        try answer("1234", screen)
        // Only a name that the connection defines can be deployed: it is typed, and taken back.
        try answer("db-main", screen)
        try screen.expect("db-main")
        try screen.press("BTab", "C-r")
        try screen.expectNot("db-main")
        try screen.press("Tab")
        try answer("red", screen)
    }

    private func fillLists(_ screen: Screen) throws {
        try screen.press("Space", "Down", "Down", "Space", "Tab")
        try screen.type("a.example.com")
        try screen.press("Enter")
        try answer("b.example.com", screen)
        try screen.press("Enter")
        try screen.expect("Listeners › item 1")
        try answer("web", screen)
        try answer("80", screen)
        try screen.press("Escape")
        try screen.expect("web", "Port 80")
        try screen.press("+")
        try answer("tls", screen)
        try answer("443", screen)
        try screen.type("h")
        try screen.press("Escape")
        try screen.expect("Port 443")
        try screen.press("C-y", "M-Up", "M-Down", "C-x", "Tab")
        try screen.press("IC")
        try screen.expect("shop.env")
        try screen.type("env")
        try screen.press("Enter")
        try screen.expect("eu north")
        try screen.press("Tab")
        try screen.type("depth=5")
        try screen.press("Enter")
        try answer("tags=[a, b]", screen)
        try screen.press("Enter")
        try screen.expect("Queues ›")
        try answer("jobs", screen)
        try answer("2m", screen)
        try screen.expect("jobs", "Delay 120")
        try screen.press("Tab")
    }

    private func fillShapes(_ screen: Screen) throws {
        for (letter, label, text) in [("g", "Repository *", "acme/shop"), ("c", "Image *", "shop:1")] {
            try screen.type(letter)
            try screen.expect(label)
            try screen.press("Tab")
            try screen.type(text)
            try screen.press("BTab")
        }
        try screen.type("g")
        try screen.expect("acme/shop")
        try screen.press("Tab", "Tab", "Tab")
        try screen.type("b")
        try screen.press("Tab")
        try answer("ops@example.com", screen)
        try screen.type("- 1")
        try screen.press("Enter")
        try answer("- x", screen)
        try answer("2Gi", screen)
        try answer("0.5", screen)
        try answer("50", screen)
        try answer("p", screen)
        try screen.press("Enter")
        try screen.expect("Inputs › Private subnets")
        try answer("10.0.0.0/24", screen)
        try screen.type("y")
        try screen.press("Escape")
        try screen.expect("2 given")
    }

    /// The spec as the form hands it to an editor, without the help above it.
    private func edited(_ screen: Screen, _ program: Program) throws -> String {
        let file = program.directory + "/edited.yaml"
        try? FileManager.default.removeItem(atPath: file)
        try screen.press("C-e")
        try screen.expect("Nothing was changed.")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { $0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// What the keys above come to; values that are the default and were not touched are left out.
    static let spec = """
        proton: EnvironmentSpec
        spec:
          slug: shop
          size: m
          notes: |-
            line one
            line two
          region: eu-north-1
          public: true
          debug: true
          audited: null
          replicas: 3
          limit: null
          day: 2026-01-31
          when: 2026-01-31T12:00:00Z
          icon: aGVsbG8K
          password: hunter22
          pin: "1234"
          colour: red
          zones:
            - a
            - c
          origins:
            - a.example.com
            - b.example.com
          listeners:
            - name: web
              port: 80
            - name: tls
              port: 443
              protocol: https
          variables:
            LEVEL: info
            REGION: eu north
          settings:
            depth: 5
            tags:
              - a
              - b
          queues:
            jobs:
              delay: 120
          source:
            kind: git
            repo: acme/shop
            branch: main
          notice:
            mail: ops@example.com
          anything:
            - 1
            - x
          memory: 2048
          ratio: 0.5
          database:
            gib: 50
            engine: postgres
          network:
            subnets:
              private:
                cidr: 10.0.0.0/24
                nat: true

        """
}

private func storedSpec(of program: Program) throws -> String {
    let shown = try program.run("environment", "show", "demo", "--output", "json")
    let value = try JSONSerialization.jsonObject(with: Data(shown.out.utf8)) as? [String: Any]
    return try #require(value?["spec"] as? String)
}

/// The same form, one line after another.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct PromptJourneyTests {
    @Test func `a form of every keyword is filled line by line`() throws {
        let program = try Program()
        defer { program.remove() }
        let bundle = EveryKeywordBundle(directory: program.directory + "/every")
        try bundle.write()
        try program.write("hello", to: "icon.bin")
        #expect(try program.run("template", "register", bundle.directory, "--name", "every").code == 0)
        #expect(try program.run("template", "publish", "every@1.0").code == 0)
        let words = ["environment", "create", "demo", "--template", "every", "--wait", "--pace", "0"]
        let screen = try Screen(program, words, columns: 120, rows: 36)
        for (question, answer) in Self.answers {
            try screen.expectAtEnd(question)
            if question.hasPrefix("Replicas") { try screen.expect("One of: 1, 2, 3, 4, 5, 6, 7, 8, 9") }
            try screen.type(answer)
            try screen.press("Enter")
        }
        try screen.expectEnd()
        #expect(try storedSpec(of: program) == Self.spec)
    }

    /// Questions as their lines end, and what is written behind them.
    static let answers = [
        ("Slug (required):", "Shop"),
        ("Slug (required):", "shop"),
        ("Size (required):", "Medium"),
        ("Notes:", "line one"),
        ("Notes:", "line two"),
        ("Notes:", ""),
        ("Region [eu-west-1]:", ""),
        ("Public:", "yes"),
        ("Debug [false]:", ""),
        ("Audited:", "none"),
        ("Replicas [2]:", "3"),
        ("Limit [10]:", "none"),
        ("Day:", "2026-01-31"),
        ("When (required):", "2026-01-31T12:00:00Z"),
        ("Icon:", "@icon.bin"),
        ("Admin password:", "hunter22"),
        ("PIN:", ""),
        ("Signing key:", ""),
        ("Colour:", ""),
        ("Zones:", "a, c"),
        ("Origins:", "a.example.com"),
        ("Add an item to Listeners? [Y/n]", ""),
        ("Name:", "web"),
        ("Port (required):", "99999"),
        ("Port (required):", "80"),
        ("Protocol [http]:", ""),
        ("Another item? [y/N]", "y"),
        ("Name:", "tls"),
        ("Port (required):", "443"),
        ("Protocol [http]:", "https"),
        ("Another item? [y/N]", ""),
        ("Variables:", "LEVEL=info"),
        ("Variables:", ""),
        ("Settings:", "depth=5"),
        ("Settings:", ""),
        ("name of an entry, empty ends:", "jobs"),
        ("Delay:", "120"),
        ("name of an entry (has jobs), empty ends:", ""),
        ("Source (required):", "1"),
        ("Repository (required):", "acme/shop"),
        ("Branch [main]:", ""),
        ("Notice:", "By mail"),
        ("Mail (required):", "ops@example.com"),
        ("Anything:", "[1, x]"),
        ("Memory:", "2048"),
        ("Ratio:", "0.5"),
        ("Storage:", "50"),
        ("Engine:", "postgres"),
        ("CIDR:", "10.0.0.0/24"),
        ("NAT:", "yes"),
        ("Deploy this? [y/N]", "y"),
    ]

    /// The same, but for what the answers leave at its default.
    static let spec = {
        let left: Set = [
            "  region: eu-north-1", "  debug: true", "  pin: \"1234\"", "  colour: red", "    - b.example.com",
            "    REGION: eu north", "    tags:", "      - a", "      - b",
        ]
        let lines = FormJourneyTests.spec.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.filter { !left.contains($0) }.joined(separator: "\n")
    }()
}
