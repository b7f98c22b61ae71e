import Catalog
import Engine
import Foundation
import Screens
import Terminal
import Testing

@Suite struct DeploymentPageTests {
    @Test(arguments: ScreenBench.sizes)
    func `a failure says its cause right below its head, and what to press`(size: Size) async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network, failAt: "Vpc")
        let rows = bench.rows(DeploymentPage(id), size: size)
        let cause = try #require(rows.firstIndex { $0.contains("cause") })
        #expect(rows[cause].contains("Vpc"))
        #expect(cause <= 5)
        #expect(rows.hasRow("next", "e edits the inputs") || size.height <= 10)
        #expect(rows.hasRow("FAIL"))
    }

    @Test func `edit inputs opens the form at the input that made it fail`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let update = TargetUpdate(
            target: .instance(service: "shop", name: "qa"),
            set: [InputAssignment(input: "memory", text: "8192"), InputAssignment(input: "desired_count", text: "2")])
        let id = try await bench.order(.updateInstance(update))
        let rows = bench.rows(DeploymentPage(id), ["e", "Ctrl-W"] + Tests.keys("77"))
        #expect(rows[0].contains("change shop/qa"))
        #expect(rows.hasRow("Memory", "77") && !rows.text.contains("8192"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `outputs have their names`(size: Size) async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network)
        let rows = bench.rows(DeploymentPage(id), size: size)
        #expect(rows.hasRow("out", "VpcId = vpc-") || rows.hasRow("out", "ClusterArn = "))
        #expect(rows.hasRow("OUTPUTS"))
        #expect(rows.hasRow("VpcId", "vpc-"))
        #expect(rows.hasRow("Done. Enter opens net."))
    }

    @Test func `the log is filtered, wrapped and stopped by itself, and Esc shows all again`() async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network)
        let page = DeploymentPage(id)
        let found = bench.rows(page, ["/"] + Tests.keys("out vpcid") + ["Enter"])
        #expect(found.hasRow("EVENTS", " of ", "/ out vpcid"))
        #expect(!found.hasRow("out", "ClusterName ="))
        let again = bench.rows(page, ["/"] + Tests.keys("out vpcid") + ["Enter", "Esc"])
        #expect(again.hasRow("out", "ClusterName ="))
        #expect(again[0].contains("Deployment"))
        #expect(bench.rows(page, ["w", "k"]).hasRow("follow off", "wrap on"))
        #expect(bench.rows(page, ["w", "k", "f"]).hasRow("follow on", "wrap on"))
        #expect(bench.rows(page, ["!"]).hasRow("No event is like that."))
    }

    @Test func `resources that do not fit are counted and can be scrolled to`() async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network)
        let size = Size(80, 24)
        #expect(bench.rows(DeploymentPage(id), size: size).hasRow("more lines: Tab scrolls"))
        #expect(bench.rows(DeploymentPage(id)).hasRow("above", "below: Tab scrolls"))
        let names = try #require(bench.engine.deployment(id).plan?.changes.map(\.resource))
        let end = bench.rows(DeploymentPage(id), ["Tab", "G"], size: size)
        #expect(names.contains { end.hasRow("ok", $0, "created") })
        #expect(!end.hasRow("Tab scrolls"))
    }

    @Test func `what was destroyed can't be opened`() async throws {
        let bench = try ScreenBench()
        let created = try await bench.order(bench.network)
        let destroyed = try await bench.order(.destroy(.environment("net")))
        for id in [created, destroyed] {
            let rows = bench.rows(DeploymentPage(id), ["Enter"])
            #expect(rows[0].contains("Deployment"))
            #expect(rows.hasRow("open target: it was destroyed"))
        }
        #expect(bench.rows(DeploymentPage(destroyed)).hasRow("Done. It is gone."))
    }

    @Test func `what nobody carries out says so, and C carries it out`() throws {
        let bench = try ScreenBench()
        let order = try bench.engine.submit(try bench.engine.plan(bench.network), why: "", tags: [:])
        let id = try #require(order.deployments.first?.id)
        let rows = bench.rows(DeploymentPage(id))
        #expect(rows.hasRow("No runner is at it: C carries it out here."))
        #expect(!rows.text.contains("you can leave"))
        var shell = bench.shell(DeploymentPage(id))
        guard case .deploy? = shell.update(.key("C")).first else {
            Issue.record("nothing was carried out")
            return
        }
        #expect(shell.view(Size(120, 36)).surface.rows.hasRow("The runner in this program takes it next."))
    }

    @Test func `the usual time comes from the like before`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let second = EnvironmentOrder(
            name: "other", template: "fargate-cluster",
            spec: "proton: EnvironmentSpec\nspec:\n  vpc_cidr: 10.50.0.0/16\n")
        let id = try await bench.order(.createEnvironment(second))
        #expect(bench.rows(DeploymentPage(id)).hasRow("took 0.0s", "usual 0.0s"))
    }

    @Test(arguments: ScreenBench.sizes)
    func `a hostile reason stays text`(size: Size) async throws {
        let bench = try ScreenBench()
        let why = "\u{1B}]0;x\u{7}\u{202E}" + String(repeating: "long ", count: 200)
        let id = try await bench.order(bench.network, why: why)
        for page in [DeploymentPage(id), HistoryPage(), TargetPage(.environment("net"))] as [any Screens.Page] {
            for keys in [[], ["Tab"], ["S-Tab"]] as [[KeyEvent]] {
                let rows = bench.rows(page, keys, size: size)
                #expect(!rows.text.unicodeScalars.contains("\u{1B}") && !rows.text.unicodeScalars.contains("\u{202E}"))
                #expect(rows.count == size.height)
            }
        }
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `resources stand below what they need, with their counts`(size: Size) async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network)
        let rows = bench.rows(DeploymentPage(id), ["Tab", "g"], size: Size(120, 60))
        let vpc = try #require(rows.first { $0.contains("ok    Vpc ") })
        let subnet = try #require(rows.first { $0.contains("PublicSubnetOne ") && $0.contains("created") })
        func column(_ row: String, _ name: String) -> Int? {
            row.range(of: name).map { row.distance(from: row.startIndex, to: $0.lowerBound) }
        }
        #expect(try #require(column(subnet, "PublicSubnetOne")) > #require(column(vpc, "Vpc")))
        #expect(bench.rows(DeploymentPage(id), ["Tab", "G"], size: size).hasRow("created"))
        #expect(rows.hasRow("RESOURCES", "ok"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `the cause is opened at the resource that failed`(size: Size) async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network, failAt: "Cluster")
        let rows = bench.rows(DeploymentPage(id), ["o"], size: size)
        #expect(rows.hasRow("FAIL", "Cluster", "failed"))
        #expect(rows.hasRow("Cluster: "))
        let second = try await bench.order(.retry(id))
        #expect(bench.rows(DeploymentPage(second), ["o"]).hasRow("open cause: nothing has failed"))
    }

    @Test func `a deployment that is taken back says so in words of its own`() async throws {
        let bench = try ScreenBench()
        let order = try bench.engine.submit(try bench.engine.plan(bench.network), why: "", tags: [:])
        let id = try #require(order.deployments.first?.id)
        let engine = bench.engine
        let run = Task { try await engine.run(RunnerOptions(failAt: "Cluster", paceMilliseconds: 40)) }
        var seen = false
        while !seen, try !bench.engine.deployment(id).deployment.phase.isFinished {
            seen = bench.rows(DeploymentPage(id)).hasRow("ROLLING BACK", "undone")
            try await Task.sleep(for: .milliseconds(10))
        }
        _ = try await run.value
        #expect(seen)
    }
}
