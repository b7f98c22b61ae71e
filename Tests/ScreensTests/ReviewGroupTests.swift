import Catalog
import Engine
import Screens
import Terminal
import Testing

/// What a review shows first, what it folds away, and what it asks before data is lost.
@Suite struct ReviewGroupTests {
    private let database = OrderRequest.createEnvironment(
        EnvironmentOrder(name: "net", template: "fargate-cluster-with-database"))

    private func change(_ inputs: [String: String]) -> ReviewPage {
        let set = inputs.sorted { $0.key < $1.key }.map { InputAssignment(input: $0.key, text: $0.value) }
        return ReviewPage(
            request: .updateEnvironment(TargetUpdate(target: .environment("net"), set: set)), title: "change net")
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `the worst stands first under a heading with its count`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.order(database)
        let rows = bench.rows(change(["database_version": "16", "log_retention_days": "90"]), size: size)
        let headings = ["KEPT ASIDE", "REPLACED", "UPDATED"].map { name in rows.firstIndex { $0.contains(name) } }
        let places = headings.compactMap(\.self)
        #expect(places.count == 3 && places == places.sorted())
        #expect(rows.hasRow("KEPT ASIDE  1") && rows.hasRow("Database", "snapshot kept"))
    }

    @Test func `quiet changes behind others are folded until Enter`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        try bench.publish("fargate-service", 2, 0)
        let service = TargetUpdate(target: .instance(service: "shop", name: "qa"), version: .exact(VersionNumber(2, 0)))
        let page = ReviewPage(request: .updateInstance(service), title: "update shop/qa")
        let rows = bench.rows(page)
        guard rows.text.contains("Enter shows them") else { return }
        let folded = try #require(rows.first { $0.contains("Enter shows them") })
        #expect(folded.contains("ADDED") || folded.contains("UPDATED") || folded.contains("TAGS ONLY"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24), Size(40, 10)])
    func `account, region and stack are in sight in every view`(size: Size) throws {
        let bench = try ScreenBench()
        _ = try bench.engine.addConnection(
            "staging",
            ConnectionChange(
                account: "123456789012", region: "eu-central-1", role: "arn:aws:iam::123456789012:role/ops/deployer"))
        let order = EnvironmentOrder(name: "net", template: "vpc-network", connection: "staging")
        let page = ReviewPage(request: .createEnvironment(order), title: "new environment net")
        for tabs in 0...3 {
            for keys in [[], ["G"]] as [[KeyEvent]] {
                let rows = bench.rows(page, Array(repeating: "Tab", count: tabs) + keys, size: size)
                #expect(rows.hasRow("staging", "123456789012", "eu-central-1"))
                #expect(rows.hasRow("create net") && rows.hasRow("baryon-env--net"))
                #expect(!rows.text.contains("nothing in a cloud"))
                if size.width > 40 { #expect(rows.hasRow("as deployer", "by cloudformation")) }
            }
        }
    }

    @Test func `inputs stand side by side, what changes first`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let page = change(["log_retention_days": "90"])
        let rows = bench.rows(page, ["Tab", "Tab"])
        #expect(rows.hasRow("INPUT", "APPLIED", "ASKED FOR"))
        #expect(rows.hasRow("~ log_retention_days", "30", "90"))
        let changed = try #require(rows.firstIndex { $0.contains("~ log_retention_days") })
        let same = try #require(rows.firstIndex { $0.contains("AS BEFORE") })
        #expect(changed < same)
        let narrow = bench.rows(page, ["Tab", "Tab", "j"], size: Size(40, 10))
        #expect(narrow.hasRow("- 30") && narrow.hasRow("+ 90"))
    }

    @Test func `wide, old and new of a file stand beside each other, and below each other at a key`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let page = change(["log_retention_days": "90"])
        let keys: [KeyEvent] = ["Tab", "Tab", "Tab", "]"]
        let wide = bench.rows(page, keys)
        #expect(wide.hasRow("- ", "30", "│", "+ ", "90"))
        #expect(wide.hasRow("change 1 of"))
        let unified = bench.rows(page, keys + ["|"])
        #expect(!unified.hasRow("- ", "30", "+ ", "90") && unified.hasRow("- ", "30"))
        let narrow = bench.rows(page, keys, size: Size(80, 24))
        #expect(!narrow.hasRow("- ", "30", "+ ", "90") && narrow.hasRow("- ", "30"))
    }

    @Test func `an update that loses data asks for the name, and says what is lost`() async throws {
        let bench = try ScreenBench()
        try await bench.order(database)
        let loses = ReviewPage(request: .destroy(.environment("net")), title: "delete net")
        #expect(bench.rows(loses, ["D"]).hasRow("Type net:"))
        let plan = try bench.engine.plan(
            .updateEnvironment(
                TargetUpdate(
                    target: .environment("net"), set: [InputAssignment(input: "database_name", text: "other")])))
        #expect(plan.plans.first?.action == .update)
    }

    @Test func `a plan that does not stand any more is made again, and says what moved and by whom`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        var walk = bench.walk(change(["log_retention_days": "90"]))
        try await bench.order(
            .updateEnvironment(
                TargetUpdate(
                    target: .environment("net"), set: [InputAssignment(input: "container_insights", text: "true")])))
        await walk.press("D", "y")
        #expect(walk.row("Review") != nil)
        #expect(walk.row("NEW PLAN") != nil)
        #expect(walk.row("net has changed meanwhile") != nil && walk.row("was deployed by ana (#2)") != nil)
        #expect(walk.row("Nothing was deployed: this is a new plan.") != nil)
        walk.resize(Size(80, 24))
        #expect(walk.row("NEW PLAN") != nil)
        await walk.press("D", "y")
        #expect(walk.row("Deployment #") != nil)
    }
}
