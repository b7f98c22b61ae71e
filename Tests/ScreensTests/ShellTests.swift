import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct ShellTests {
    @Test func `every command has words and a key, and no key means two things on one screen`() {
        let map = KeyMap(ScreensProgram.commands)
        #expect(map.conflicts == [])
        for command in map.commands {
            #expect(!command.title.isEmpty && command.doc.hasSuffix("."), "\(command.id)")
            #expect(!command.keys.isEmpty, "\(command.id) can't be reached")
            #expect(!command.group.isEmpty, "\(command.id) has no heading in the help")
        }
    }

    @Test func `every command of a screen can be reached there`() {
        let map = KeyMap(ScreensProgram.commands)
        for context in Set(map.commands.map(\.context)) {
            let here = map.reachable(in: context == .global ? [.global] : [context, .global]).map(\.id)
            for command in map.commands where command.context == context { #expect(here.contains(command.id)) }
        }
    }

    @Test(arguments: [Size(120, 36), Size(80, 24), Size(40, 10)])
    func `every screen draws itself at every size, and says where one is`(_ size: Size) throws {
        let bench = try ScreenBench(owner: "team")
        for (digit, crumb) in [("1", "Home"), ("2", "Catalog"), ("3", "Fleet"), ("4", "Inbox"), ("6", "History")] {
            let shell = bench.program(KeyEvent.script(digit), size: size)
            let rows = shell.view(size).surface.rows
            // Where there is no room for the whole way, its last part is shown.
            if size.width >= 80 { #expect(rows[0].contains(crumb), "\(rows[0])") }
            #expect(rows.count == size.height)
        }
    }

    @Test func `a new workspace begins on the catalog`() throws {
        let bench = try ScreenBench(owner: "team")
        #expect(bench.program([]).view(Size(120, 36)).surface.rows[0].contains("Catalog"))
    }

    @Test func `the palette finds commands, screens and things, and says why something is off`() throws {
        let bench = try ScreenBench(owner: "team")
        let found = bench.program(KeyEvent.script("1:lambda")).view(Size(120, 36)).surface.rows
        #expect(found.contains { $0.contains("open") && $0.contains("lambda-function") && $0.contains("template") })
        let off = bench.program(KeyEvent.script("1:try again")).view(Size(120, 36)).surface.rows
        #expect(off.contains { $0.contains("off: ") })
        let opened = bench.program(KeyEvent.script("1:lambda<Enter>")).view(Size(120, 36)).surface.rows
        #expect(opened[0].contains("lambda-function"))
    }

    @Test func `help shows the keys of the screen, and what works everywhere is never off`() throws {
        let bench = try ScreenBench(owner: "team")
        let rows = bench.program(KeyEvent.script("2?"), size: Size(120, 60)).view(Size(120, 60)).surface.rows
        #expect(rows.contains { $0.contains("HELP") && $0.contains("Catalog") })
        #expect(rows.contains { $0.contains("Ctrl-R") })
        #expect(!rows.contains { $0.contains("Off now") && $0.contains("commands") })
    }

    @Test func `Esc ends a filter before it leaves the screen`() throws {
        let bench = try ScreenBench(owner: "team")
        let filtered = bench.program(KeyEvent.script("2/fargate-service"))
        #expect(!filtered.view(Size(120, 36)).surface.rows.contains { $0.contains("vpc-network") })
        let cleared = bench.program(KeyEvent.script("2/fargate-service<Esc>")).view(Size(120, 36)).surface.rows
        #expect(cleared[0].contains("Catalog") && cleared.contains { $0.contains("vpc-network") })
        let kept = bench.program(KeyEvent.script("2/fargate-service<Enter>")).view(Size(120, 36)).surface.rows
        #expect(!kept.contains { $0.contains("vpc-network") })
        let again = bench.program(KeyEvent.script("2/fargate-service<Enter><Esc>")).view(Size(120, 36)).surface.rows
        #expect(again[0].contains("Catalog") && again.contains { $0.contains("vpc-network") })
    }

    @Test func `a person's own keys hold, and a bad line is told on the first screen`() throws {
        let bench = try ScreenBench(owner: "team")
        var shell = ScreensProgram.shell(bench.desk(), keyFile: "global x = screen.fleet\nlost y = screen.home")
        _ = shell.update(.resize(Size(120, 36)))
        #expect(shell.view(Size(120, 36)).surface.rows.contains { $0.contains("line 2: no context is named 'lost'") })
        _ = shell.update(.key("x"))
        #expect(shell.view(Size(120, 36)).surface.rows[0].contains("Fleet"))
    }
}
