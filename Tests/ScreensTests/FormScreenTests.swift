import Catalog
import Documents
import Engine
import Schemas
import Terminal
import Testing

@testable import Screens

private func picture(_ shell: Shell, _ size: Size) -> [String] { shell.view(size).surface.rows }
private let wide = Size(120, 36)
private let narrow = Size(80, 24)

@Suite struct FormScreenTests {
    @Test func `a wide screen has help beside the fields, a narrow one below them`() throws {
        let bench = try ScreenBench(owner: "team")
        let keys: [KeyEvent] = ["Ctrl-N", "Tab", "Tab", "Tab", "Tab", "Tab"]
        let rows = picture(bench.shell(try bench.form("fargate-cluster"), keys, size: wide), wide)
        #expect(!rows[1].contains { !$0.isWhitespace && $0 != "│" })
        #expect(rows.contains { $0.contains("│") && $0.hasSuffix("NAT gateways") })
        #expect(rows.contains { $0.contains("▸ One, shared by both zones") })
        #expect(rows.contains { $0.hasSuffix("  Two, one in each zone") })
        #expect(rows.contains { $0.contains("in the spec  nat_gateways") })
        let low = picture(bench.shell(try bench.form("fargate-cluster"), keys, size: narrow), narrow)
        let rule = try #require(low.firstIndex { $0.hasPrefix("────") })
        #expect(low[rule + 1].hasPrefix(" NAT gateways"))
    }

    @Test func `names and counts of sections are whole, and the keys that apply stand below them`() async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        let form = try bench.form("fargate-service")
        let rows = picture(bench.shell(form, [], size: wide), wide)
        #expect(rows.contains { $0.hasPrefix(" . new instance  2 to fill") })
        #expect(rows.contains { $0.hasPrefix(" F2 copy instance") })
        #expect(rows.contains { $0.hasPrefix(" no draft yet") })
        #expect(!rows.contains { $0.hasPrefix(" F3") || $0.hasPrefix(" F4") || $0.hasPrefix(" F6") })
        let more = picture(bench.shell(form, Tests.keys("shop") + ["Ctrl-N", "F2"], size: wide), wide)
        #expect(more.contains { $0.hasPrefix(" F3 compare instances") })
        #expect(more.contains { $0.hasPrefix(" F4 remove instance") })
        #expect(more.contains { $0.hasPrefix(" draft kept") })
    }

    @Test func `the hint line of a narrow screen has what this form and field need most`() async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        let form = try bench.form("fargate-service")
        let hints = picture(bench.shell(form, [], size: narrow), narrow)[23]
        for words in ["Ctrl-S review", "F8 fault", "F2 copy", "F5 file"] {
            #expect(hints.contains(words))
        }
        let keys = ["Ctrl-N"] + Array(repeating: KeyEvent("Tab"), count: 10)
        let rows = picture(bench.shell(form, keys, size: narrow), narrow)
        #expect(rows[23].contains("Enter new row") && rows[23].contains("Ctrl-X delete row"))
    }

    @Test func `a text that could not be read waits to be mended, or is dropped`() async throws {
        let bench = try ScreenBench(owner: "team")
        var page = try #require(try bench.form("fargate-cluster") as? FormPage)
        let desk = bench.desk()
        let before = page.model.content
        let actions = page.receive(EditedText(text: "spec: [", fault: nil), desk)
        guard case .ask(let question)? = actions.last,
            case .perform(let drop)? = question.choices.first(where: { $0.key == "d" })?.actions.first
        else {
            Issue.record("nothing is asked")
            return
        }
        #expect(page.unread == "spec: [")
        _ = page.receive(await drop(bench.engine), desk)
        #expect(page.unread == nil && page.model.content == before)
    }

    @Test func `a new environment is asked where it goes, where there is more than the rehearsal`() async throws {
        let bench = try ScreenBench(owner: "team")
        #expect(!picture(bench.shell(try bench.form("vpc-network"), [], size: narrow), narrow).hasRow("Connection"))
        var place = ConnectionChange()
        place.account = "123456789012"
        place.region = "eu-west-1"
        _ = try bench.engine.addConnection("staging", place)
        let form = try bench.form("vpc-network")
        #expect(picture(bench.shell(form, [], size: narrow), narrow).hasRow("Connection", "local, a rehearsal"))
        let keys = Tests.keys("net") + ["Tab", "Tab", "Tab", "Right"]
        let shell = bench.shell(form, keys, size: narrow)
        #expect(picture(shell, narrow).hasRow("Connection", "staging, 123456789012 eu-west-1"))
        let page = try #require(shell.page as? FormPage)
        guard case .createEnvironment(let order) = page.model.request(bench.engine) else {
            Issue.record("no environment is ordered")
            return
        }
        #expect(order.connection == "staging" && order.name == "net")
    }

    @Test func `a fault shows when typing pauses, and goes when it is mended`() async throws {
        let bench = try ScreenBench(owner: "team")
        var shell = bench.shell(try bench.form("fargate-cluster"), Tests.keys("my net"))
        #expect(shell.view(wide).nextTick != nil)
        await bench.wait(200, &shell)
        #expect(!picture(shell, wide).joined().contains("! Name must"))
        await bench.wait(200, &shell)
        let rows = picture(shell, wide)
        #expect(rows.joined().contains("! Name must"))
        #expect(rows.contains { $0.contains("nearest: my-net  Ctrl-Y takes it") })
        #expect(rows[35].contains("Ctrl-Y take nearest"))
        #expect(shell.view(wide).nextTick == nil)
        _ = shell.update(.key("Ctrl-Y"))
        #expect(!picture(shell, wide).joined().contains("! Name must"))
        #expect(picture(shell, wide).contains { $0.contains("[my-net") })
    }

    @Test(arguments: [wide, narrow, Size(40, 10)])
    func `a long choice opens a list that letters filter`(size: Size) throws {
        let bench = try ScreenBench(owner: "team")
        let keys: [KeyEvent] = ["Ctrl-N"] + Array(repeating: "Tab", count: 9) + ["Enter"]
        var shell = bench.shell(try bench.form("fargate-cluster"), keys, size: size)
        #expect(picture(shell, size).contains { $0.contains("6 of 6") })
        for key in Tests.keys("18") { _ = shell.update(.key(key)) }
        #expect(picture(shell, size).contains { $0.contains("▸") && $0.contains("180") })
        _ = shell.update(.key("Enter"))
        #expect(picture(shell, size).contains { $0.contains("( 180 )") })
        for key: KeyEvent in ["3", "Esc"] { _ = shell.update(.key(key)) }
        #expect(picture(shell, size).contains { $0.contains("( 180 )") })
    }

    @Test(arguments: [wide, narrow])
    func `the rendered file follows the answers, and says which are missing`(size: Size) async throws {
        let bench = try ScreenBench(owner: "team")
        var shell = bench.shell(try bench.form("fargate-cluster"), [], size: size)
        let effects = shell.update(.key("F5"))
        #expect(picture(shell, size).contains { $0.contains("being made") })
        await bench.perform(effects, &shell)
        let rows = picture(shell, size)
        #expect(rows.contains { $0.contains("FILE") && $0.contains("cloudformation.yaml") })
        #expect(rows.contains { $0.contains("Waits for Name") })
        #expect(rows.contains { $0.contains("AWSTemplateFormatVersion") })
        #expect(!rows.joined().contains("being made"))
        for key in Tests.keys("net") + ["Ctrl-N"] + Tests.keys("10.99.0.0/16") { _ = shell.update(.key(key)) }
        await bench.wait(500, &shell)
        let after = picture(shell, size)
        #expect(after.contains { $0.contains("+ ") && $0.contains("10.99.0.0/16") })
        #expect(!after.joined().contains("Waits for"))
        _ = shell.update(.key("F5"))
        #expect(!picture(shell, size).joined().contains("FILE"))
    }

    @Test func `each change of field keeps the draft`() throws {
        let bench = try ScreenBench(owner: "team")
        _ = bench.shell(try bench.form("fargate-cluster"), Tests.keys("net") + ["Tab"])
        #expect(try bench.engine.drafts().first?.content.contains("\"net\"") == true)
    }

    @Test(arguments: [wide, narrow])
    func `an upgrade shows what asks, and folds what was carried over`(size: Size) async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        var model = try bench.opening.upgrading(.environment("net"), to: VersionNumber(2, 0))
        #expect(model.sections[0].remarks == [])
        model.sections[0].remarks = ["Colour is no longer asked for; it was red"]
        var shell = bench.shell(FormPage(model), [], size: size)
        let rows = picture(shell, size)
        let owner = try #require(rows.firstIndex { $0.contains("Owner *") })
        #expect(rows[owner...(owner + 1)].joined().contains("needs you"))
        #expect(rows.contains { $0.contains("carried over, F6 shows them") })
        #expect(rows.contains { $0.contains("Colour is no longer asked for") })
        #expect(rows[size.height - 1].contains("F6 folded"))
        for key in Tests.keys("a@b.de") + ["F6"] { _ = shell.update(.key(key)) }
        let after = picture(shell, size)
        #expect(after.contains { $0.contains("VPC address range") })
        #expect(!after.joined().contains("needs you"))
    }
}

/// Any keys, on any form: nothing traps, and what a draft keeps comes back.
@Suite struct FormWalkTests {
    private static let keys = [
        "a", "Z", "1", "0", "=", "-", "+", ":", "<Space>", "é", "<Enter>", "<Tab>", "<S-Tab>", "<Up>", "<Down>",
        "<Left>",
        "<Right>", "<Home>", "<End>", "<Backspace>", "<Del>", "<Ctrl-W>", "<Ctrl-K>", "<Ctrl-Y>", "<Ctrl-_>",
        "<Ctrl-U>",
        "<Ctrl-X>", "<Alt-Up>", "<Alt-Down>", "<Ctrl-N>", "<Ctrl-P>", "<PgDn>", "<PgUp>", "<F2>", "<F3>", "<F4>y",
        "<F5>",
        "<F6>", "<F7>", "<F8>", "<Esc>", "<Ctrl-R>", "<Ctrl-T>", "+", "Name<Tab>", "<S-F8>", "<Ctrl-Up>", "<Ctrl-Down>",
        "A=1<Enter>", "- x: 1<Enter>",
    ].map(KeyEvent.script)
    private static let pastes = ["one\ntwo\n", "A=1\nB=2\nA=3", "{\"a\": [1, 2", "\u{202E}x\u{0}\r\n\t", "  - b: 2\n"]

    @Test(arguments: 0..<9) func `no keys trap, and the draft gives everything back`(seed: UInt64) async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        var dice = RepeatedDice(seed: seed)
        let start: FormModel =
            switch seed % 3 {
            case 0: seed % 2 == 0 ? FormOfAllSorts.model : FormOfShapes.model
            case 1: try bench.model("fargate-service")
            default: try bench.opening.upgrading(.environment("net"), to: VersionNumber(2, 0))
            }
        var shell = bench.shell(FormPage(start), [])
        for _ in 0..<40 {
            if Int.random(in: 0..<8, using: &dice) == 0 {
                _ = shell.update(.paste(Self.pastes.randomElement(using: &dice) ?? ""))
            }
            for key in Self.keys.randomElement(using: &dice) ?? [] {
                await bench.perform(shell.update(.key(key)), &shell)
            }
            if Bool.random(using: &dice) { await bench.wait(500, &shell) }
            let size = Size(Int.random(in: 30...130, using: &dice), Int.random(in: 8...40, using: &dice))
            #expect(shell.view(size).surface.rows.count == size.height)
        }
        let page = try #require(shell.pages.last as? FormPage)
        var again = start
        let content = page.model.content
        let draft = Document.read(Source(name: "d", text: content), as: .json).document?.value
        again.take(draft: try #require(draft))
        #expect(again.content == content, "seed \(seed)")
    }
}

/// Random numbers that are the same in every run.
private struct RepeatedDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
