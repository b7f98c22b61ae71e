import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct ReviewPageTests {
    @Test(arguments: ScreenBench.sizes)
    func `target, environment, stage, stack and counts stand on every size`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let update = TargetUpdate(
            target: .instance(service: "shop", name: "qa"), set: [InputAssignment(input: "desired_count", text: "3")])
        let rows = bench.rows(ReviewPage(request: .updateInstance(update), title: "change shop/qa"), size: size)
        #expect(rows.hasRow("update shop/qa"))
        #expect(rows.hasRow("net", "test", "baryon-svc--shop--qa"))
        #expect(rows.hasRow("+0") && rows.hasRow("~1"))
        #expect(!rows.text.contains("000000000000"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `a local order says that nothing is made in a cloud`(size: Size) throws {
        let bench = try ScreenBench()
        let rows = bench.rows(ReviewPage(request: bench.network, title: "new environment net"), size: size)
        #expect(rows.hasRow("local: creates nothing in a cloud"))
        #expect(rows.hasRow("CHECKS", "ok ", "FAIL 0"))
        #expect(rows.hasRow("CHANGE", "RESOURCE", "TYPE"))
        #expect(rows.hasRow("OPENS ACCESS") && rows.hasRow("ADDED", "2"))
        let unfolded = bench.rows(
            ReviewPage(request: bench.network, title: "new environment net"), ["G", "Enter", "j"], size: size)
        #expect(unfolded.hasRow("+ add", "EC2::VPC"))
    }

    @Test func `narrow, the checks stand above the list of changes`() throws {
        let bench = try ScreenBench()
        let page = ReviewPage(request: bench.network, title: "new environment net")
        let rows = bench.rows(page, size: Size(80, 24))
        let checks = try #require(rows.firstIndex { $0.contains("CHECKS") })
        let changes = try #require(rows.firstIndex { $0.contains("RESOURCE") })
        #expect(checks == 1 && changes > checks)
    }

    @Test func `checks that passed in all steps fold into one line each`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let rows = bench.rows(ReviewPage(request: bench.service, title: "new service shop"))
        #expect(rows.count { $0.contains("ok    rendering") } == 1)
        #expect(rows.hasRow("rendering", "In order in all 3 steps."))
    }

    @Test func `the list scrolls to its last change and tells where it is`() throws {
        let bench = try ScreenBench()
        let page = ReviewPage(request: bench.network, title: "new environment net")
        let count = try bench.engine.plan(bench.network).changes.count
        #expect(bench.rows(page, size: Size(80, 24)).last?.contains("1/\(count)") == true)
        let unfolded = bench.rows(page, ["G", "Enter", "G"], size: Size(80, 24))
        #expect(unfolded.last?.contains("\(count)/\(count)") == true)
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `o tells where a line of a file comes from, and who set its values`(size: Size) throws {
        let bench = try ScreenBench()
        let page = ReviewPage(request: bench.network, title: "new environment net")
        let file: [KeyEvent] = ["Tab", "Tab", "Tab"]
        let rows = bench.rows(page, file + ["o"] + Array(repeating: KeyEvent("j"), count: 12), size: size)
        #expect(rows.hasRow("line ") || rows.hasRow("stands so in the template"))
        let plain = bench.rows(page, file, size: size)
        #expect(bench.rows(page, file + ["o", "Esc"], size: size) == plain)
        #expect(rows != plain)
    }

    @Test func `a changed file marks its words, and n goes to the change`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let update = TargetUpdate(
            target: .instance(service: "shop", name: "qa"), set: [InputAssignment(input: "desired_count", text: "3")])
        let page = ReviewPage(request: .updateInstance(update), title: "change shop/qa")
        let rows = bench.rows(page, ["Tab", "Tab", "Tab", "n"])
        #expect(rows.hasRow("- ", "DesiredCount: 1"))
        #expect(rows.hasRow("+ ", "DesiredCount: 3"))
        #expect(rows.hasRow("change 1 of 1"))
    }

    @Test(arguments: [KeyEvent("Esc"), "Enter"])
    func `leaving the field keeps the reason and the review`(key: KeyEvent) throws {
        let bench = try ScreenBench()
        let page = ReviewPage(request: bench.network, title: "new environment net")
        for size in ScreenBench.sizes {
            let typing = bench.rows(page, ["w"] + Tests.keys("because D"), size: size)
            #expect(typing.hasRow("WHY", "because D"))
            let rows = bench.rows(page, ["w"] + Tests.keys("because D") + [key], size: size)
            #expect(rows[0].contains("Review"))
            if size.height > 10 { #expect(rows.hasRow("why", "because D")) }
        }
        let leaving = bench.rows(page, ["w"] + Tests.keys("because") + [key, "Esc"])
        #expect(leaving.hasRow("Leave the review?"))
    }

    @Test func `a destruction asks for the name of what goes`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        for (destruction, name) in [
            (Destruction.instance(service: "shop", name: "qa"), "shop/qa"), (.service("shop"), "shop"),
        ] {
            let page = ReviewPage(request: .destroy(destruction), title: "delete")
            let asked = bench.rows(page, ["D"])
            #expect(asked.hasRow("Destroy \(name)?"))
            #expect(asked.hasRow("Type \(name):"))
        }
        let page = ReviewPage(request: .destroy(.instance(service: "shop", name: "qa")), title: "delete")
        #expect(bench.rows(page, ["D"] + Tests.keys("qa") + ["Enter"]).hasRow("Type shop/qa"))
        #expect(!bench.rows(page, ["D"] + Tests.keys("shop/qa") + ["Enter"]).hasRow("Type shop/qa"))
    }

    @Test func `edit inputs of a retry opens the form of its target`() async throws {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network, failAt: "Vpc")
        let page = ReviewPage(request: .retry(id), title: "try \(id) again")
        let rows = bench.rows(page, ["e"])
        #expect(rows[0].contains("change net"))
        let destruction = ReviewPage(request: .destroy(.environment("net")), title: "delete net")
        #expect(bench.rows(destruction, ["e"]).hasRow("edit inputs: there are no inputs to edit"))
    }

    @Test func `an order with faults opens on them and can't be submitted`() throws {
        let bench = try ScreenBench()
        let order = EnvironmentOrder(
            name: "net", template: "fargate-cluster", spec: "proton: EnvironmentSpec\nspec:\n  vpc_cidr: nonsense\n")
        for size in ScreenBench.sizes {
            let page = ReviewPage(request: .createEnvironment(order), title: "new environment net")
            let rows = bench.rows(page, ["D"], size: size)
            #expect(rows.hasRow("deploy: faults stand against it"))
            #expect(rows.hasRow("FAIL"))
        }
    }

    @Test(arguments: ScreenBench.sizes)
    func `escape codes and direction marks stay text`(size: Size) throws {
        let bench = try ScreenBench()
        let order = EnvironmentOrder(
            name: "net", template: "fargate-cluster",
            spec: "proton: EnvironmentSpec\nspec:\n  vpc_cidr: \"\\e[31m\\u202Eabc\"\n")
        let page = ReviewPage(request: .createEnvironment(order), title: "new \u{1B}[2J\u{202E}net")
        for keys in [[], ["Tab"], ["Tab", "Tab"]] as [[KeyEvent]] {
            let text = bench.rows(page, keys, size: size).text
            #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
        }
    }
}
