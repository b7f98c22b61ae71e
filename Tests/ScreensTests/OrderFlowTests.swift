import Catalog
import Documents
import Engine
import Schemas
import Screens
import Terminal
import Testing

@Suite struct OrderFlowTests {
    @Test func `a second submission does not follow the first`() async throws {
        let bench = try ScreenBench()
        let order = EnvironmentOrder(name: "lab", template: "fargate-cluster")
        var shell = bench.walk(ReviewPage(request: .createEnvironment(order), title: "new")).shell
        for key in ["D", "y"] as [KeyEvent] { _ = shell.update(.key(key)) }
        let again = shell.update(.key("D"))
        #expect(again.isEmpty)
        #expect(shell.view(Size(120, 36)).surface.rows.contains { $0.contains("it is being submitted") })
    }

    @Test func `after an order, going back leads to where it began`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        var walk = bench.walk(InboxPage())
        await walk.press("U")
        #expect(walk.rows[0].contains("Review"))
        await walk.press("D", "y")
        #expect(walk.rows[0].contains("Deployment"))
        await walk.press("Esc")
        #expect(walk.rows[0].contains("Inbox"))
    }

    @Test func `keys that come at once act on the row that they reached`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        var shell = bench.walk(FleetPage()).shell
        for key in ["G", "U"] as [KeyEvent] { _ = shell.update(.key(key)) }
        #expect(shell.view(Size(120, 36)).surface.rows[0].contains("shop/prod 1.0 → 1.1"))
    }

    @Test func `from an order of a whole service, Enter leads to the service`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let first = try await bench.order(bench.service)
        var walk = bench.walk(DeploymentPage(first))
        #expect(walk.text.contains("Done. Enter opens service shop."))
        await walk.press("Enter")
        #expect(walk.rows[0].contains("Service › shop"))
    }

    @Test func `a draft can be thrown away`() async throws {
        let bench = try ScreenBench()
        var form = bench.walk(HomePage())
        let opening = FormPage.opening(
            template: try bench.engine.template("vpc-network").template, .standard, Desk(engine: bench.engine))
        guard case .open(let page)? = opening.first else { return #expect(Bool(false), "no form") }
        form = bench.walk(page)
        await form.type("lab")
        await form.press("Esc")
        var walk = bench.walk(HomePage())
        #expect(walk.row("draft") != nil)
        await walk.press("X")
        #expect(walk.text.contains("Discard the draft?"))
        await walk.press("y")
        #expect(walk.row("draft  ") == nil)
        #expect(try bench.engine.drafts().isEmpty)
    }

    @Test func `a copy of an older instance carries a renamed answer over`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        let prod = Target.instance(service: "shop", name: "prod")
        try await bench.order(
            .updateInstance(TargetUpdate(target: prod, set: [.init(input: "desired_count", text: "3")])))
        try bench.publish("fargate-service", 2, 0)
        try await bench.order(
            .updateInstance(
                TargetUpdate(
                    target: .instance(service: "shop", name: "dev"), version: .exact(VersionNumber(2, 0)),
                    set: [.init(input: "owner_email", text: "shop@example.com")])))
        var model = try FormOpening(bench.engine, owner: "").service("shop")
        let place = try #require(model.sections.firstIndex { $0.head("name") == "prod" })
        model.move(to: try #require(model.spots.first { $0.section == place }))
        model.addInstance()
        let copy = try #require(model.instances.last)
        #expect(copy.entries.first { $0.field.name == "task_count" }?.shownText == "3")
    }

    @Test func `what each instance needs for itself is not copied, and told where it stands twice`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        var model = try FormOpening(bench.engine, owner: "").service("shop")
        model.addInstance()
        let priority = try #require(model.sections[model.focus.section].entries.firstIndex { $0.field.isUnique })
        let spot = FormModel.Spot(section: model.focus.section, entry: priority)
        #expect(!model[spot].isSet)
        model.move(to: FormModel.Spot(section: model.focus.section, entry: 1))
        _ = model.type("Right")
        model.move(to: spot)
        for key in KeyEvent.script("11") { _ = model.type(key) }
        #expect(model.faults[spot]?.first?.message.contains("has 11 too") == true)
    }
}
