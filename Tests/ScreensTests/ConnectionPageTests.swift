import Catalog
import Documents
import Engine
import Screens
import Terminal
import Testing

/// Where infrastructure goes, on a screen.
@Suite struct ConnectionPageTests {
    static let role = "arn:aws:iam::123456789012:role/platform/deployment-of-everything-that-the-shop-runs"

    /// A connection with all its settings and an environment on its way there, beside a plain one.
    private func bench(program: String = "aws") throws -> ScreenBench {
        let bench = try ScreenBench(program: program)
        try bench.engine.addConnection(
            "staging",
            ConnectionChange(
                account: "123456789012", region: "eu-west-1", role: Self.role,
                componentRole: "arn:aws:iam::123456789012:role/c", tags: ["team": "core", "cost": "42"],
                bucket: "acme-templates", timeoutMinutes: 45, isTerminationProtected: true, concurrency: 3))
        try bench.engine.addConnection("plain", ConnectionChange(account: "210987654321", region: "us-east-1"))
        try bench.engine.setSecret("db-password", source: "ssm:/shop/db", on: "staging")
        try bench.engine.setSecret("mail", source: "env:MAIL_TOKEN", on: "staging")
        _ = try bench.engine.submit(
            try bench.engine.plan(
                .createEnvironment(
                    EnvironmentOrder(name: "net", template: "fargate-cluster", connection: "staging"))))
        return bench
    }

    @Test(arguments: ScreenBench.sizes)
    func `an empty workspace has local alone, and says how another is added`(size: Size) async throws {
        var walk = try ScreenBench().walk(ConnectionsPage(), size)
        #expect(walk.rows.hasRow("▸", "local"))
        #expect(!walk.text.contains("000000000000"))
        await walk.press("c")
        #expect(walk.text.contains("check: local goes to no account"))
        if size.height < 24 { await walk.press("p", "G") }
        #expect(walk.text.contains("baryon connection add"))
    }

    @Test func `it is a screen of its own, by a digit and by the palette`() throws {
        let bench = try bench()
        #expect(bench.program(KeyEvent.script("8")).view(Size(120, 36)).surface.rows[0].contains("Connections"))
        let rows = bench.program(KeyEvent.script("1:staging<Enter>")).view(Size(120, 36)).surface.rows
        #expect(rows[0].contains("Connections › staging"))
    }

    @Test(arguments: ScreenBench.sizes)
    func `each connection stands with its account, and all about the selected one can be read`(size: Size) async throws
    {
        let bench = try bench()
        var walk = bench.walk(ConnectionsPage(), size)
        #expect(walk.rows.hasRow("plain", "210987654321"))
        if size.width >= 80 { #expect(walk.rows.hasRow("staging", "123456789012", "eu-west-1")) }
        if size.width == 80 { #expect(walk.rows.hasRow("staging", "cloudformation", "eu-west-1", "1")) }
        await walk.press("G", "p")
        var read: [String] = []
        for _ in 0..<40 {
            read += walk.rows
            await walk.press("j")
        }
        for words in [
            ":role/c", "cost=42", "team=core", "acme-templates", "45 minutes", "3 deployments", "are protected",
            "db-password", "env:MAIL_TOKEN", "net", "connection change",
        ] {
            #expect(read.contains { $0.contains(words) }, "\(words) at \(size)")
        }
        await walk.press("Esc", "Enter")
        #expect(walk.text.contains("[Environments 1]"))
    }

    @Test func `an environment that goes there opens with Enter`() async throws {
        var walk = try bench().walk(ConnectionPage("staging"))
        #expect(walk.rows.hasRow("▸", "net", "queued", "fargate-cluster"))
        await walk.press("Enter")
        #expect(walk.rows[0].contains("Fleet") && walk.rows[0].contains("net"))
        await walk.press("Esc")
        #expect(walk.rows.hasRow("▸", "net"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `a check tells who one is there, or why that is not right`(size: Size) async throws {
        let account = try Account()
        try account.fill([Account.topic("lab", purpose: "tests")])
        var walk = account.bench.walk(ConnectionsPage(), size)
        await walk.press("G", "c")
        #expect(walk.text.contains("Connection proton goes where it says."))
        #expect(walk.rows.hasRow("ok", "you are"))
        #expect(walk.rows.hasRow("arn:aws:iam::123456789012:user/somebody"))
        #expect(walk.rows.hasRow("1 stack there"))
        // What was found goes along to the connection's own page.
        await walk.press("Enter")
        #expect(walk.rows.hasRow("arn:aws:iam::123456789012:user/somebody"))

        try account.bench.engine.addConnection("other", ConnectionChange(account: "999999999999", region: "eu-west-1"))
        var other = account.bench.walk(ConnectionPage("other"), size)
        await other.press("c")
        #expect(other.text.contains("must go to account 999999999999"))
        #expect(other.text.contains("config.yaml"))
    }

    @Test func `a secret is defined by name and source, and deleted after a question`() async throws {
        let bench = try bench()
        var walk = bench.walk(ConnectionPage("plain"), Size(80, 24))
        await walk.press("Tab")
        #expect(walk.text.contains("S defines one"))
        await walk.press("S")
        await walk.type("api-key")
        await walk.press("Enter")
        #expect(walk.text.contains("Where is api-key?"))
        #expect(walk.text.contains("never the value itself"))
        await walk.type("vault:here")
        await walk.press("Enter")
        #expect(walk.text.contains("must begin with ssm:") && !walk.text.contains("vault:here"))
        await walk.type("env:API_KEY")
        await walk.press("Enter")
        #expect(walk.rows.hasRow("▸", "api-key", "env:API_KEY", "the runner"))
        await walk.press("Enter", "Ctrl-U")
        await walk.type("ssm:/api/key")
        await walk.press("Enter")
        #expect(walk.rows.hasRow("▸", "api-key", "ssm:/api/key", "CloudFormation"))
        #expect(try bench.engine.secrets(on: "plain").map(\.source.text) == ["ssm:/api/key"])
        await walk.press("D", "n")
        #expect(try bench.engine.secrets(on: "plain").count == 1)
        await walk.press("D", "y")
        #expect(walk.text.contains("api-key is no longer defined on plain."))
        #expect(try bench.engine.secrets(on: "plain").isEmpty)
    }

    @Test func `a name that no secret may have is asked for again`() async throws {
        var walk = try bench().walk(ConnectionPage("plain"))
        await walk.press("S")
        await walk.type("/wrong")
        await walk.press("Enter")
        await walk.type("env:X")
        await walk.press("Enter")
        #expect(walk.text.contains("Define a secret of plain"))
        #expect(walk.text.contains("A secret's name must be"))
        #expect(walk.rows.hasRow("/wrong"))
    }

    @Test(arguments: ScreenBench.sizes)
    func `many connections with long names keep account and count in sight, and are found by words`(
        size: Size
    ) async throws {
        let bench = try ScreenBench()
        for number in 1...60 {
            try bench.engine.addConnection(
                "payments-production-of-the-northern-region-\(number)",
                ConnectionChange(account: "1234567890\(10 + number)", region: "eu-north-1"))
        }
        var walk = bench.walk(ConnectionsPage(), size)
        await walk.press("G")
        #expect(walk.rows.hasRow("▸", "…", "1234567890"))
        await walk.press("/")
        await walk.type("123456789047")
        await walk.press("Enter")
        #expect(walk.selectedRow?.contains("123456789047") == true)
        #expect(walk.selectedRow?.contains("-37") == true)
    }
}
