import Catalog
import Documents
import Foundation
import Provisioning
import Testing

@Suite struct StackDeploymentTests {
    private let two = StandIn.queues(["A": "one", "B": "one"], outputs: ["Url"])
    private let changed = StandIn.queues(["A": "two", "B": "one", "C": "one"])

    @Test func `a stack is made, its events told, its resources and identity kept`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        let outcome = try await bench.apply(two)
        #expect(outcome == .succeeded([Output(key: "Url", value: "value of Url")]))
        #expect(
            bench.ledger.lines == [
                "creating A", "created A", "creating B", "created B", "output Url",
            ])
        let state = bench.ledger.state
        #expect(state.resources.keys.sorted() == ["A", "B"])
        #expect(state.resources["A"]?.physicalID.hasPrefix("network-A-") == true)
        #expect(state.identity?.id.hasPrefix("arn:aws:cloudformation:eu-west-1:123456789012:stack/network/") == true)
        #expect(state.identity?.tags == ["proton:environment": "network"])
        #expect(bench.acts == ["create-change-set", "execute-change-set"])
        #expect(bench.calls.count == 8, "\(bench.callNames)")
    }

    @Test func `an update goes by a change set and keeps foreign tags, role and capabilities`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.connection.settings = StackSettings(
            role: "arn:aws:iam::123456789012:role/deploy", tags: ["team": "shop"],
            notificationTopics: ["arn:aws:sns:eu-west-1:123456789012:t"])
        try await bench.apply(two)
        bench.ledger.change {
            $0.identity?.tags["kept"] = "yes"
            $0.identity?.tags["aws:own"] = "no"
            $0.identity?.capabilities = ["CAPABILITY_IAM"]
        }
        let outcome = try await bench.applyNext(changed)
        #expect(outcome.outputs == [:])
        #expect(bench.ledger.lines == ["updating A", "updated A", "creating C", "created C"])
        let input = bench.call("create-change-set")?["input"]
        #expect(
            input?["Tags"] == [
                ["Key": "kept", "Value": "yes"], ["Key": "proton:environment", "Value": "network"],
                ["Key": "team", "Value": "shop"],
            ])
        #expect(input?["RoleARN"]?.string == "arn:aws:iam::123456789012:role/deploy")
        #expect(input?["Capabilities"] == ["CAPABILITY_IAM"])
        #expect(bench.ledger.state.identity?.tags["kept"] == "yes")
        #expect(bench.ledger.state.resources.keys.sorted() == ["A", "B", "C"])
    }

    @Test func `an update that changes nothing executes nothing`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        let outcome = try await bench.applyNext(two)
        #expect(outcome.outputs == ["Url": "value of Url"])
        #expect(bench.acts == ["create-change-set", "delete-change-set"])
    }

    @Test func `removed resources are told and leave the record, kept ones too`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        let kept =
            #"{"Resources": {"A": {"Type": "AWS::SQS::Queue"}, "#
            + #""K": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}, "G": {"Type": "AWS::SQS::Queue"}}}"#
        var next = bench
        try await bench.apply(kept)
        next.expected = [
            Change(resource: "K", type: "AWS::S3::Bucket", kind: .remove),
            Change(resource: "G", type: "AWS::SQS::Queue", kind: .remove),
        ]
        try await next.applyNext(#"{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}"#)
        #expect(bench.ledger.lines == ["retained K", "deleting G", "deleted G"])
        #expect(bench.ledger.state.resources.keys.sorted() == ["A"])
    }

    @Test func `a failed creation leaves no stack and names the first cause`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["fail": ["B": "Queue one already exists"], "steps": 2])
        let failure = try #require(try await bench.apply(two).failure)
        #expect(failure.resource == "B")
        #expect(failure.reason == "B could not be created: Queue one already exists.")
        #expect(failure.hint == "Remove the one that is there, or choose another name.")
        #expect(failure.undone == ["B", "A"])
        #expect(bench.acts == ["create-change-set", "execute-change-set", "delete-stack"])
        #expect(bench.status == "DELETE_COMPLETE")
        #expect(bench.ledger.state.identity == nil)
        #expect(
            bench.ledger.lines == [
                "creating A", "created A", "creating B", "failed B", "undoing B", "undone B", "undoing A",
                "undone A",
            ])
        try bench.knobs([:])
        #expect(try await bench.applyNext(two).outputs != nil)
    }

    @Test func `a failed update is undone by CloudFormation`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        let identity = bench.ledger.state.identity
        try bench.knobs(["fail": ["C": "Rate exceeded"], "steps": 3])
        let failure = try #require(try await bench.applyNext(changed).failure)
        #expect(failure.resource == "C")
        #expect(failure.undone == ["A", "C"])
        #expect(bench.ledger.state.identity == identity)
        #expect(bench.acts == ["create-change-set", "execute-change-set"])
        #expect(bench.ledger.state.phases == [.rollingBack])
    }

    @Test func `an undoing that fails leaves the deployment stuck, and a release frees it`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        try bench.knobs(["fail": ["C": "No"], "stuckRollback": true])
        bench.ledger.nextDeployment()
        let job = bench.job(changed, number: 2)
        guard case .stuck(let failure) = try await bench.provisioner.apply(job, bench.ledger) else {
            Issue.record("It must be stuck.")
            return
        }
        #expect(failure.reason.contains("UPDATE_ROLLBACK_FAILED"))
        #expect(failure.reason.contains("C could not be created: No."))
        let status = try await bench.provisioner.status(job, bench.ledger)
        #expect(
            status
                == .stuck(
                    state: "UPDATE_ROLLBACK_FAILED", reason: "The following resource(s) failed to update: [A]",
                    exits: [.continueRollback(skip: ["C", "A"]), .delete(keep: [])])
                || status
                    == .stuck(
                        state: "UPDATE_ROLLBACK_FAILED", reason: "The following resource(s) failed to update: [A]",
                        exits: [.continueRollback(skip: ["A", "C"]), .delete(keep: [])])
        )
        try bench.forgetCalls()
        let freed = try await bench.provisioner.release(job, .continueRollback(skip: ["A"]), bench.ledger)
        #expect(freed.outputs != nil)
        #expect(bench.acts == ["continue-update-rollback"])
        #expect(bench.call("continue-update-rollback")?["arguments"]?.list?.contains("A") == true)
        #expect(try await bench.provisioner.release(job, .continueRollback(skip: ["A"]), bench.ledger).outputs != nil)
        #expect(bench.acts == ["continue-update-rollback"])
    }

    @Test func `a destroyed stack is gone, and one that is gone already is no fault`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        #expect(try await bench.destroy() == .succeeded([]))
        #expect(bench.acts == ["delete-stack"])
        #expect(bench.calls.count == 5, "\(bench.callNames)")
        #expect(bench.ledger.lines == ["deleting B", "deleted B", "deleting A", "deleted A"])
        #expect(bench.ledger.state.resources.isEmpty)
        #expect(bench.ledger.state.identity == nil)
        #expect(try await bench.destroy(number: 10) == .succeeded([]))
        #expect(bench.acts.isEmpty)
    }

    @Test func `a removal that fails names what is in its way, and the next one goes on`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        try bench.knobs(["deleteFails": ["A": "The bucket you tried to delete is not empty"]])
        let failure = try #require(try await bench.destroy().failure)
        #expect(failure.resource == "A")
        #expect(failure.hint == "Empty the bucket, then try again.")
        #expect(bench.ledger.state.resources.keys.sorted() == ["A"])
        let job = bench.job("", number: 9)
        #expect(
            try await bench.provisioner.status(job, bench.ledger)
                == .stuck(
                    state: "DELETE_FAILED", reason: "The following resource(s) failed to delete: [A]. ",
                    exits: [.delete(keep: ["A"]), .delete(keep: [])]))
        let freed = try await bench.provisioner.release(job, .delete(keep: ["A"]), bench.ledger)
        #expect(freed == .succeeded([]))
        #expect(bench.status == "DELETE_COMPLETE")
        #expect(bench.ledger.lines.contains("retained A"))
        let kept = bench.ledger.state.kept
        #expect(kept.map(\.resource.logicalID) == ["A"] && kept[0].physicalID.hasPrefix("network-A-"))
    }

    @Test func `what a policy keeps is known when its stack is changed or gone`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        func template(_ names: [String]) -> String {
            let resources = names.map { "\"\($0)\": {\"Type\": \"AWS::SQS::Queue\", \"DeletionPolicy\": \"Retain\"}" }
            return "{\"Resources\": {\(resources.joined(separator: ", ")), \"Z\": {\"Type\": \"AWS::SQS::Queue\"}}}"
        }
        try await bench.apply(template(["A", "B"]))
        let ids = bench.ledger.state.resources.mapValues(\.physicalID)
        bench.expected = [Change(resource: "A", type: "AWS::SQS::Queue", kind: .remove, consequence: .detached)]
        #expect(try await bench.applyNext(template(["B"])).outputs != nil)
        #expect(bench.ledger.state.kept.map(\.physicalID) == [ids["A"]])
        #expect(try await bench.destroy() == .succeeded([]))
        #expect(bench.ledger.state.kept.map(\.physicalID) == [ids["A"], ids["B"]])
        #expect(bench.ledger.state.kept.map(\.fate) == [.retained, .retained])
    }

    @Test func `a protected stack is not deleted`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["protected": true])
        try await bench.apply(two)
        let failure = try #require(try await bench.destroy().failure)
        #expect(failure.reason == "The stack network must not be protected from termination to be destroyed, but is.")
        #expect(bench.acts.isEmpty)
    }

    @Test func `drift is what differs and what is gone`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(two)
        let job = bench.job(two)
        let drift = try await bench.provisioner.drift(job, bench.ledger)
        #expect(
            drift == [
                Drift(resource: "A", type: "AWS::SQS::Queue", property: "Tags/0/Value", recorded: "one", found: "two"),
                Drift(resource: "B", type: "AWS::SQS::Queue", property: "", recorded: nil, found: nil),
            ])
        try bench.knobs(["unimplemented": ["detect-stack-drift"]])
        #expect(try await bench.provisioner.drift(job, bench.ledger).isEmpty)
        #expect(bench.ledger.state.log.contains("only the template is compared"))
        #expect(try await bench.provisioner.drift(bench.job(changed), bench.ledger).count == 1)
    }

    @Test func `a template that is too large for a request goes by the bucket`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        let large = StandIn.queues(["A": String(repeating: "x", count: 52_000)])
        let refused = try #require(try await bench.apply(large).failure)
        #expect(refused.reason.contains("must go by a bucket"))
        bench.connection.settings.bucket = "templates"
        #expect(try await bench.applyNext(large).outputs != nil)
        #expect(bench.acts == ["put-object", "create-change-set", "execute-change-set"])
        #expect(
            bench.call("create-change-set")?["input"]?["TemplateURL"]?.string?
                .hasPrefix("https://templates.s3.eu-west-1.amazonaws.com/baryon/templates/") == true)
        let larger = StandIn.queues(["A": String(repeating: "x", count: 1_000_000)])
        #expect(try await bench.applyNext(larger, number: 3).outputs != nil)
        let huge = StandIn.queues(["A": String(repeating: "x", count: 1 << 20)])
        #expect(try await bench.applyNext(huge, number: 4).failure?.reason.contains("at most 1048576 bytes") == true)
    }

    @Test func `parameters and the template never stand in arguments, and their file is gone`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.parameters = Object([("Password", .string("canary-hunter2")), ("Zones", .list(["a", "b"]))])
        let template =
            #"{"Parameters": {"Password": {"Type": "String", "NoEcho": true}, "Zones": "#
            + #"{"Type": "CommaDelimitedList"}}, "Resources": {"A": {"Type": "AWS::SQS::Queue"}}}"#
        try bench.knobs(["refuse": "Password canary-hunter2 is too short", "faults": []])
        _ = try await bench.apply(template)
        try bench.knobs([
            "faults": [["call": "create-change-set", "say": "boom canary-hunter2 and very-secret-key"]]
        ])
        let failure = try #require(try await bench.applyNext(template).failure)
        #expect(failure.reason == "The AWS CLI could not do it: boom (secret) and (secret).")
        #expect(!bench.ledger.state.log.contains("canary"))
        for call in bench.calls { #expect(call["arguments"]?.json().contains("canary") == false) }
        #expect(
            bench.call("create-change-set")?["input"]?["Parameters"] == [
                ["ParameterKey": "Password", "ParameterValue": "canary-hunter2"],
                ["ParameterKey": "Zones", "ParameterValue": "a,b"],
            ])
        let left = try FileManager.default.contentsOfDirectory(atPath: bench.directory)
        #expect(left.filter { $0.hasPrefix("baryon-aws-") }.isEmpty)
    }
}
