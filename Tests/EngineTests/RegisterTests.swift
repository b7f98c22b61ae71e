import Catalog
import Documents
import Engine
import Foundation
import Testing

/// Registering bundles and trees of them.
@Suite struct RegisterTests {
    /// A small bundle in a directory below the bench.
    private func bundle(_ path: String, _ bench: Bench, template: String = RegisterTests.topic) throws -> String {
        let files = [
            "schema/schema.yaml": """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Topic
              types:
                Topic:
                  type: object
                  properties:
                    name: {type: string, default: news}
                    size: {type: number, default: 1}

            """,
            "infrastructure/manifest.yaml": """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}

            """,
            "infrastructure/cloudformation.yaml": template,
        ]
        let root = bench.directory + "/bundles/" + path
        for (name, text) in files {
            let url = URL(fileURLWithPath: root + "/" + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return root
    }

    private static let topic = """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: "{{ environment.inputs.name }}-{{ environment.inputs.size }}"
        {% if environment.inputs.size == 7 %}
            DependsOn: Nowhere
        {% endif %}

        """

    @Test func `the plan has one truth about the template`() async throws {
        let bench = try Bench()
        _ = try await bench.engine.register(Registration(path: bundle("topic", bench)))
        let order = EnvironmentOrder(
            name: "t", template: "topic", version: .exact(VersionNumber(1, 0)),
            spec: "proton: EnvironmentSpec\nspec: {size: 7}\n")
        let plan = try bench.engine.plan(.createEnvironment(order))
        let check = try #require(plan.plans.first?.checks.first { $0.name == "template" })
        #expect(check.outcome == .failed)
        #expect(check.sentence.contains("Nowhere"))
        #expect(plan.isBlocked)
    }

    @Test func `what is no template is not registered`() async throws {
        let bench = try Bench()
        let path = try bundle("bad", bench, template: "just words\n")
        await #expect(throws: Refusal.self) { try await bench.engine.register(Registration(path: path)) }
        let report = try await bench.engine.check(path: path)
        #expect(report.findings.map(\.code) == ["cloudformation.root"], "\(report.findings.map(\.text))")
    }

    @Test func `a tree is imported, and every directory that is skipped is named`() async throws {
        let bench = try Bench()
        _ = try bundle("tree/good/v1", bench)
        _ = try bundle("tree/half/v1.5", bench)
        _ = try bundle("tree/zero/v0", bench)
        _ = try bundle("tree/loose", bench)
        let tree = bench.directory + "/bundles/tree"
        for name in ["empty/v1", "docs"] {
            try FileManager.default.createDirectory(atPath: "\(tree)/\(name)", withIntermediateDirectories: true)
        }
        let report = try await bench.engine.importTree(path: tree)
        let refused = report.lines.filter(\.isRefused).map { $0.path.dropFirst(tree.count + 1) }
        #expect(refused == ["empty/v1", "half/v1.5", "loose", "zero/v0"])
        #expect(report.lines.first { $0.path.hasSuffix("docs") }?.findings.map(\.severity) == [.warning])
        #expect(report.lines.compactMap(\.result?.version.template) == ["good"])
    }

    @Test func `a minor needs its major`() async throws {
        let bench = try Bench()
        let path = try bundle("topic", bench)
        await #expect(throws: Refusal.self) {
            try await bench.engine.register(Registration(path: path, numbering: .nextMinorOfKnown(5)))
        }
        let first = try await bench.engine.register(Registration(path: path, numbering: .nextMinorOfKnown(1)))
        #expect(first.version.number == VersionNumber(1, 0))
        _ = try bundle("topic", bench, template: RegisterTests.topic + "# more\n")
        let second = try await bench.engine.register(Registration(path: path, numbering: .nextMinorOfKnown(1)))
        #expect(second.version.number == VersionNumber(1, 1))
    }

    @Test func `bundles that are registered at once get numbers of their own`() async throws {
        let bench = try Bench()
        let paths = try (1...8).map { try bundle("\($0)", bench, template: RegisterTests.topic + "# \($0)\n") }
        let engine = bench.engine
        let numbers = try await withThrowingTaskGroup(of: VersionNumber.self) { group in
            for path in paths {
                group.addTask {
                    try await engine.register(Registration(path: path, name: "topic")).version.number
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(numbers).count == 8)
        #expect(numbers.map(\.major).sorted() == Array(1...8))
    }

    @Test func `environments to run in are for services, and those that are not there are told`() async throws {
        let bench = try Bench()
        let path = try bundle("topic", bench)
        let more = [CompatibleEnvironment(template: "vpc-netwrk", major: 1)]
        await #expect(throws: Refusal.self) {
            try await bench.engine.register(Registration(path: path, compatibleWith: more))
        }
        let starter =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/Sources/CEmbedded/starter/fargate-service/v1.0"
        let registration = Registration(path: starter, name: "mine", compatibleWith: more)
        let fresh = try await bench.engine.register(registration)
        #expect(fresh.findings.contains { $0.severity == .warning && $0.hint == "Did you mean vpc-network?" })
        var other = registration
        other.compatibleWith = [CompatibleEnvironment(template: "fargate-cluster", major: 9)]
        let again = try await bench.engine.register(other)
        #expect(again.wasKnown)
        #expect(again.findings.contains { $0.message.contains("was not applied") })
    }

    @Test func `a workspace needs an absolute home`() throws {
        #expect(
            Workspace(option: nil, environment: ["XDG_DATA_HOME": "rel", "HOME": "/h"]).path == "/h/.local/share/baryon"
        )
        #expect(throws: Refusal.self) { try Workspace(option: nil, environment: ["HOME": "rel"]).checked() }
        #expect(throws: Refusal.self) { try Workspace(option: nil, environment: [:]).checked() }
        #expect(try Workspace(option: "here", environment: ["HOME": "rel"]).checked().path == "here")
    }
}
