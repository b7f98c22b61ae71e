import Catalog
import Documents
import Engine
import Foundation
import Testing

@Suite struct CheckTests {
    private static let order = OrderRequest.createEnvironment(
        EnvironmentOrder(name: "net", template: "fargate-cluster"))

    private func check(_ level: Check.Level, _ script: String, format: CheckDefinition.Format = .baryon)
        -> CheckDefinition
    {
        CheckDefinition(
            name: "policy", level: level, command: ["/bin/sh", "-c", script, "policy", "{file}"], format: format)
    }

    private func plan(_ bench: Bench) async throws -> OrderPlan {
        try await bench.engine.checked(try bench.engine.plan(Self.order))
    }

    @Test func `a command sees the rendered file and the plan, and its findings point into the file`() async throws {
        let bench = try Bench()
        let script = """
            test -f "$1" || exit 9
            grep -q '"target":"environment/net"' || exit 8
            echo '{"findings":[{"severity":"warning","code":"X1","message":"Mind this.","file":"'"$1"'","line":2,"column":3}]}'
            """
        try bench.engine.addCheck(check(.soft, script))
        let policy = try #require(try await plan(bench).plans[0].checks.first { $0.name == "policy" })
        #expect(policy.outcome == .warned)
        #expect(policy.findings.map(\.code) == ["X1"])
        #expect(policy.findings[0].place?.line == 2)
        #expect(policy.findings[0].place?.sourceLine?.isEmpty == false)
    }

    @Test(arguments: [(Check.Level.advisory, false), (.soft, true), (.hard, true)])
    func `a failure blocks by the check's level`(level: Check.Level, blocks: Bool) async throws {
        let bench = try Bench()
        try bench.engine.addCheck(check(level, "echo no reason; exit 1", format: .exitCode))
        let plan = try await plan(bench)
        let policy = try #require(plan.plans[0].checks.first { $0.name == "policy" })
        #expect(policy.outcome == .failed)
        #expect(policy.sentence.contains("no reason"))
        #expect(plan.isBlocked == blocks)
        #expect(plan.exitCode == (blocks ? 4 : 2))
    }

    @Test func `what blocks is waived with a reason and an end, and only while it is soft`() async throws {
        let bench = try Bench()
        try bench.engine.addCheck(check(.soft, "exit 1", format: .exitCode))
        let later = bench.engine.now().adding(milliseconds: 3_600_000)
        #expect(throws: Refusal.self) { try bench.engine.waive("policy", why: "", until: later) }
        let waiver = try bench.engine.waive("policy", why: "the vendor mends it", until: later)
        let waived = try await plan(bench)
        #expect(!waived.isBlocked)
        #expect(waived.plans[0].checks.first { $0.name == "policy" }?.waivers.map(\.why) == ["the vendor mends it"])
        _ = try bench.engine.submit(waived)
        try bench.engine.endWaiver(waiver.id)
        #expect(
            try bench.engine.history(subject: "policy").contains {
                $0.act == "check.waive" && $0.why == "the vendor mends it"
            })
        try bench.engine.setCheck("policy", level: .hard)
        #expect(throws: Refusal.self) { try bench.engine.waive("policy", why: "please", until: later) }
    }

    @Test func `a waiver of one code covers no other`() async throws {
        let bench = try Bench()
        let script = """
            echo '{"findings":[{"code":"A","message":"a"},{"code":"B","message":"b"}]}'
            """
        try bench.engine.addCheck(check(.soft, script))
        let later = bench.engine.now().adding(milliseconds: 3_600_000)
        _ = try bench.engine.waive("policy", code: "A", why: "known", until: later)
        #expect(try await plan(bench).isBlocked)
        _ = try bench.engine.waive("policy", code: "B", why: "known", until: later)
        #expect(try await !plan(bench).isBlocked)
    }

    @Test func `a plan that a command has not seen is not submitted`() async throws {
        let bench = try Bench()
        try bench.engine.addCheck(check(.advisory, "exit 0", format: .exitCode))
        let unseen = try bench.engine.plan(Self.order)
        let refusal = #expect(throws: Refusal.self) { try bench.engine.submit(unseen) }
        #expect(refusal?.findings.map(\.code) == ["plan.unchecked"])
        _ = try bench.engine.submit(try await bench.engine.checked(unseen))
    }

    @Test func `a command that is missing, hangs or babbles is told in a sentence`() async throws {
        let bench = try Bench()
        try bench.engine.addCheck(CheckDefinition(name: "missing", level: .advisory, command: ["/nowhere/lint"]))
        try bench.engine.addCheck(
            CheckDefinition(
                name: "hanging", level: .advisory, command: ["/bin/sh", "-c", "sleep 60"], timeoutSeconds: 1))
        try bench.engine.addCheck(
            CheckDefinition(name: "babbling", level: .advisory, command: ["/bin/sh", "-c", "echo hello"]))
        let checks = try await plan(bench).plans[0].checks
        func sentence(_ name: String) -> String { checks.first { $0.name == name }?.sentence ?? "" }
        #expect(sentence("missing").contains("not installed"))
        #expect(sentence("hanging").contains("longer than 1 seconds"))
        #expect(sentence("babbling").contains("must be JSON"))
    }

    @Test func `answers of known tools are read as they write them`() async throws {
        let bench = try Bench()
        let lint = """
            echo '[{"Filename":"'"$1"'","Level":"Error","Location":{"Start":{"ColumnNumber":5,"LineNumber":3}},"Message":"Bad thing","Rule":{"Id":"E3002"}}]'; exit 2
            """
        try bench.engine.addCheck(check(.soft, lint, format: .cfnLint))
        let checkov = """
            echo '{"results":{"failed_checks":[{"check_id":"CKV_AWS_1","check_name":"Ensure it","resource":"AWS::X.Y","file_path":"/cloudformation.yaml","file_line_range":[4,9]}]}}'; exit 1
            """
        try bench.engine.addCheck(
            CheckDefinition(name: "checkov", level: .soft, command: ["/bin/sh", "-c", checkov], format: .checkov))
        let checks = try await plan(bench).plans[0].checks
        #expect(checks.first { $0.name == "policy" }?.findings.map(\.code) == ["E3002"])
        #expect(checks.first { $0.name == "policy" }?.findings.first?.place?.line == 3)
        #expect(checks.first { $0.name == "checkov" }?.sentence == "Ensure it (AWS::X.Y)")
    }

    @Test func `built-in checks have levels, and those that nothing works without keep theirs`() async throws {
        let bench = try Bench()
        #expect(throws: Refusal.self) { try bench.engine.setCheck("template", level: .advisory) }
        try bench.engine.setCheck("access", level: nil)
        let plan = try bench.engine.plan(Self.order)
        #expect(!plan.plans[0].checks.contains { $0.name == "access" })
        #expect(plan.plans[0].checks.contains { $0.name == "resources" && $0.outcome == .passed })
        #expect(throws: Refusal.self) { try bench.engine.deleteCheck("access") }
    }

    @Test func `hooks hear of what happens, and their faults stop nothing`() async throws {
        let bench = try Bench()
        let heard = bench.directory + "/heard"
        try bench.engine.addHook(Hook(name: "ear", command: ["/bin/sh", "-c", "cat >> '\(heard)'"]))
        try bench.engine.addHook(Hook(name: "broken", command: ["/nowhere/hook"], moments: [.succeeded]))
        try await bench.orderNetwork()
        _ = try bench.engine.publish("fargate-service", VersionNumber(2, 0), why: "it is time")
        await Engine.settleHooks()
        let lines = try String(contentsOfFile: heard, encoding: .utf8).split(separator: "\n")
        let events = lines.compactMap { line in
            Document.read(Source(name: "line", text: String(line)), as: .json).document?.value["event"]?.string
        }
        #expect(Set(events) == ["order.submitted", "deployment.succeeded", "version.published"])
        #expect(lines.count == 3)
        #expect(lines.contains { $0.contains("it is time") })
        let faults = try String(contentsOfFile: bench.directory + "/hooks.log", encoding: .utf8)
        #expect(faults.contains("broken deployment.succeeded") && faults.contains("not installed"))
    }

    @Test func `each step that is cancelled is told, also those that had not begun`() async throws {
        let bench = try Bench()
        let heard = bench.directory + "/heard"
        try bench.engine.addHook(
            Hook(name: "ear", command: ["/bin/sh", "-c", "cat >> '\(heard)'"], moments: [.cancelled]))
        try await bench.orderNetwork()
        let spec = """
            proton: ServiceSpec
            instances:
              - name: one
                environment: net
                spec: {}
              - name: two
                environment: net
                spec: {}
            """
        let order = ServiceOrder(name: "fn", template: "lambda-function", spec: spec)
        let submitted = try bench.engine.submit(try bench.engine.plan(.createService(order)))
        try bench.engine.cancel(submitted.deployments[0].id)
        await Engine.settleHooks()
        let lines = try String(contentsOfFile: heard, encoding: .utf8).split(separator: "\n")
        #expect(submitted.deployments.count > 1)
        #expect(lines.count == submitted.deployments.count)
    }
}
