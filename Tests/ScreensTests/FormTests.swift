import Catalog
import Documents
import Engine
import Foundation
import Schemas
import Screens
import Synchronization
import Terminal
import Testing

extension FormModel {
    mutating func go(to input: String, section: Int) {
        guard let index = sections[section].entries.firstIndex(where: { $0.field.name == input }) else { return }
        move(to: Spot(section: section, entry: index))
    }

    mutating func enter(_ text: String) { for key in Tests.keys(text) { _ = type(key) } }
}

enum Tests {
    static func keys(_ text: String) -> [KeyEvent] {
        text.map { $0 == " " ? "Space" : KeyEvent(stringLiteral: String($0)) }
    }
}

@Suite struct FormModelTests {
    @Test func `a new environment asks its name and takes every default`() throws {
        let bench = try ScreenBench(owner: "team")
        var model = try bench.model("fargate-cluster")
        #expect(model.counts() == (toFill: 1, wrong: 0))
        let isAllowed = model.submit()
        #expect(!isAllowed)
        #expect(model.shownFaults(at: model.focus).count == 1)
        model.enter("net")
        #expect(model.isComplete)
        guard case .createEnvironment(let order) = model.request(bench.engine) else {
            Issue.record("not an environment")
            return
        }
        #expect(order.name == "net")
        #expect(order.owner == "team")
        #expect(order.stage == .test)
        #expect(try !bench.engine.plan(.createEnvironment(order)).isBlocked)
    }

    @Test func `a fault shows once its field was left, and goes as soon as it is mended`() throws {
        let bench = try ScreenBench(owner: "team")
        var model = try bench.model("fargate-cluster")
        model.go(to: "vpc_cidr", section: 1)
        model.enter("10.0.0.0/33")
        let spot = model.focus
        #expect(model.shownFaults(at: spot).isEmpty)
        model.step(1)
        let fault = try #require(model.shownFaults(at: spot).first)
        #expect(fault.message == "VPC address range must be an IPv4 block with a size from /16 to /28.")
        #expect(fault.hint?.contains("10.40.0.0/16") == true)
        model.move(to: spot)
        _ = model.type("Backspace")
        _ = model.type("Backspace")
        model.enter("16")
        #expect(model.shownFaults(at: spot).isEmpty)
        model.give(nil)
        #expect(model[spot].answer == nil)
        #expect(model[spot].shownText == "10.40.0.0/16")
    }

    @Test func `a copied instance has the answers of its source and needs a name of its own`() async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        var model = try bench.model("fargate-service")
        model.enter("shop")
        model.go(to: "name", section: 1)
        model.enter("dev")
        model.go(to: "route_priority", section: 1)
        model.enter("10")
        model.go(to: "path_prefix", section: 1)
        model.enter("/shop")
        model.addInstance()
        #expect(model.instances.map(\.title) == ["dev", "new instance"])
        #expect(model.instances[1].value(part: 1)["path_prefix"] == "/shop")
        #expect(model.instances[1].value(part: 1)["route_priority"] == nil)
        model.enter("dev")
        #expect(!model.isComplete)
        _ = model.type("Ctrl-W")
        model.enter("prod")
        model.go(to: "route_priority", section: 2)
        model.enter("20")
        let differing = model.comparison.filter(\.differs).map(\.label)
        #expect(differing == ["Name", "Route priority"])
        let isAllowed = model.submit()
        #expect(isAllowed)
        guard case .createService(let order) = model.request(bench.engine) else {
            Issue.record("not a service")
            return
        }
        let content = try #require(bench.engine.readSpec(order.spec, kind: .service).content)
        #expect(content.instances.map(\.name) == ["dev", "prod"])
        #expect(content.instances.allSatisfy { $0.environment == "net" })
        #expect(try bench.engine.plan(.createService(order)).plans.count == 3)
    }

    @Test func `a draft gives back every answer`() async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        var model = try bench.model("fargate-service")
        model.enter("shop")
        model.go(to: "environment_variables", section: 1)
        model.enter("A=1")
        _ = model.type("Enter")
        model.enter("B=2")
        model.addInstance()
        model.enter("second")
        let draft = Draft(
            id: "d", title: model.title, template: "fargate-service", version: VersionNumber(1, 0),
            content: model.content, updatedAt: Instant(milliseconds: 1))
        let again = try bench.opening.model(draft: draft)
        #expect(again.content == model.content)
        #expect(again.instances.map(\.title) == ["new instance", "second"])
        #expect(again.instances[0].value(part: 1)["environment_variables"] == ["A": "1", "B": "2"])
    }

    @Test func `text from an editor comes back as answers, and faulty text changes nothing`() throws {
        let bench = try ScreenBench(owner: "team")
        var model = try bench.model("fargate-cluster")
        let text = model.editedText(bench.engine)
        #expect(text.contains("vpc_cidr: VPC address range"))
        let edited = "# help\nproton: EnvironmentSpec\nspec:\n  vpc_cidr: 10.1.0.0/16\n"
        let clean = model.takeEdited(edited, bench.engine)
        #expect(clean.isEmpty)
        #expect(model.sections[1].value(part: 0) == ["vpc_cidr": "10.1.0.0/16"])
        let faulty = model.takeEdited("proton: [", bench.engine)
        #expect(!faulty.isEmpty)
        #expect(model.sections[1].value(part: 0) == ["vpc_cidr": "10.1.0.0/16"])
    }

    @Test func `an input of an editor's text that nothing asks for is told`() throws {
        let bench = try ScreenBench(owner: "team")
        var model = try bench.model("fargate-cluster")
        let said = model.takeEdited("proton: EnvironmentSpec\nspec:\n  bogus_key: 5\n", bench.engine)
        #expect(said.map(\.severity) == [.warning])
        #expect(said.first?.message.contains("bogus_key is no input here") == true)
    }

    @Test func `an editor gets one instance alone where only that is changed`() async throws {
        let bench = try ScreenBench()
        try await bench.orderShop()
        let model = try bench.opening.editing(.instance(service: "shop", name: "qa"))
        let text = model.editedText(bench.engine)
        #expect(text.contains("name: qa") && !text.contains("name: dev"))
    }
}

@Suite struct FormPageTests {
    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `a wrong address range is told at once with what would be right`(size: Size) throws {
        let bench = try ScreenBench(owner: "team")
        let keys: [KeyEvent] =
            Tests.keys("net") + ["Ctrl-N"] + Tests.keys("10.0.0.0/33") + ["Tab"]
        let shell = bench.shell(try bench.form("fargate-cluster"), keys, size: size)
        let rows = shell.view(size).surface.rows.joined(separator: "\n")
        #expect(rows.contains("! VPC address range must be an IPv4 block"))
        #expect(rows.contains("Write four numbers from 0 to 255"))
        #expect(rows.contains("1 fault"))
    }

    @Test func `the review waits for the answers, then opens`() throws {
        let bench = try ScreenBench(owner: "team")
        let early = bench.shell(try bench.form("fargate-cluster"), ["Ctrl-S"])
        #expect(!early.view(Size(120, 36)).surface.rows.joined().contains("Review"))
        let late = bench.shell(try bench.form("fargate-cluster"), ["Ctrl-S"] + Tests.keys("net") + ["Ctrl-S"])
        #expect(late.view(Size(120, 36)).surface.rows[0].contains("Review"))
    }

    @Test func `leaving keeps a draft, and looking keeps none`() throws {
        let bench = try ScreenBench(owner: "team")
        _ = bench.shell(try bench.form("fargate-cluster"), ["Tab", "Esc"])
        #expect(try bench.engine.drafts().isEmpty)
        _ = bench.shell(try bench.form("fargate-cluster"), Tests.keys("net") + ["Esc"])
        let draft = try #require(bench.engine.drafts().first)
        #expect(draft.title == "new environment net")
        guard case .open(let page)? = FormPage.opening(draft: draft.id, bench.desk()).first else {
            Issue.record("the draft did not open")
            return
        }
        let rows = bench.shell(page, []).view(Size(120, 36)).surface.rows.joined(separator: "\n")
        #expect(rows.contains("[net"))
    }

    @Test func `instances stand side by side`() async throws {
        let bench = try ScreenBench(owner: "team")
        try await bench.order(bench.network)
        let keys: [KeyEvent] =
            Tests.keys("shop") + ["Ctrl-N"] + Tests.keys("dev") + ["F2"] + Tests.keys("prod") + ["F3"]
        let shell = bench.shell(try bench.form("fargate-service"), keys)
        let rows = shell.view(Size(120, 36)).surface.rows
        #expect(rows.contains { $0.contains("dev") && $0.contains("prod") && $0.contains("differ") })
        #expect(rows.last?.contains("Esc back to the form") == true)
        for key in ["Esc", "F3", "q"] as [KeyEvent] {
            let form = bench.rows(try bench.form("fargate-service"), keys + ["j", key])
            #expect(!form.hasRow("differ") && form.hasRow("Route priority"))
        }
        let low = Size(80, 12)
        let top = bench.rows(try bench.form("fargate-service"), keys, size: low)
        let end = bench.rows(try bench.form("fargate-service"), keys + ["G"], size: low)
        #expect(top != end && end.hasRow("differ"))
    }

    @Test func `a service cannot be asked for before its environment, and that is said`() throws {
        let bench = try ScreenBench(owner: "team")
        let template = try bench.engine.template("fargate-service").template
        guard case .say(let line)? = FormPage.opening(template: template, .standard, bench.desk()).first else {
            Issue.record("the form opened")
            return
        }
        #expect(line.plain.contains("fargate-cluster 1"))
    }
}
