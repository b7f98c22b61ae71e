import Catalog
import Documents
import Engine
import Foundation
import Testing

/// What a plan says about specs that are wrong.
@Suite struct SpecFaultTests {
    private func plan(_ spec: String, _ bench: Bench) throws -> OrderPlan {
        try bench.engine.plan(
            .createEnvironment(EnvironmentOrder(name: "net", template: "vpc-network", spec: spec)))
    }

    private func lines(_ plan: OrderPlan) -> [String] {
        plan.findings.filter { $0.code != "service.repository" }
            .map { "\($0.place?.line ?? 0) \($0.severity.rawValue) \($0.code.rawValue)" }
    }

    @Test func `misspelt inputs are warned of, with the word that was meant`() throws {
        let plan = try plan("proton: EnvironmentSpec\nspec: {nat_gatways: 2}\n", Bench())
        #expect(lines(plan) == ["2 warning input.unknown"])
        #expect(plan.findings.first?.hint == "Did you mean nat_gateways?")
        #expect(!plan.isBlocked)
    }

    @Test(arguments: [
        ("proton: ServiceSpec\nspec: {}\n", ["1 error spec.kind"]),
        ("proton: Nonsense\nspec: {}\n", ["1 error spec.kind"]),
        ("specs: {}\nfoo: 1\n", ["1 error spec.kind", "1 error spec.unknown", "2 error spec.unknown"]),
        ("# nothing\n", ["1 error spec.empty"]),
    ])
    func `a spec of another shape is refused`(spec: String, wanted: [String]) throws {
        let plan = try plan(spec, Bench())
        #expect(plan.isBlocked)
        #expect(lines(plan) == wanted)
    }

    @Test func `all faults of a service's spec are told in the order of its lines, and nothing that follows from them`()
        async throws
    {
        let bench = try Bench()
        try await bench.orderNetwork()
        let spec = """
            proton: ServiceSpec
            pipeline: {dockerfil: x}
            instances:
              - name: dev
                environment: nosuch
                specs: {}
                spec: {desired_cont: 3, route_priority: 99999999}
              - nme: x
                environment: net
                spec: {route_priority: 2}
              - name: dev
                environment: net
                spec: {desired_count: -4}

            """
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        #expect(
            lines(plan) == [
                "2 warning input.unknown", "4 error environment.unknown", "6 error spec.unknown",
                "7 warning input.unknown", "7 error schema.maximum", "8 error spec.unknown", "11 error spec.duplicate",
                "13 error schema.required", "13 error schema.minimum",
            ], "\(plan.findings.map(\.text))")
        #expect(plan.plans.flatMap(\.findings).isEmpty, "\(plan.plans.flatMap(\.findings).map(\.text))")
    }

    @Test func `a missing input is called missing, and its absence is told once`() throws {
        let bench = try Bench()
        let spec = "proton: ServiceSpec\ninstances:\n  - {name: dev, environment: none}\n"
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        let check = try #require(plan.plans.first?.checks.first { $0.name == "inputs" })
        #expect(check.outcome == .failed)
        #expect(check.sentence.hasSuffix("inputs is missing."), "\(check.sentence)")
        #expect(plan.plans.flatMap(\.findings).isEmpty)
    }

    @Test func `unknown and bad single inputs are told together`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let set = ["nix": "1", "nuttn": "2", "vpc_cidr": "99"].sorted { $0.key < $1.key }
        let plan = try bench.engine.plan(
            .updateEnvironment(
                TargetUpdate(
                    target: .environment("net"), set: set.map { InputAssignment(input: $0.key, text: $0.value) })))
        #expect(plan.findings.map(\.code.rawValue) == ["input.unknown", "input.unknown", "schema.pattern"])
    }

    @Test func `names that would make a flag ambiguous are refused`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let spec = Bench.shop.replacing("name: dev", with: "name: pipeline")
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        #expect(plan.findings.filter { $0.severity == .error }.map(\.code) == ["name.reserved"])
        let service = try bench.engine.plan(
            .createService(ServiceOrder(name: "pipeline", template: "fargate-service", spec: Bench.shop)))
        #expect(service.findings.filter { $0.severity == .error }.map(\.code) == ["name.reserved"])
    }

    @Test func `owners and reasons have a length`() throws {
        let bench = try Bench()
        let long = String(repeating: "x", count: 101)
        let plan = try bench.engine.plan(
            .createEnvironment(EnvironmentOrder(name: "net", template: "vpc-network", owner: long)))
        #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
        let good = try bench.engine.plan(.createEnvironment(EnvironmentOrder(name: "net", template: "vpc-network")))
        #expect(throws: Refusal.self) { try bench.engine.submit(good, why: String(repeating: "x", count: 2001)) }
        _ = try bench.engine.submit(good, why: String(repeating: "x", count: 2000))
    }
}
