import Catalog
import Documents
import Engine
import Foundation
import Screens
import Terminal
import Testing

@Suite struct ComponentPageTests {
    private static let fn = Target.instance(service: "fn", name: "prod")
    private static let text = """
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        Outputs:
          QueueArn:
            Value: !GetAtt Queue.Arn

        """

    /// A network with a function in it, and a file for a component.
    private func bench() async throws -> (bench: ScreenBench, path: String) {
        let bench = try ScreenBench()
        try await bench.order(.createEnvironment(EnvironmentOrder(name: "net", template: "vpc-network")))
        let spec = "proton: ServiceSpec\npipeline: {}\ninstances:\n  - {name: prod, environment: net, spec: {}}\n"
        try await bench.order(
            .createService(
                ServiceOrder(name: "fn", template: "lambda-function", spec: spec, repository: "acme/fn")))
        let path = bench.directory + "/queue.yaml"
        try Data(Self.text.utf8).write(to: URL(fileURLWithPath: path))
        return (bench, path)
    }

    private func attached() async throws -> (bench: ScreenBench, path: String) {
        let (bench, path) = try await bench()
        let source = try await Engine.componentSource(path)
        try await bench.order(
            .createComponent(ComponentOrder(name: "queue", attachment: Self.fn, source: source, owner: "")))
        return (bench, path)
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `from an instance a component is ordered by keys, with the instance filled in`(size: Size) async throws {
        let (bench, path) = try await bench()
        var walk = bench.walk(TargetPage(Self.fn), size)
        await walk.press("c")
        #expect(walk.rows.hasRow("Attached to", "fn/prod"))
        #expect(!walk.rows.hasRow("Environment"))
        await walk.press("Enter")
        #expect(walk.text.contains("give it a name first"))
        await walk.type("queue")
        await walk.press("Tab")
        await walk.type(path)
        await walk.press("Enter")
        #expect(walk.rows.hasRow("create queue", "file", "1.0"))
        #expect(walk.text.contains("Queue"))
    }

    @Test func `an instance is offered while its name is typed, and taken by a key`() async throws {
        let (bench, _) = try await bench()
        var walk = bench.walk(ComponentPage())
        await walk.press("Tab", "Tab")
        await walk.type("f")
        #expect(walk.rows.hasRow("Right", "fn/prod"))
        await walk.press("Right")
        #expect(walk.rows.hasRow("Attached to", "fn/prod"))
    }

    @Test func `a file that can't be read is told, and nothing typed is lost`() async throws {
        let (bench, _) = try await bench()
        var walk = bench.walk(ComponentPage(attaching: Self.fn))
        await walk.type("queue")
        await walk.press("Tab")
        await walk.type("/nowhere/queue.yaml")
        await walk.press("Enter")
        #expect(walk.text.contains("A component's file must be there"))
        #expect(walk.rows.hasRow("Name", "queue"))
        #expect(walk.rows.hasRow("File", "/nowhere/queue.yaml"))
    }

    @Test func `what was typed waits on Home, and is gone once it is ordered`() async throws {
        let (bench, path) = try await bench()
        var walk = bench.walk(ComponentPage(attaching: Self.fn))
        await walk.type("queue")
        await walk.press("Tab")
        await walk.type(path)
        await walk.press("Esc")
        #expect(try bench.engine.drafts().map(\.title) == ["new component queue"])
        #expect(bench.rows(HomePage()).hasRow("draft", "new component queue", "component"))
        let draft = try #require(try bench.engine.drafts().first)
        guard case .open(let page)? = FormPage.opening(draft: draft.id, bench.desk()).first else {
            Issue.record("the draft opens nothing")
            return
        }
        var again = bench.walk(page)
        #expect(again.rows.hasRow("Name", "queue") && again.rows.hasRow("Attached to", "fn/prod"))
        await again.press("Enter")
        #expect(again.rows.hasRow("create queue", "file", "1.0"))
        await again.press("D", "y")
        #expect(try bench.engine.drafts().isEmpty)
    }

    @Test(arguments: [Size(120, 36), Size(80, 24), Size(40, 10)])
    func `its page tells what it is attached to, shows its file and leads to its instance`(size: Size) async throws {
        let (bench, _) = try await attached()
        var walk = bench.walk(TargetPage(.component("queue")), size)
        #expect(walk.rows.hasRow("attached", "fn/prod"))
        #expect(!walk.text.contains("edit inputs"))
        await walk.press("Tab")
        #expect(walk.rows.hasRow("Type: AWS::SQS::Queue"))
        await walk.press("S-Tab")
        // On a low screen the first steps bring the row into sight.
        for _ in 0..<(size.height > 10 ? 1 : 3) { await walk.press("Down") }
        await walk.press("Enter")
        #expect(walk.rows[0].contains("fn/prod"))
    }

    @Test func `the instance says that what its component gives is new, and is deployed again by a key`() async throws {
        let (bench, _) = try await attached()
        var walk = bench.walk(TargetPage(Self.fn))
        #expect(walk.rows.hasRow("component", "queue", "new to it: J deploys again"))
        #expect(walk.rows.hasRow("delete: its component is to be detached first"))
        #expect(bench.rows(HomePage()).hasRow("to deploy", "fn/prod"))
        await walk.press("J")
        #expect(walk.text.contains("QueueArn"))
        try await bench.order(TargetUpdate(target: Self.fn, version: .exact(VersionNumber(1, 0))).request)
        #expect(!bench.rows(TargetPage(Self.fn)).hasRow("J deploys again"))
        #expect(!bench.rows(HomePage()).hasRow("to deploy"))
    }

    @Test func `emptying the instance detaches`() async throws {
        let (bench, _) = try await attached()
        let record = try bench.engine.target(.component("queue")).record
        var walk = bench.walk(ComponentPage(changing: record))
        await walk.press("Tab", "Ctrl-U", "Enter")
        #expect(walk.rows[0].contains("detach queue"))
        #expect(walk.rows.hasRow("AFTERWARDS"))
        #expect(walk.rows.hasRow("fn/prod is without queue"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `the fleet lists components with what they are attached to`(size: Size) async throws {
        let (bench, _) = try await attached()
        let rows = bench.rows(FleetPage(), ["Tab", "Tab", "Tab"], size: size)
        #expect(rows.hasRow("[Components 1]"))
        #expect(rows.hasRow("queue", "fn/prod"))
        #expect(rows.hasRow("attached to fn/prod"))
        let empty = try ScreenBench()
        #expect(
            empty.rows(FleetPage(), ["Tab", "Tab", "Tab"], size: size).hasRow("No component is here: + orders one."))
    }
}
