import Documents
import Foundation
import Testing

/// Stacks that Proton left behind are taken in by reading alone.
@Suite(.enabled(if: Estate.python != nil, "skipped: python3 with moto, or aws, is not installed"))
struct AdoptionTests {
    @Test func `200 stacks are taken in without a writing call, and those changed outside are told`() async throws {
        let estate = try Estate(environments: 60, services: 70, changed: 10)
        defer { estate.stop() }
        let program = estate.program
        try estate.registerTemplates()
        let started = Date()
        let scan = try program.run("adopt", "scan", "--connection", "proton", "--to", "inventory.yaml")
        #expect(scan.code == 0, "\(scan.talk)")
        let scanned = Date()
        let apply = try program.run("adopt", "apply", "inventory.yaml", "--output", "json")
        #expect(apply.code == 0, "\(apply.talk)")
        let applied = Date()
        let targets = try #require(Self.value(apply.out)["targets"]?.list)
        let verdicts = Dictionary(grouping: targets) { $0["verdict"]?.string ?? "" }
        #expect(targets.count == 200)
        #expect(verdicts["clean"]?.count == 190)
        let changed = Set((verdicts["differs"] ?? []).compactMap { $0["target"]?.string })
        #expect(changed == Set((0..<10).map { "environment/env-00\($0)" }))
        let calls = try estate.calls()
        #expect(
            calls.allSatisfy { call in ["Describe", "Get", "List"].contains { call.hasPrefix($0) } }, "\(Set(calls))")
        print(
            "adopted: 200 stacks, \(calls.count) calls, none writing; scan \(Int(scanned.timeIntervalSince(started))) s, apply \(Int(applied.timeIntervalSince(scanned))) s"
        )
        // What is clean has nothing to change; what is not says what.
        for target in targets {
            let id = target["target"]?.string ?? ""
            let parts = id.split(separator: "/").map(String.init)
            let plan =
                parts[0] == "environment"
                ? try program.run("environment", "update", parts[1], "--to", "1.0", "--plan")
                : try program.run("instance", "update", "\(parts[1])/\(parts[2])", "--to", "1.0", "--plan")
            #expect(plan.code == (changed.contains(id) ? 2 : 0), "\(id): \(plan.out) \(plan.talk)")
        }
        #expect(try estate.calls().count == calls.count)
        // A difference is told with the line of the template that it is about.
        let listed = try program.run("adopt", "list", "env-000")
        #expect(listed.out.contains("infrastructure/cloudformation.yaml:4"), "\(listed.out)")
        let again = try program.run("adopt", "scan", "--connection", "proton")
        #expect(!again.out.contains("AWSProton-"), "what is in the workspace is not found again: \(again.out)")
    }

    private static func value(_ text: String) -> Value {
        Document.read(Source(name: "out", text: text), as: .json).document?.value ?? .null
    }
}
