import Catalog
import Documents
import Foundation
import Provisioning
import Testing

/// The real tool against a server that plays AWS.
@Suite(.serialized) struct MotoTests {
    private let one = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: one}\n"
    private let two = """
        Resources:
          A:
            Type: AWS::SQS::Queue
            Properties: {QueueName: one, DelaySeconds: 5}
          B:
            Type: AWS::SNS::Topic
        Outputs:
          Topic: {Value: !Ref B}
        """

    @Test func `a stack is made, changed, left alone and removed`() async throws {
        if let absence = Moto.absence {
            print(absence)
            return
        }
        let moto = try await Moto()
        defer { moto.stop() }
        let stack = MotoStack(moto: moto, name: "network")
        let wrong = stack.job(one, account: "999999999999")
        #expect(
            try await stack.provisioner.apply(wrong, stack.ledger).failure?.reason.contains("acts in 123456789012")
                == true)
        let made = try await stack.apply(one)
        #expect(made.outputs == [:], "\(made)")
        #expect(stack.ledger.lines == ["created A"])
        #expect(stack.ledger.state.resources["A"]?.physicalID.contains("one") == true)
        let verdict = try await stack.provisioner.plan(stack.job(two))
        #expect(verdict?.changes.map(\.kind) == [.add, .update])
        let changed = try await stack.apply(two)
        #expect(changed.outputs != nil, "\(changed)")
        #expect(stack.ledger.lines.first == "created B")
        let before = stack.ledger.state.identity
        let idle = try await stack.apply(two)
        #expect(idle.outputs != nil)
        #expect(stack.ledger.lines.first == "log: CloudFormation finds nothing to change.")
        #expect(stack.ledger.state.identity == before)
        #expect(try await stack.provisioner.status(stack.job(""), MemoryLedger()) == .settled(resourceCount: 2))
        let reader = stack.provisioner.reader(for: moto.connection())
        #expect(try await reader.stacks().map(\.name) == ["network"])
        #expect(try await reader.template(of: "network") == two)
        #expect(try await stack.provisioner.drift(stack.job(two), stack.ledger).isEmpty)
        #expect(try await stack.destroy() == .succeeded([]))
        #expect(stack.ledger.lines == ["deleted A", "deleted B"])
        #expect(stack.ledger.state.resources.isEmpty)
        #expect(try await stack.provisioner.status(stack.job(""), MemoryLedger()) == .absent)
        stack.ledger.change { $0.identity = before }
        #expect(try await stack.apply(two).failure?.reason.contains("was deleted outside") == true)
    }
}
