package import Catalog
internal import Documents

/// Carries deployments out in an AWS account, with CloudFormation, through the person's own `aws` tool.
///
/// Nothing of a stack is kept here: what an act has come to is asked of the provider, and what was begun stands in the
/// ledger before it begins.
///
/// Beside what `Provisioner` says: operations without an outcome throw a `Failure` where the provider can't answer.
package struct CloudFormationProvisioner: Provisioner {
    package let name = "cloudformation"
    private let tool: AWSTool
    private let profiles: [String: String]
    private let pacing: Pacing
    private let crashPoint: LocalProvisioner.CrashPoint?

    /// - Parameters:
    ///   - profiles: The person's own profiles, by the name of the connection that they are for. Connections that are
    ///     not named go by the environment.
    ///   - crashPoint: Called before and after each recorded step, as the local provisioner does.
    package init(
        tool: AWSTool = AWSTool(), profiles: [String: String] = [:], pacing: Pacing = .standard,
        crashPoint: LocalProvisioner.CrashPoint? = nil
    ) {
        self.tool = tool
        self.profiles = profiles
        self.pacing = pacing
        self.crashPoint = crashPoint
    }

    /// Looks at the real stacks of a connection's account and region, for those that are to be taken in.
    package func reader(for connection: Connection) -> StackReader {
        StackReader(tool, region: connection.region, profile: profiles[connection.name], pacing: pacing)
    }

    package func plan(_ job: Job) async throws -> Verdict? {
        let request = StackRequest(job)
        let planner = StackPlanner(job, request, session(job, request, nil), pacing)
        return try await Self.told { try await planner.verdict() }
    }

    package func apply(_ job: Job, _ ledger: any Ledger) async throws -> Outcome {
        try await run(job, ledger).apply()
    }

    package func destroy(_ job: Job, _ ledger: any Ledger) async throws -> Outcome {
        try await run(job, ledger).destroy()
    }

    package func release(_ job: Job, _ exit: StackExit, _ ledger: any Ledger) async throws -> Outcome {
        try await run(job, ledger, isAfresh: true).release(exit)
    }

    package func status(_ job: Job, _ ledger: any Ledger) async throws -> StackStatus {
        try await Self.told { try await run(job, ledger).status() }
    }

    package func outputs(_ job: Job, _ ledger: any Ledger) async throws -> [Output] {
        try await Self.told { try await run(job, ledger).outputs() }
    }

    package func drift(_ job: Job, _ ledger: any Ledger) async throws -> [Drift] {
        try await Self.told { try await run(job, ledger).drift() }
    }

    private func run(_ job: Job, _ ledger: any Ledger, isAfresh: Bool = false) async throws -> StackRun {
        let request = StackRequest(job)
        return try await StackRun(
            job, request, ledger, session(job, request, ledger), crashPoint: crashPoint, isAfresh: isAfresh)
    }

    private func session(_ job: Job, _ request: StackRequest, _ ledger: (any Ledger)?) -> AWSSession {
        let context = FaultReading.Context(
            stack: job.stack, role: request.role, bucket: job.connection.settings.bucket)
        var session = AWSSession(
            tool, region: job.region, profile: profiles[job.connection.name], pacing: pacing, context: context)
        if let ledger { session.log = { try await ledger.log($0) } }
        session.redaction.hide(job.parameters, of: request.template)
        return session
    }

    /// Turns faults of the tool into what callers print.
    private static func told<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let fault as AWSFault { throw fault.failure }
    }
}
