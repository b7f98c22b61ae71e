import Catalog
import Documents
import Engine
import Screens
import Terminal
import Testing

@Suite struct TargetPageTests {
    static let qa = Target.instance(service: "shop", name: "qa")

    @Test(arguments: ScreenBench.sizes)
    func `the tabs tell how much there is`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let detail = try bench.engine.target(.environment("net"))
        let rows = bench.rows(TargetPage(.environment("net")), size: size)
        #expect(rows.hasRow("[Overview]", "Inputs \(detail.inputs.object?.count ?? 0)"))
        if size.width >= 80 {
            #expect(rows.hasRow("Outputs \(detail.outputs.count)", "Resources \(detail.resources.count)"))
        }
    }

    @Test func `wide, outputs and deployments stand beside the facts`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let rows = bench.rows(TargetPage(.environment("net")))
        #expect(rows.hasRow("template", "fargate-cluster", "OUTPUTS"))
        #expect(rows.hasRow("RECENT DEPLOYMENTS"))
        let narrow = bench.rows(TargetPage(.environment("net")), size: Size(80, 24))
        #expect(!narrow.hasRow("template", "OUTPUTS"))
    }

    @Test(arguments: ScreenBench.sizes)
    func `what runs in an environment can be opened, and from there the environment`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        // On a low screen the first steps bring the row into sight.
        let down = [KeyEvent](repeating: "Down", count: size.height > 10 ? 1 : 3)
        let instance = bench.rows(TargetPage(.environment("net")), down + ["Enter"], size: size)
        #expect(instance[0].contains("shop/dev"))
        let environment = bench.rows(TargetPage(Self.qa), ["Down", "Enter"], size: size)
        #expect(environment[0].contains("net") && !environment[0].contains("shop"))
    }

    @Test func `inputs say where they come from and what is applied instead`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let same = bench.rows(TargetPage(Self.qa), ["Tab"])
        #expect(same.hasRow("route_priority", "20", "given"))
        #expect(same.hasRow("desired_count", "1", "default"))
        #expect(!same.hasRow("APPLIED"))
        let update = TargetUpdate(target: Self.qa, set: [InputAssignment(input: "desired_count", text: "3")])
        try await bench.order(.updateInstance(update), failAt: "Service")
        let rows = bench.rows(TargetPage(Self.qa), ["Tab"])
        #expect(rows.hasRow("VALUE", "FROM", "APPLIED"))
        #expect(rows.hasRow("desired_count", "3", "given", "1"))
    }

    @Test func `adding an instance is offered where there is a service`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        #expect(!bench.rows(TargetPage(.environment("net"))).text.contains("add instance"))
        #expect(bench.rows(TargetPage(Self.qa)).hasRow("+", "add instance"))
    }

    @Test func `a rehearsed environment is moved to an account that is picked`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let net = TargetPage(.environment("net"))
        #expect(bench.rows(net).hasRow("M", "move to an account: first add one: baryon connection add"))
        #expect(!bench.rows(TargetPage(Self.qa)).text.contains("move to an account"))
        try bench.engine.addConnection("staging", ConnectionChange(account: "111122223333", region: "eu-west-1"))
        let asked = bench.rows(net, ["M"])
        #expect(asked.hasRow("Move net where?"))
        #expect(asked.hasRow("1", "staging 111122223333 eu-west-1"))
        let review = bench.rows(net, ["M", "1"])
        #expect(review.hasRow("move net to staging"))
        #expect(review.hasRow("111122223333", "eu-west-1"))
        #expect(review.hasRow("STEPS", "3 steps"))
        #expect(bench.rows(net, ["M", "1", "D"]).hasRow("Deploy?"))
    }

    @Test func `what can't be done says why`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let rows = bench.rows(TargetPage(.environment("net")))
        #expect(rows.hasRow("D", "delete: 2 instances run in it"))
        #expect(rows.hasRow("T", "try again: its last deployment did not fail"))
        #expect(bench.rows(TargetPage(.environment("net")), ["D"]).hasRow("delete: 2 instances run in it"))
    }

    @Test func `an output is copied whole`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let value = try #require(bench.engine.target(.environment("net")).outputs.first?.value)
        var shell = bench.shell(TargetPage(.environment("net")), ["Tab", "Tab"])
        guard case .copy(let text)? = shell.update(.key("y")).first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text == value)
    }
}
