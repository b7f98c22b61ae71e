internal import Foundation

/// The `aws` program that the person has installed and configured.
///
/// Profiles, sign-ins, roles and `AWS_ENDPOINT_URL` are the person's own: the environment is passed through.
package struct AWSTool: Sendable {
    /// A path, or a name that is looked for on the environment's `PATH`.
    package var path: String
    package var environment: [String: String]
    /// After how long one call is ended.
    package var timeLimit: Duration
    /// Bytes of an answer that are kept; a longer one is a fault.
    package var outputLimit: Int

    package init(
        path: String = "aws", environment: [String: String] = ProcessInfo.processInfo.environment,
        timeLimit: Duration = .seconds(300), outputLimit: Int = 16 << 20
    ) {
        self.path = path
        self.environment = environment
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    /// Runs it to its end.
    ///
    /// - Throws: An `AWSFault` where it could not be run to its end, or `CancellationError`.
    func answer(to arguments: [String]) async throws -> Tool.Answer {
        let tool = Tool(
            path, arguments, environment: variables, timeLimit: timeLimit, outputLimit: outputLimit)
        do { return try await tool.run() } catch let fault as Tool.Fault {
            switch fault {
            case .notFound(let path): throw AWSFault.notInstalled(path)
            case .notStarted(let reason):
                throw AWSFault(
                    .notInstalled, "Could not run \(path): \(reason).",
                    hint: "Make sure that it is the AWS CLI, and that you may execute it.")
            case .tookTooLong(let limit):
                throw AWSFault(.unreachable, FaultTable.tookTooLong(limit), hint: FaultTable.checkNetwork)
            }
        }
    }

    /// The person's, and what keeps the tool from asking and paging. Options would do too, but version 1 has none.
    private var variables: [String: String] {
        var all = environment
        all["AWS_PAGER"] = ""
        all["AWS_CLI_AUTO_PROMPT"] = "off"
        if all["AWS_MAX_ATTEMPTS"] == nil { all["AWS_MAX_ATTEMPTS"] = "3" }
        return all
    }
}
