import Catalog
import Documents
import Foundation
import Provisioning
import Testing

/// What goes wrong between Baryon and the tool.
@Suite struct AWSToolTests {
    struct Saying: Sendable, CustomTestStringConvertible {
        var say: String
        var kind: AWSFault.Kind
        var reason: String
        var hint: String
        var testDescription: String { "\(kind.rawValue): \(say.prefix(40))" }
    }

    private static func error(_ code: String, _ text: String) -> String {
        "\nAn error occurred (\(code)) when calling the DescribeStacks operation: \(text)"
    }

    static let sayings = [
        Saying(
            say: "Unable to locate credentials. You can configure credentials by running \"aws login\".",
            kind: .credentialsMissing, reason: "The AWS CLI must have credentials, but has none for the profile work.",
            hint: "Run: aws configure sso --profile work, or set AWS_PROFILE."),
        Saying(
            say: "The config profile (work) could not be found", kind: .credentialsMissing,
            reason: "The AWS CLI must know the profile that the connection maps to, but does not for the profile work.",
            hint: "Run: aws configure list-profiles"),
        Saying(
            say: error("ExpiredToken", "The security token included in the request is expired"), kind: .expired,
            reason: "The sign-in to AWS must be valid, but has expired.", hint: "Run: aws sso login --profile work"),
        Saying(
            say: "The SSO session associated with this profile has expired or is otherwise invalid.", kind: .expired,
            reason: "The sign-in to AWS must be valid, but has expired.", hint: "Run: aws sso login --profile work"),
        Saying(
            say: error("InvalidClientTokenId", "The security token included in the request is invalid."),
            kind: .credentialsRefused,
            reason: "AWS must accept the credentials, but refuses them: "
                + "The security token included in the request is invalid.",
            hint: "Run: aws sts get-caller-identity --profile work"),
        Saying(
            say: "Could not connect to the endpoint URL: \"http://127.0.0.1:1/\"", kind: .unreachable,
            reason: "Could not reach AWS: Could not connect to the endpoint URL: \"http://127.0.0.1:1/\".",
            hint: "Check the network, the region and AWS_ENDPOINT_URL, then try again."),
        Saying(
            say: error(
                "AccessDenied",
                "User: arn:aws:iam::1:user/u is not authorized to perform: cloudformation:DescribeStacks on resource: "
                    + "arn:aws:cloudformation:eu-west-1:1:stack/s/* because no policy allows it"),
            kind: .denied,
            reason:
                "You must be allowed cloudformation:DescribeStacks on arn:aws:cloudformation:eu-west-1:1:stack/s/*, "
                + "but are not.",
            hint: "Ask whoever runs the account to allow it, or use another profile."),
        Saying(
            say: error("ValidationError", "Stack:arn:x is in UPDATE_IN_PROGRESS state and can not be updated."),
            kind: .busy,
            reason: "The stack must be at rest, but is busy: "
                + "Stack:arn:x is in UPDATE_IN_PROGRESS state and can not be updated.",
            hint: "Wait until the other operation has ended, then deploy again."),
        Saying(
            say: error("NoSuchBucket", "The specified bucket does not exist"), kind: .bucketMissing,
            reason: "A bucket must be there, but is not: The specified bucket does not exist.",
            hint: "Make the bucket, or name another one in the connection's settings."),
        Saying(
            say: "aws: error: argument operation: Invalid choice, valid choices are:\nx", kind: .badTool,
            reason: "The AWS CLI must know what it is asked, but does not: "
                + "aws: error: argument operation: Invalid choice, valid choices are: x.",
            hint: "Install a newer one."),
        Saying(
            say: "one\ntwo\nthree\nfour\u{1B}[31m", kind: .other,
            reason: "The AWS CLI could not do it: two three four[31m.", hint: "Read the deployment's log."),
    ]

    @Test(arguments: sayings)
    func `what the tool says becomes a sentence with a way out`(saying: Saying) async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.profiles = ["shop": "work"]
        try bench.knobs(["faults": [["call": "get-caller-identity", "say": .string(saying.say)]]])
        let reader = bench.reader
        let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
        #expect(fault?.kind == saying.kind)
        #expect(fault?.reason == saying.reason)
        #expect(fault?.hint == saying.hint)
    }

    @Test func `a tool that is not there is told`() async throws {
        for path in ["/nowhere/aws", "no-such-aws"] {
            let reader = StackReader(AWSTool(path: path, environment: ["PATH": "/usr/bin"]), region: "eu-west-1")
            let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
            #expect(fault?.kind == .notInstalled)
        }
    }

    @Test func `throttled calls are made again, and told when that does not help`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["faults": [["call": "get-caller-identity", "times": 2, "say": "Rate exceeded"]]])
        #expect(try await bench.reader.callerIdentity().account == "123456789012")
        #expect(bench.calls.count == 3)
        try bench.knobs(["faults": [["call": "get-caller-identity", "times": 99, "say": "Rate exceeded"]]])
        let reader = bench.reader
        let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
        #expect(fault?.kind == .throttled)
    }

    @Test func `an answer of 100 MB is read to its end and told as too long`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["faults": [["call": "get-caller-identity", "flood": 100]]])
        let reader = bench.reader
        let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
        #expect(fault?.reason == "The answer to get-caller-identity must have at most 16 MB, but has more.")
    }

    @Test func `what is no UTF-8 is read as far as it can be`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["faults": [["call": "get-caller-identity", "garbage": true]]])
        let reader = bench.reader
        let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
        #expect(fault?.reason.hasSuffix("broken \u{FFFD}( text.") == true, "\(fault?.reason ?? "")")
    }

    @Test func `a tool that hangs is ended`() async throws {
        var bench = StandIn()
        defer { bench.remove() }
        bench.timeLimit = .milliseconds(500)
        try bench.knobs(["faults": [["call": "get-caller-identity", "sleep": 60]]])
        let reader = bench.reader
        let start = ContinuousClock.now
        let fault = await #expect(throws: AWSFault.self) { try await reader.callerIdentity() }
        #expect(fault?.kind == .unreachable)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `a cancelled task ends the tool`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try bench.knobs(["faults": [["call": "get-caller-identity", "sleep": 60]]])
        let reader = bench.reader
        let task = Task { try await reader.callerIdentity() }
        while bench.calls.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `stacks are read with one call`() async throws {
        let bench = StandIn()
        defer { bench.remove() }
        try await bench.apply(StandIn.queues(["A": "one"], outputs: ["Url"]))
        try bench.forgetCalls()
        let stacks = try await bench.reader.stacks()
        #expect(bench.calls.count == 1)
        #expect(stacks.map(\.name) == ["network"])
        #expect(stacks.first?.tags == ["proton:environment": "network"])
        #expect(stacks.first?.outputs == [Output(key: "Url", value: "value of Url")])
        #expect(try await bench.reader.template(of: "network").contains("AWS::SQS::Queue"))
        #expect(try await bench.reader.resources(of: "network").map(\.record.logicalID) == ["A"])
        #expect(try await bench.reader.policy(of: "network") == nil)
        #expect(try await bench.reader.stack("nothing") == nil)
    }
}
