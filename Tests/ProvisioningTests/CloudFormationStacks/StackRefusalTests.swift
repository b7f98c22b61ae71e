import Catalog
import Documents
import Foundation
import Provisioning
import Testing

/// What is not done, and what is waited for.
@Suite struct StackRefusalTests {
    private let one = StandIn.queues(["A": "one"])
    private let two = StandIn.queues(["A": "two"])

    @Test func `another account than the connection's is refused before any act`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["account": "999999999999"])
        let failure = try #require(try await bench.apply(one).failure)
        #expect(
            failure.reason
                == "The AWS CLI must act in the account 123456789012 of the connection shop, but acts in 999999999999 as "
                + "arn:aws:iam::999999999999:user/somebody; nothing was done.")
        #expect(bench.callNames == ["get-caller-identity"])
        #expect(try await bench.destroy().failure?.reason == failure.reason)
        await #expect(throws: Failure.self) {
            try await bench.provisioner.status(bench.job(one, number: 5), bench.ledger)
        }
    }

    @Test func `a stack that was deleted outside, or is another one now, is told`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(one)
        let identity = bench.ledger.state.identity
        _ = try await bench.destroy()
        bench.ledger.change { $0.identity = identity }
        let gone = try #require(try await bench.applyNext(two).failure)
        #expect(gone.reason == "The stack network must be there, but was deleted outside.")
        #expect(bench.acts.isEmpty)
        bench.ledger.change { $0.identity = nil }
        try await bench.applyNext(one, number: 3)
        bench.ledger.change { $0.identity = identity }
        let other = try #require(try await bench.applyNext(two, number: 4).failure)
        #expect(other.reason.contains("but another one has its name now"))
        #expect(bench.acts.isEmpty)
    }

    @Test func `a stack of the name that nobody recorded is left alone`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(one)
        bench.ledger.change { $0.identity = nil }
        let failure = try #require(try await bench.applyNext(two).failure)
        #expect(failure.hint == "Adopt that stack, or choose another name.")
        #expect(try await bench.destroy().failure?.reason.contains("must be recorded here") == true)
        #expect(bench.acts.isEmpty)
    }

    @Test(arguments: [
        ("UPDATE_IN_PROGRESS", "another operation is going on"), ("ROLLBACK_COMPLETE", "its creation failed"),
        ("UPDATE_ROLLBACK_FAILED", "it is stuck"), ("DELETE_FAILED", "it is stuck"),
    ])
    func `a stack that takes no update is told`(status: String, words: String) async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(one)
        let path = "\(bench.directory)/state.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let stack = #""StackStatus": "CREATE_COMPLETE""#
        try bench.write("state.json", text.replacingOccurrences(of: stack, with: #""StackStatus": "\#(status)""#))
        let failure = try #require(try await bench.applyNext(two).failure)
        #expect(failure.reason.contains(words), "\(failure.reason)")
        #expect(bench.acts.isEmpty)
    }

    @Test func `a verdict that is worse than what was approved stops the deployment`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(one)
        try bench.knobs(["replace": ["A"]])
        bench.expected = [Change(resource: "A", type: "AWS::SQS::Queue", kind: .update)]
        let failure = try #require(try await bench.applyNext(two).failure)
        #expect(
            failure.reason
                == "A was approved to be updated, but CloudFormation says that it would be replaced.")
        #expect(failure.hint == "Plan again with --verify, and approve what it says.")
        #expect(bench.acts == ["create-change-set", "delete-change-set"])
        bench.expected = []
        #expect(try await bench.applyNext(two, number: 3).failure?.reason.contains("not in the approved plan") == true)
        bench.expected = [
            Change(resource: "A", type: "AWS::SQS::Queue", kind: .remove),
            Change(resource: "Z", type: "AWS::SQS::Queue", kind: .update),
        ]
        #expect(try await bench.applyNext(two, number: 4).outputs != nil)
        #expect(
            bench.ledger.lines.prefix(2) == [
                "log: A is replaced, says CloudFormation; the plan says removed.",
                "log: Z stays as it is, says CloudFormation; the plan says updated.",
            ])
    }

    @Test func `the provider's own plan is told, and leaves nothing behind`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        let new = try #require(try await bench.provisioner.plan(bench.job(one)))
        #expect(new.changes.map(\.kind) == [.add])
        #expect(new.identity == nil)
        #expect(bench.status == "DELETE_COMPLETE")
        try await bench.apply(one)
        try bench.knobs(["conditional": ["A"], "pending": 2])
        let verdict = try #require(try await bench.provisioner.plan(bench.job(two, number: 2)))
        #expect(
            verdict.changes == [
                Change(
                    resource: "A", type: "AWS::SQS::Queue", kind: .mayReplace, consequence: .dataLoss,
                    explanation: "Its data is deleted with it.",
                    causes: [.init(property: "Text", old: nil, new: nil, forcesReplacement: true)])
            ] || verdict.changes.map(\.kind) == [.mayReplace])
        #expect(verdict.identity?.name == "network")
        #expect(try await bench.provisioner.plan(bench.job(one, number: 3))?.changes == [])
        #expect(bench.acts.suffix(2) == ["create-change-set", "delete-change-set"])
        try bench.knobs(["refuse": "Transform failed"])
        await #expect(throws: Failure.self) { try await bench.provisioner.plan(bench.job(two, number: 4)) }
    }

    @Test func `a role of Proton is told as one`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.connection.settings.role = "arn:aws:iam::123456789012:role/service-role/ProtonServiceRole"
        try bench.knobs(["trust": "proton.amazonaws.com"])
        let failure = try #require(try await bench.apply(one).failure)
        #expect(failure.reason.contains("trusts proton.amazonaws.com, a service that is gone"))
        try bench.knobs(["faults": [["call": "get-role", "say": "is not authorized to perform: iam:GetRole"]]])
        #expect(try await bench.applyNext(one).failure?.reason == failure.reason)
        bench.connection.settings.role = "arn:aws:iam::123456789012:role/cannot"
        let plain = try #require(try await bench.applyNext(one, number: 3).failure)
        #expect(plain.reason.hasPrefix("CloudFormation must be able to take on the role arn:"))
    }

    // MARK: Waiting

    @Test func `a sign-in that expires during a deployment is told once and waited for`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs([
            "faults": [["call": "describe-stack-events", "times": 3, "say": "Token has expired and refresh failed"]]
        ])
        #expect(try await bench.apply(one).outputs != nil)
        let told = bench.ledger.lines.filter { $0.hasPrefix("log: ") }
        #expect(told.count == 1)
        #expect(told.first?.contains("Run: aws sso login") == true)
    }

    @Test func `an execution whose answer was lost is not made twice`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs([
            "faults": [
                ["call": "execute-change-set", "after": true, "say": "Connection was closed before we received"]
            ]
        ])
        #expect(try await bench.apply(one).outputs != nil)
        #expect(bench.acts.filter { $0 == "execute-change-set" }.count == 1)
    }

    @Test func `an endpoint that can't be reached before anything was begun is a failure`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["faults": [["call": "get-caller-identity", "say": "Could not connect to the endpoint URL"]]])
        #expect(try await bench.apply(one).failure?.reason.hasPrefix("Could not reach AWS") == true)
        #expect(bench.acts.isEmpty)
    }

    @Test func `an end that nobody tells leaves the deployment stuck, not failed`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs([
            "faults": [
                ["call": "describe-stack-events", "times": 99, "say": "is not authorized to perform: x on resource: y"]
            ]
        ])
        guard case .stuck(let failure) = try await bench.apply(one) else {
            Issue.record("It must be stuck.")
            return
        }
        #expect(
            failure.reason == "What became of the stack network is not known: You must be allowed x on y, but are not.")
    }

    // MARK: Stopping

    @Test func `a wish to cancel before the execution leaves nothing`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        // After the change set was made.
        bench.ledger.change { $0.cancelAfter = 2 }
        #expect(try await bench.apply(one) == .cancelled(undone: []))
        #expect(bench.acts == ["create-change-set", "delete-change-set", "delete-stack"])
        #expect(bench.status == "DELETE_COMPLETE")
        #expect(bench.ledger.state.identity == nil)
    }

    @Test func `a wish to cancel during a creation deletes the stack`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["steps": 1])
        bench.ledger.change { $0.cancelAfter = 5 }
        let outcome = try await bench.apply(StandIn.queues(["A": "one", "B": "one", "C": "one"]))
        #expect(outcome == .cancelled(undone: ["A"]))
        #expect(bench.acts == ["create-change-set", "execute-change-set", "delete-stack"])
        #expect(bench.ledger.lines.suffix(2) == ["undoing A", "undone A"])
        #expect(bench.ledger.state.identity == nil)
    }

    @Test func `a wish to cancel during an update takes it back`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(StandIn.queues(["A": "one", "B": "one", "C": "one"]))
        try bench.knobs(["steps": 1])
        bench.ledger.nextDeployment()
        bench.ledger.change { $0.cancelAfter = 6 }
        try bench.forgetCalls()
        let outcome = try await bench.apply(StandIn.queues(["A": "two", "B": "two", "C": "two"]), number: 2)
        guard case .cancelled(let undone) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(undone == ["A"])
        #expect(bench.acts == ["create-change-set", "execute-change-set", "cancel-update-stack"])
        #expect(bench.status == "UPDATE_ROLLBACK_COMPLETE")
        #expect(bench.ledger.state.identity != nil)
    }

    @Test func `a deployment that lasts too long is taken back and failed`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.connection.settings.timeoutMinutes = 10
        try bench.knobs(["steps": 1])
        let clock = Clock()
        let provisioner = CloudFormationProvisioner(
            tool: bench.tool,
            pacing: Pacing(first: .milliseconds(1), longest: .milliseconds(4), now: { clock.next() }))
        let failure = try #require(try await provisioner.apply(bench.job(one), bench.ledger).failure)
        #expect(failure.reason == "The deployment must end within 10 minutes, but has not.")
        #expect(bench.acts.last == "delete-stack")
        #expect(bench.status == "DELETE_COMPLETE")
    }

    /// Three minutes later with each look at it.
    private final class Clock: Sendable {
        private let minutes = Counter()
        func next() -> Instant { Instant(milliseconds: Int64(minutes.next()) * 180_000) }
    }
}
