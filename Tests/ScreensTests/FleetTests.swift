import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct FleetPageTests {
    @Test(arguments: InboxTests.sizes)
    func `an empty fleet says where to order`(size: Size) throws {
        let walk = try ScreenBench().walk(FleetPage(), size)
        #expect(walk.text.contains("Nothing is here: + orders"))
        #expect(walk.text.contains("[Instances 0]"))
    }

    @Test(arguments: InboxTests.sizes)
    func `a failed row says so in its first column`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try await bench.order(
            .updateInstance(
                TargetUpdate(
                    target: .instance(service: "shop", name: "dev"),
                    set: [InputAssignment(input: "cpu", text: "512"), InputAssignment(input: "memory", text: "1024")])),
            failAt: "TargetGroup")
        let walk = bench.walk(FleetPage(), size)
        #expect(walk.row("! shop/dev") != nil)
        #expect(walk.row("shop/prod")?.contains("!") == false)
        if size.height >= 24 {
            #expect(walk.text.contains("cause     TargetGroup: It was asked to fail at TargetGroup"))
        }
    }

    @Test func `tabs have their counts, and services a row each`() async throws {
        let bench = try ScreenBench()
        try await bench.fill(services: ["shop", "cart"])
        var walk = bench.walk(FleetPage())
        #expect(walk.text.contains("[Instances 4]  Environments 2   Pipelines 2   Components 0   Services 2"))
        await walk.press("Tab", "Tab", "Tab", "Tab")
        #expect(walk.text.contains("[Services 2]"))
        let row = try #require(walk.row("cart"))
        #expect(row.contains("fargate-service"))
        #expect(row.contains(" 3  "))
        await walk.press("Enter")
        #expect(walk.rows[0].contains("Service › cart"))
    }

    @Test func `view and sort are always to be seen`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        var walk = bench.walk(FleetPage())
        #expect(walk.text.contains("view: all   sort: name"))
        await walk.press("f", "s")
        #expect(walk.text.contains("view: behind   sort: environment"))
        #expect(walk.text.contains("Nothing is behind: f shows the next view."))
    }

    @Test func `marked rows are updated in one review`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        var walk = bench.walk(FleetPage())
        await walk.press("Space", "j", "Space")
        #expect(walk.text.contains("2 marked"))
        await walk.press("U")
        #expect(walk.rows[0].contains("update 2 targets to fargate-service 1.1"))
    }

    @Test func `mine comes first, and one key shows everybody's`() async throws {
        let bench = try ScreenBench(owner: "ana")
        try await bench.fill(services: ["shop"], owner: "ana")
        try await bench.addService("cart", owner: "bo")
        var walk = bench.walk(FleetPage())
        #expect(walk.text.contains("mine: ana"))
        #expect(walk.row("cart/dev") == nil)
        await walk.press("a")
        #expect(walk.text.contains("everybody's"))
        #expect(walk.row("cart/dev") != nil)
    }

    @Test func `no template name is cut while there is room`() async throws {
        let bench = try ScreenBench()
        try await bench.order(
            .createEnvironment(EnvironmentOrder(name: "data", template: "fargate-cluster-with-database")))
        var walk = bench.walk(FleetPage())
        await walk.press("Tab")
        #expect(walk.row("data")?.contains("fargate-cluster-with-database") == true)
    }

    @Test(arguments: [Size(120, 36), Size(80, 24), Size(40, 10)])
    func `what is said about a row can be read to its end`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        var walk = bench.walk(FleetPage(), size)
        await walk.press("p", "G")
        #expect(walk.text.contains("ServiceUrl") || walk.text.contains("LogGroup"))
        #expect(!walk.text.contains("more line"))
    }

    @Test func `hostile text in owners and reasons stays harmless`() async throws {
        let evil = "\u{1B}[31mred\u{7}\u{202E}evil" + String(repeating: "x", count: 60)
        let bench = try ScreenBench()
        try await bench.order(
            .createEnvironment(EnvironmentOrder(name: "lab", template: "fargate-cluster", owner: "\u{202E}evil")),
            why: evil)
        for size in InboxTests.sizes {
            for page in [FleetPage(), HomePage(), CatalogPage(), InboxPage()] as [any Screens.Page] {
                var walk = bench.walk(page, size)
                await walk.press("Tab", "p")
                let scalars = walk.text.unicodeScalars
                #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E || $0.value == 0x7F })
            }
        }
    }
}
