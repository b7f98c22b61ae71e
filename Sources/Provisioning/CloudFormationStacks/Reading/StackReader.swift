internal import Catalog
internal import Documents

/// Looks at real stacks, and changes nothing.
package struct StackReader: Sendable {
    var session: AWSSession

    /// - Parameter profile: The person's own profile for this account; `nil` for what the environment says.
    package init(_ tool: AWSTool, region: String, profile: String? = nil, pacing: Pacing = .standard) {
        session = AWSSession(tool, region: region, profile: profile, pacing: pacing)
    }

    init(_ session: AWSSession) {
        self.session = session
    }

    /// A reader that tells of each call that it makes.
    package func counting(_ count: @escaping @Sendable () -> Void) -> StackReader {
        var reader = self
        reader.session.onCall = count
        return reader
    }

    /// Who the tool acts as.
    package struct Caller: Hashable, Sendable {
        /// Twelve digits.
        package var account: String
        package var arn: String
    }

    package func callerIdentity() async throws -> Caller {
        let answer = try await session.call("sts", "get-caller-identity")
        return Caller(account: answer["Account"]?.string ?? "", arn: answer["Arn"]?.string ?? "")
    }

    /// Every stack of the account and region, but deleted ones: one call, and one more for each hundred or so.
    package func stacks() async throws -> [StackDescription] {
        let answer = try await session.call("cloudformation", "describe-stacks")
        let stacks = (answer["Stacks"]?.list ?? []).compactMap(StackDescription.init)
        return stacks.filter { $0.state != .absent }
    }

    /// One stack by name or ARN; `nil` where there is none. A deleted one is found by its ARN alone.
    package func stack(_ nameOrID: String) async throws -> StackDescription? {
        do {
            let answer = try await session.call(
                "cloudformation", "describe-stacks", ["--stack-name", nameOrID])
            return answer["Stacks"]?.list?.first.flatMap(StackDescription.init)
        } catch let fault as AWSFault where fault.isAbsence {
            return nil
        }
    }

    /// Waits until a stack that is being deleted is gone; not for ever, for nobody is harmed by one that stays.
    func awaitAbsence(of id: String) async throws {
        for count in 0..<20 {
            guard let stack = try await stack(id), stack.state != .absent else { return }
            try await session.pacing.wait(after: count)
        }
    }

    /// The template as it was sent, as text.
    package func template(of stack: String) async throws -> String {
        let answer = try await session.call(
            "cloudformation", "get-template", ["--stack-name", stack, "--template-stage", "Original"])
        // The tool turns templates that are JSON into objects.
        let body = answer["TemplateBody"] ?? .null
        return body.string ?? (body == .null ? "" : body.json(.pretty))
    }

    package func resources(of stack: String) async throws -> [StackResource] {
        let answer = try await session.call("cloudformation", "list-stack-resources", ["--stack-name", stack])
        return (answer["StackResourceSummaries"]?.list ?? []).compactMap { item in
            guard let id = item["LogicalResourceId"]?.string, !id.isEmpty,
                let type = item["ResourceType"]?.string
            else {
                return nil
            }
            return StackResource(
                logicalID: id, type: type, physicalID: item["PhysicalResourceId"]?.string ?? "",
                status: item["ResourceStatus"]?.string ?? "")
        }
    }

    /// The stack's policy as JSON; `nil` where it has none.
    package func policy(of stack: String) async throws -> String? {
        let answer = try await session.call("cloudformation", "get-stack-policy", ["--stack-name", stack])
        guard let text = answer["StackPolicyBody"]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// Events that are newer than the one with the id `last`, oldest first.
    ///
    /// A page is enough most times; the rest of a long history is not read.
    func events(of stack: String, after last: String) async throws -> [StackEvent] {
        var events: [StackEvent] = []
        var token: String?
        repeat {
            var arguments = ["--stack-name", stack, "--max-items", "100"]
            if let token { arguments += ["--starting-token", token] }
            let answer = try await session.call("cloudformation", "describe-stack-events", arguments)
            for event in (answer["StackEvents"]?.list ?? []).compactMap(StackEvent.init) {
                if event.id == last { return events.reversed() }
                events.append(event)
            }
            token = answer["NextToken"]?.string
        } while token != nil
        return events.reversed()
    }

    /// The id of the newest event; empty where there is none.
    func newestEvent(of stack: String) async throws -> String {
        let answer = try await session.call(
            "cloudformation", "describe-stack-events", ["--stack-name", stack, "--max-items", "1"])
        return answer["StackEvents"]?.list?.first?["EventId"]?.string ?? ""
    }
}
