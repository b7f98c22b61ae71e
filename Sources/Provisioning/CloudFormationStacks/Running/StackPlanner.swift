internal import Catalog
internal import Documents

/// Asks CloudFormation what a job would do, and leaves nothing behind.
struct StackPlanner: Sendable {
    let job: Job
    let request: StackRequest
    let session: AWSSession
    let pacing: Pacing

    init(_ job: Job, _ request: StackRequest, _ session: AWSSession, _ pacing: Pacing) {
        self.job = job
        self.request = request
        self.session = session
        self.pacing = pacing
    }

    private var token: String { (job.token.isEmpty ? "\(job.deployment.number)" : job.token) + "-plan" }

    /// - Throws: A `Failure` or an `AWSFault`.
    func verdict() async throws -> Verdict {
        let reader = StackReader(session)
        let checks = StackChecks(job: job, reader: reader)
        try await checks.caller()
        let found = try await checks.stack()
        let kind = try await checks.kind(found)
        let address = try await Uploading(session: session, request: request).upload()
        var calls = ChangeSetCalls(
            session: session, pacing: pacing, stack: found?.name ?? job.stack, name: StackChecks.prefix + token)
        // One that was cut off has left it behind, of a template that may be another one.
        let input = request.input(over: found, templateAddress: address)
        var made: (changeSet: String, stack: String)
        do { made = try await calls.create(kind, token: token, input: input) } catch let fault as AWSFault {
            guard fault.kind == .exists else { throw try await checks.explained(fault, role: request.role) }
            try await calls.delete()
            made = try await calls.create(kind, token: "\(token)-\(pacing.now().milliseconds)", input: input)
        }
        calls.stack = made.stack
        let isNew = kind == .create && found == nil
        let changeSet = try await calls.ready()
        try await leave(calls, isNew: isNew)
        if changeSet.isIdle { return Verdict(changes: [], identity: found?.identity()) }
        if changeSet.isRefused { throw changeSet.refusal }
        return Verdict(changes: changeSet.changes, identity: isNew ? nil : found?.identity())
    }

    private func leave(_ calls: ChangeSetCalls, isNew: Bool) async throws {
        try await calls.delete()
        guard isNew else { return }
        try await session.call("cloudformation", "delete-stack", ["--stack-name", calls.stack])
        try await StackReader(session).awaitAbsence(of: calls.stack)
    }
}

/// Brings a large template to where CloudFormation can read it.
struct Uploading: Sendable {
    let session: AWSSession
    let request: StackRequest

    /// The template's address; `nil` for one that fits into a request.
    ///
    /// It is stored by its digest, so to do it again changes nothing.
    func upload() async throws -> String? {
        guard request.isLarge else { return nil }
        let place = try request.upload()
        _ = try await PrivateFile.with(request.job.template, in: session.tool.environment) { path in
            try await session.call(
                "s3api", "put-object", ["--bucket", place.bucket, "--key", place.key, "--body", path])
        }
        return place.address
    }
}
