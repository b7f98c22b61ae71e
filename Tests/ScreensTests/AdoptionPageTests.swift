import Catalog
import Documents
import Engine
import Foundation
import Screens
import Terminal
import Testing

/// Stacks that run already are looked at and taken in by keys alone.
@Suite struct AdoptionPageTests {
    static let sizes = [Size(120, 36), Size(80, 24)]

    /// The page with a scan of the estate behind it.
    private func scanned() async throws -> (account: Account, walk: Walk) {
        let account = try Account()
        try await account.fillEstate()
        var walk = account.bench.walk(AdoptionPage())
        await walk.press("Enter")
        return (account, walk)
    }

    /// The same at another size: a look at an account takes long.
    private func resized(_ walk: Walk, _ size: Size) -> Walk {
        var other = walk
        other.resize(size)
        return other
    }

    @Test(arguments: ScreenBench.sizes)
    func `without a connection it says how to add one`(size: Size) throws {
        let walk = try ScreenBench().walk(AdoptionPage(), size)
        #expect(walk.text.contains("No connection goes to an account"))
        #expect(walk.text.contains("baryon connection add"))
    }

    @Test func `it is a screen of its own, by a digit and by the palette`() throws {
        let bench = try ScreenBench()
        #expect(bench.program(KeyEvent.script("7")).view(Size(120, 36)).surface.rows[0].contains("Adoption"))
        let rows = bench.program(KeyEvent.script("1:adoption<Enter>")).view(Size(120, 36)).surface.rows
        #expect(rows[0].contains("Adoption"))
    }

    @Test(arguments: sizes)
    func `the connections are listed with their accounts`(size: Size) throws {
        let account = try Account()
        let walk = account.bench.walk(AdoptionPage(), size)
        #expect(walk.rows.hasRow("▸", "proton", "123456789012", "eu-west-1"))
        #expect(account.calls.isEmpty)
    }

    @Test func `stacks stand in three groups, the worst first, each with what is missing`() async throws {
        let (account, scanned) = try await scanned()
        #expect(account.calls.allSatisfy { $0.hasPrefix("describe-") || $0.hasPrefix("get-") })
        for size in ScreenBench.sizes {
            let walk = resized(scanned, size)
            let heads = ["DIFFERS  1", "UNKNOWN  1", "CLEAN  3"].map { head in
                walk.rows.firstIndex { $0.contains(head) } ?? -1
            }
            #expect(heads == heads.sorted() && !heads.contains(-1), "\(walk.text)")
            #expect(walk.rows.hasRow("live", "ready"))
            #expect(walk.rows.hasRow("old", "needs template"))
            if size.width >= 80 {
                #expect(walk.rows.hasRow("live", "topics 1.0", "1", "ready"))
                #expect(walk.rows.hasRow("shop/dev", "queue 1.0", "-", "ready"))
                #expect(walk.text.contains("5 found"))
                #expect(walk.text.contains("1 of others"))
            }
        }
    }

    @Test func `an account without such stacks says so`() async throws {
        let account = try Account()
        try account.fill([Account.Stack(name: "website", tags: [:], template: "Resources: {}\n")])
        var walk = account.bench.walk(AdoptionPage(), Size(80, 24))
        await walk.press("Enter")
        #expect(walk.text.contains("No stack there has Proton's tags"))
        await walk.press("A")
        #expect(walk.text.contains("adopt: "))
    }

    @Test(arguments: sizes)
    func `a look that fails is told in a sentence, with what to do, and the connections stay`(size: Size) async throws {
        let account = try Account()
        try account.knobs(["account": "999999999999"])
        var walk = account.bench.walk(AdoptionPage(), size)
        await walk.press("Enter")
        #expect(walk.text.contains("must go to account 123456789012"))
        #expect(walk.text.contains("Name the right profile"))
        #expect(walk.rows.hasRow("▸", "proton"))
    }

    @Test func `what goes on is shown with its calls, and Esc ends it`() async throws {
        let account = try Account()
        try await account.fillEstate()
        var shell = account.bench.shell(AdoptionPage())
        let effects = shell.update(.key("Enter"))
        let size = Size(120, 36)
        #expect(shell.view(size).surface.rows.text.contains("Looking at the stacks of proton"))
        #expect(shell.view(size).nextTick != nil)
        _ = shell.update(.key("Esc"))
        #expect(shell.view(size).surface.rows.text.contains("ending"))
        await account.bench.perform(effects, &shell)
        let rows = shell.view(size).surface.rows
        #expect(rows.text.contains("It was cancelled: nothing was recorded."))
        #expect(rows.hasRow("▸", "proton"))
        #expect(account.calls.isEmpty)
    }

    @Test func `another screen does not end a look, and what it found is there afterwards`() async throws {
        let account = try Account()
        try await account.fillEstate()
        var shell = account.bench.program(KeyEvent.script("7"))
        let effects = shell.update(.key("Enter"))
        _ = shell.update(.key("2"))
        await account.bench.perform(effects, &shell)
        #expect(shell.view(Size(120, 36)).surface.rows.text.contains("5 stacks found, 4 ready to be taken in."))
        _ = shell.update(.key("7"))
        #expect(shell.view(Size(120, 36)).surface.rows.text.contains("DIFFERS  1"))
        _ = shell.update(.key("1"))
        _ = shell.update(.key("-"))
        #expect(shell.view(Size(120, 36)).surface.rows.text.contains("DIFFERS  1"))
    }

    @Test func `a stack opens with its differences, before and after, and its inputs with where they are from`()
        async throws
    {
        let (_, scanned) = try await scanned()
        for size in Self.sizes {
            var walk = resized(scanned, size)
            #expect(walk.selectedRow?.contains("live") == true)
            await walk.press("Enter")
            #expect(walk.rows[0].contains("live"))
            #expect(walk.text.contains("[Differences 1]"))
            #expect(walk.rows.hasRow("~ update", "Topic/KmsMasterKeyId", "alias/outside"))
            #expect(walk.rows.hasRow("stack", "alias/outside"))
            #expect(walk.rows.hasRow("line", "infrastructure/cloudformation.yaml:4"))
            await walk.press("Tab")
            #expect(walk.text.contains("[Inputs 2]"))
            #expect(walk.rows.hasRow("purpose", "orders", "stack: Topic/DisplayName"))
            #expect(walk.rows.hasRow("note", "a sample: nothing tells it"))
        }
    }

    @Test func `from a difference Enter leads to the template's line, and Tab to the other texts`() async throws {
        let (_, scanned) = try await scanned()
        for size in Self.sizes {
            var walk = resized(scanned, size)
            await walk.press("Enter", "Enter")
            #expect(walk.text.contains("[Template]"))
            #expect(walk.text.contains("infrastructure/cloudformation.yaml:4"))
            #expect(walk.rows.hasRow("DisplayName", "{{ environment.name }}"))
            let line = try #require(walk.rows.firstIndex { $0.contains("    Properties:") })
            #expect(walk.shell.view(size).cursor?.y == line)
            await walk.press("Tab")
            #expect(walk.text.contains("[Rendered]") && walk.text.contains("live: orders"))
            await walk.press("Tab")
            #expect(walk.text.contains("[In the stack]"))
            let own = try #require(walk.rows.firstIndex { $0.contains("KmsMasterKeyId: alias/outside") })
            #expect(walk.shell.view(size).cursor?.y == own)
        }
    }

    @Test func `marked stacks are taken in whole, after a question that lists them`() async throws {
        var (account, walk) = try await scanned()
        walk.resize(Size(80, 24))
        await walk.press("/")
        await walk.type("shop/dev")
        await walk.press("Enter", "j", "Space", "A")
        #expect(walk.text.contains("Take in 4 stacks?"))
        #expect(walk.text.contains("Nothing outside is changed."))
        #expect(walk.rows.hasRow("environment lab", "clean", "test", "topics 1.0"))
        #expect(walk.rows.hasRow("environment live", "differs", "test", "topics 1.0"))
        #expect(walk.rows.hasRow("instance dev in lab", "clean", "queue 1.0"))
        #expect(walk.rows.hasRow("instance prod in live", "queue 1.0"))
        #expect(walk.text.contains("3 stacks of these come along"))
        #expect(walk.text.contains("2 inputs are only a sample"))
        #expect(walk.text.contains("all are taken for test"))
        await walk.press("n")
        #expect(try account.bench.engine.adopted().isEmpty)
        await walk.press("A", "y")
        #expect(walk.text.contains("4 stacks taken in: 3 clean, 1 differ"))
        await walk.press("Esc")
        #expect(walk.rows.hasRow("live", "taken in"))
        #expect(walk.text.contains("DIFFERS  1") && walk.text.contains("CLEAN  3"))
        #expect(
            try account.bench.engine.adopted().map(\.target.title).sorted() == ["lab", "live", "shop/dev", "shop/prod"])
        #expect(account.calls.allSatisfy { ["describe-", "get-", "list-"].contains(where: $0.hasPrefix) })
    }

    @Test func `what is not complete is left out, and told`() async throws {
        var (account, walk) = try await scanned()
        await walk.press("Ctrl-A", "A")
        #expect(walk.text.contains("Take in 4 stacks?"))
        #expect(walk.text.contains("Left out, because they are not complete"))
        #expect(walk.text.contains("old: old needs template"))
        await walk.press("Esc", "Ctrl-A", "/")
        await walk.type("old")
        await walk.press("Enter", "j", "A")
        #expect(walk.text.contains("Not complete: old needs template"))
        #expect(try account.bench.engine.adopted().isEmpty)
    }

    @Test func `what was taken in is still compared in another program, down to the line`() async throws {
        var (account, walk) = try await scanned()
        await walk.press("Ctrl-A", "A", "y")
        var again = account.bench.walk(AdoptionPage())
        #expect(again.text.contains("Taken in and not deployed since: 1 differs, 3 clean"))
        await again.press("c")
        #expect(again.rows.hasRow("live", "topics 1.0", "taken in"))
        await again.press("Enter")
        #expect(again.rows.hasRow("Topic/KmsMasterKeyId", "alias/outside"))
        await again.press("Enter")
        #expect(again.text.contains("infrastructure/cloudformation.yaml:4"))
        await again.press("Esc", "Tab")
        #expect(again.rows.hasRow("purpose", "orders", "given"))
    }

    @Test func `an adoption that is refused lists every fault, and records nothing`() async throws {
        var (account, walk) = try await scanned()
        await walk.press("Ctrl-A", "A")
        try account.fill([Account.topic("lab", purpose: "tests")])
        await walk.press("y")
        #expect(walk.text.contains("Nothing was recorded"))
        #expect(walk.text.contains("There is no stack AWSProton-live"))
        #expect(walk.text.contains("There is no stack AWSProton-shop-dev"))
        #expect(try account.bench.engine.adopted().isEmpty)
    }

    @Test func `the inventory is written to a file, and replaces none without a question`() async throws {
        var (account, walk) = try await scanned()
        let path = account.directory + "/inventory.yaml"
        await walk.press("w", "Ctrl-U")
        await walk.type(path)
        await walk.press("Enter")
        #expect(walk.text.contains("Written to"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let (inventory, findings) = Inventory.read(text, name: "inventory.yaml")
        #expect(inventory?.environments.map(\.name) == ["lab", "live", "old"])
        #expect(
            findings.map(\.message) == [
                "version must be filled in: nobody could tell which one AWSProton-old was made from."
            ])
        try Data("mine\n".utf8).write(to: URL(fileURLWithPath: path))
        await walk.press("w", "Ctrl-U")
        await walk.type(path)
        await walk.press("Enter")
        #expect(walk.text.contains("Replace the file?"))
        await walk.press("n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine\n")
        await walk.press("w", "Ctrl-U")
        await walk.type(path)
        await walk.press("Enter", "y")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func `a value that happened to be right is told from one that nothing speaks for`() async throws {
        let account = try Account()
        try await account.fillEstate()
        let engine = account.bench.engine
        let first = try await engine.scan("proton")
        let sample = try #require(
            first.stacks.first { $0.target == .environment("lab") }?.inputs.first { $0.name == "note" }?.value.string)
        try account.fill([Account.topic("lab", purpose: sample)])
        let inputs = try #require(try await engine.scan("proton").stacks.first?.inputs)
        #expect(inputs.map(\.name) == ["purpose", "note"])
        #expect(inputs.map(\.value) == [.string(sample), .string(sample)])
        #expect(inputs.map(\.origin) == [.tried, .sample])
    }
}
