import Catalog
import Documents
import Engine
import Foundation
import Synchronization
import Testing

/// A workspace of its own in a temporary directory, with the starter catalog.
final class Bench {
    let directory: String
    let engine: Engine

    init(access: Access = Access()) throws {
        directory = NSTemporaryDirectory() + "baryon-engine-\(UUID().uuidString)"
        let clock = Mutex<Int64>(1_795_000_000_000)
        engine = try Engine.open(Workspace(path: directory), actor: Actor(name: "ana"), access: access) {
            Instant(
                milliseconds: clock.withLock {
                    $0 += 1000; return $0
                })
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Plans, submits and carries out; gives the finished deployments.
    @discardableResult
    func deploy(
        _ request: OrderRequest, why: String = "", failAt: String? = nil
    ) async throws -> [Deployment] {
        let plan = try engine.plan(request)
        let faults = (plan.findings + plan.plans.flatMap(\.findings)).map(\.text).joined(separator: "\n")
        try #require(!plan.isBlocked, "\(faults) \(plan.plans.flatMap(\.checks).map(\.sentence))")
        let order = try engine.submit(plan, why: why)
        try await engine.run(RunnerOptions(failAt: failAt))
        return try order.deployments.map { try engine.deployment($0.id).deployment }
    }

    func orderNetwork() async throws {
        try await deploy(.createEnvironment(EnvironmentOrder(name: "net", template: "fargate-cluster")))
    }

    static let shop = """
        # the shop
        proton: ServiceSpec
        pipeline: {}
        instances:
          - name: dev
            environment: net
            spec:
              route_priority: 10 # first
          - name: prod
            environment: net
            spec:
              route_priority: 20
              desired_count: 3

        """

    func orderShop() async throws {
        try await orderNetwork()
        try await deploy(
            .createService(
                ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop, repository: "acme/shop"))
        )
    }
}

@Suite struct OrderTests {
    @Test func `an environment is ordered with its defaults alone`() async throws {
        let bench = try Bench()
        let done = try await bench.deploy(
            .createEnvironment(EnvironmentOrder(name: "net", template: "fargate-cluster")))
        #expect(done.map(\.phase) == [.succeeded])
        let detail = try bench.engine.target(.environment("net"))
        #expect(detail.outputs.contains { $0.key == "ClusterArn" && $0.value.hasPrefix("arn:aws:ecs:") })
        #expect(detail.row.running == VersionNumber(1, 0))
        #expect(!detail.resources.isEmpty)
    }

    @Test func `a wrong input is named with its place and what would be right`() throws {
        let bench = try Bench()
        let plan = try bench.engine.plan(
            .createEnvironment(
                EnvironmentOrder(
                    name: "net", template: "fargate-cluster",
                    spec: "proton: EnvironmentSpec\nspec:\n  vpc_cidr: 10.0.0.0/33\n  nat_gateways: four\n"))
        )
        #expect(plan.isBlocked)
        #expect(plan.exitCode == 4)
        #expect(plan.findings.compactMap(\.place?.line) == [3, 4])
        #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
        #expect(try bench.engine.fleet(FleetQuery(level: .all)).total == 0)
    }

    @Test func `a service is two instances and a pipeline in one order`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let service = try bench.engine.service("shop")
        #expect(service.instances.map(\.target.name) == ["dev", "prod"])
        #expect(service.instances.allSatisfy { $0.phase == .succeeded })
        #expect(service.pipeline?.phase == .succeeded)
        let pipeline = try bench.engine.target(.pipeline(service: "shop"))
        #expect(pipeline.outputs.contains { $0.key == "PipelineName" })
        let file = try #require(bench.engine.deployment(pipeline.deployments[0].id).plan?.files.first)
        #expect(!file.text.contains("known-after"))
        #expect(file.text.contains("arn:aws:ecs:"))
    }

    @Test func `a pipeline goes through the instances in the order of the spec, whatever their names`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let spec = """
            proton: ServiceSpec
            pipeline: {}
            instances:
              - {name: prod, environment: net, spec: {route_priority: 20}}
              - {name: dev, environment: net, spec: {route_priority: 10}}

            """
        let done = try await bench.deploy(
            .createService(
                ServiceOrder(name: "shop", template: "fargate-service", spec: spec, repository: "acme/shop")))
        #expect(done.map(\.phase) == [.succeeded, .succeeded, .succeeded])
        let again = try bench.engine.plan(
            .updatePipeline(TargetUpdate(target: .pipeline(service: "shop"), version: .exact(VersionNumber(1, 0)))))
        #expect(again.plans.first?.changes.isEmpty == true)
    }

    @Test func `a failed deployment names its cause, undoes what it did, and can be mended`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let bad = Bench.shop.replacing(
            "route_priority: 10 # first", with: "route_priority: 10\n      cpu: 256\n      memory: 4096")
        let done = try await bench.deploy(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: bad)))
        #expect(done.map(\.phase) == [.failed, .cancelled, .cancelled])
        let failure = try #require(done[0].failure)
        #expect(failure.reason.contains("memory"))
        #expect(!failure.undone.isEmpty)
        let mended = try await bench.deploy(
            .updateInstance(
                TargetUpdate(
                    target: .instance(service: "shop", name: "dev"),
                    set: [InputAssignment(input: "memory", text: "512")])))
        #expect(mended.map(\.phase) == [.succeeded])
    }

    @Test func `a spec that says nothing of the pipeline gets the pipeline's defaults`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let spec = Bench.shop.replacing("pipeline: {}\n", with: "")
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        #expect(!plan.isBlocked)
        #expect(plan.plans.last?.inputs["dockerfile"] != nil)
    }

    @Test func `one input of one instance is changed and nothing else`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let target = Target.instance(service: "shop", name: "prod")
        let request = OrderRequest.updateInstance(
            TargetUpdate(target: target, set: [InputAssignment(input: "desired_count", text: "4")]))
        let plan = try bench.engine.plan(request)
        #expect(plan.plans.map(\.target) == [target])
        let causes = plan.changes.flatMap(\.causes)
        #expect(causes.contains { $0.input == "desired_count" && $0.new == "4" })
        try await bench.deploy(request)
        let detail = try bench.engine.target(target)
        #expect(detail.inputs["desired_count"] == 4)
        #expect(detail.record.desired.spec.contains("# the shop"))
        #expect(try bench.engine.target(.instance(service: "shop", name: "dev")).deployments.count == 1)
    }

    @Test func `leaving an instance out is refused unless it is named`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let plan = try bench.engine.plan(.destroy(.instance(service: "shop", name: "prod")))
        #expect(plan.plans.map(\.action).contains(.destroy))
        let content = try #require(
            bench.engine.readSpec(bench.engine.currentSpec(ofService: "shop"), kind: .service).content)
        var smaller = content
        smaller.instances.removeLast()
        let text = bench.engine.serviceSpec(smaller)
        let refused = try bench.engine.plan(.updateService(ServiceUpdate(name: "shop", spec: text)))
        #expect(refused.findings.contains { $0.code == "service.removal" })
        let done = try await bench.deploy(.updateService(ServiceUpdate(name: "shop", spec: text, remove: ["prod"])))
        #expect(done.allSatisfy { $0.phase == .succeeded })
        #expect(try bench.engine.service("shop").instances.map(\.target.name) == ["dev"])
    }

    @Test func `a new minor is recommended, applied, withdrawn, and the inbox follows`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let engine = bench.engine
        _ = try engine.publish("fargate-service", VersionNumber(1, 1))
        #expect(try engine.recommendations(template: "fargate-service").map(\.step) == [.minor, .minor, .minor])
        let dev = Target.instance(service: "shop", name: "dev")
        let minor = OrderRequest.updateInstance(TargetUpdate(target: dev, version: .exact(VersionNumber(1, 1))))
        #expect(try engine.plan(minor).changes.allSatisfy { $0.kind != .replace || $0.consequence == .routine })
        try await bench.deploy(minor)
        _ = try engine.withdraw("fargate-service", VersionNumber(1, 1), why: "health checks flap")
        let moves = try engine.recommendations(template: "fargate-service")
        #expect(moves.map(\.target) == [dev])
        #expect(moves.first?.step == .back)
        #expect(moves.first?.reason == "1.1 was withdrawn: health checks flap")
        _ = try engine.recommend("fargate-service", VersionNumber(1, 0))
        try await bench.deploy(.updateInstance(TargetUpdate(target: dev, version: .exact(VersionNumber(1, 0)))))
        #expect(try engine.recommendations(template: "fargate-service").isEmpty)
    }

    @Test func `a major moves nothing by itself, carries a renamed answer over, and asks only for the new one`()
        async throws
    {
        let bench = try Bench()
        try await bench.orderShop()
        let engine = bench.engine
        _ = try engine.publish("fargate-service", VersionNumber(2, 0))
        let prod = Target.instance(service: "shop", name: "prod")
        #expect(try engine.target(prod).row.drift == .major)
        let carried = try engine.upgradeInputs(prod, to: VersionNumber(2, 0))
        #expect(carried.inputs["task_count"] == 3)
        #expect(carried.lines.filter { $0.fate == .asked }.map(\.input) == ["owner_email"])
        let bare = try engine.plan(.updateInstance(TargetUpdate(target: prod, version: .exact(VersionNumber(2, 0)))))
        #expect(bare.isBlocked)
        #expect(bare.findings.filter { $0.severity == .error }.count == 1)
        let done = try await bench.deploy(
            .updateInstance(
                TargetUpdate(
                    target: prod, version: .exact(VersionNumber(2, 0)),
                    set: [InputAssignment(input: "owner_email", text: "ana@example.com")])))
        #expect(done.map(\.phase) == [.succeeded])
        #expect(try engine.target(prod).row.running == VersionNumber(2, 0))
    }

    @Test func `everything is as it was after opening again`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let again = try Engine.open(Workspace(path: bench.directory), actor: Actor(name: "ben")) {
            Instant(milliseconds: 0)
        }
        #expect(try again.fleet(FleetQuery(level: .all)).rows == bench.engine.fleet(FleetQuery(level: .all)).rows)
        #expect(try again.catalog(CatalogQuery()).total == 6)
    }

    @Test func `an environment in use is not deleted, an empty one is`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        #expect(try bench.engine.plan(.destroy(.environment("net"))).findings.map(\.code) == ["environment.inUse"])
        try await bench.deploy(.destroy(.service("shop")))
        #expect(throws: Refusal.self) { try bench.engine.service("shop") }
        try await bench.deploy(.destroy(.environment("net")))
        #expect(try bench.engine.fleet(FleetQuery(level: .all)).total == 0)
    }
}
