import ArgumentParser
import Catalog
import Documents
import Engine
import Foundation

/// A rehearsal from its order to its end, and how soon somebody who watches sees it begin.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Times rehearsals of a generated template, from the order to the first event and to the end.")

    @Option(help: "How many resources; a multiple of 4.") var resources = 200
    @Option(help: "How many environments, one after the other.") var rounds = 10

    func run() async throws {
        let bench = try ScratchWorkspace()
        defer { bench.remove() }
        let bundle = "\(bench.directory)/many"
        try ManyResources(count: resources).write(to: bundle)
        let version = try await bench.engine.register(Registration(path: bundle, name: "many")).version
        _ = try bench.engine.publish(version.template, version.number)
        var (firsts, wholes): ([Duration], [Duration]) = ([], [])
        for round in 0...max(1, rounds) {
            let order = EnvironmentOrder(name: "many\(round)", template: "many")
            let (first, whole) = try await time(.createEnvironment(order), bench)
            // The first one warms up.
            guard round > 0 else { continue }
            firsts.append(first)
            wholes.append(whole)
        }
        Figures.head()
        Figures.row("order to its first event, seen by another", Samples(firsts), goal: "100 ms")
        Figures.row("rehearsal of \(resources) resources", Samples(wholes), goal: "1000 ms")
    }

    private func time(_ request: OrderRequest, _ bench: ScratchWorkspace) async throws -> (Duration, Duration) {
        let plan = try bench.engine.plan(request)
        // Somebody else's program, that reads when it is told of a change.
        let other = try bench.open()
        let changes = try other.changes()
        let start = ContinuousClock.now
        let order = try bench.engine.submit(plan)
        let id = order.deployments[0].id
        let watching = Task {
            for await _ in changes where try !other.events(of: id, limit: 1).isEmpty { break }
            return ContinuousClock.now - start
        }
        try await bench.engine.run()
        let whole = ContinuousClock.now - start
        let ended = try bench.engine.deployment(id).deployment
        guard ended.phase == .succeeded else { throw ValidationError(ended.failure?.reason ?? "It did not succeed.") }
        return (try await watching.value, whole)
    }
}

/// A template of queues, topics and what joins them.
private struct ManyResources {
    let count: Int

    func write(to directory: String) throws {
        let schema = """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Many
              types: {Many: {type: object, properties: {delay: {type: integer, default: 0}}}}
            """
        let manifest = """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}
            """
        var template = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
        for number in 1...max(1, count / 4) {
            template += """
                  Queue\(number):
                    Type: AWS::SQS::Queue
                    Properties: {DelaySeconds: {{ environment.inputs.delay }}}
                  Topic\(number):
                    Type: AWS::SNS::Topic
                    Properties: {DisplayName: "Topic \(number)"}
                  Subscription\(number):
                    Type: AWS::SNS::Subscription
                    Properties: {Protocol: sqs, TopicArn: !Ref Topic\(number), Endpoint: !GetAtt Queue\(number).Arn}
                  Log\(number):
                    Type: AWS::Logs::LogGroup
                    Properties: {RetentionInDays: 30}

                """
        }
        template += "Outputs:\n  Url:\n    Value: !Ref Queue1"
        let files = [
            ("schema/schema.yaml", schema), ("infrastructure/manifest.yaml", manifest),
            ("infrastructure/cloudformation.yaml", template),
        ]
        for (path, text) in files {
            let url = URL(fileURLWithPath: "\(directory)/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("\(text)\n".utf8).write(to: url)
        }
    }
}
