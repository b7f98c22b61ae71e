internal import Catalog
internal import CloudFormation
internal import Documents

/// One run of one job: it looks at the ledger, and goes on from there.
///
/// Everything that it decides follows from the template, the record and the journal, so that a run that was cut off
/// and its successor take the same way.
struct LocalRun {
    let job: Job
    let ledger: any Ledger
    let crashPoint: LocalProvisioner.CrashPoint?
    var records: Records
    var progress: Progress
    /// Resources that stay outside when everything is removed, whatever their policies say.
    var keeping: Set<Key> = []
    /// Events of the run's own, told with the deployment's first step.
    private var preface: [EventDraft] = []

    init(_ job: Job, _ ledger: any Ledger, _ crashPoint: LocalProvisioner.CrashPoint?) async throws {
        self.job = job
        self.ledger = ledger
        self.crashPoint = crashPoint
        progress = Progress(try await ledger.journal())
        records = Records(try await ledger.resources())
    }

    mutating func apply(_ resolver: SecretResolver) async throws -> Outcome {
        if progress.end != nil || progress.stuck != nil { return try await undo() }
        let wanted: WantedStack
        do {
            if !progress.hasBegun { try await findSecrets(resolver) }
            let imports = Imports.areIn(job.template) ? try await ledger.exports() : []
            wanted = try WantedStack(job, imports: imports)
        } catch let failure as Failure { return try await fail(failure) }
        if progress.isFinished { return .succeeded(wanted.outputs(records)) }
        preface += wanted.remarks.map { EventDraft(kind: .log, message: $0) }
        do {
            if !progress.isCleaning { try await goForward(wanted) }
            // A wish to cancel ends the way forward without a failure.
            if progress.end != nil { return try await undo() }
            return try await end(wanted)
        } catch let failure as Failure { return try await fail(failure) }
    }

    /// Makes sure that every secret is there. Its value is not needed: nothing of a rehearsal holds one.
    private mutating func findSecrets(_ resolver: SecretResolver) async throws {
        var missing: [Failure] = []
        for secret in job.secrets {
            guard secret.source.dynamicReference == nil else {
                let text =
                    "The secret \"\(secret.name)\" is in an account (\(secret.source.text)): it was not looked for."
                preface.append(EventDraft(kind: .log, message: text))
                continue
            }
            do { _ = try await resolver.value(of: secret, on: job.connection) } catch let failure as Failure {
                missing.append(failure)
            }
        }
        guard let first = missing.first else { return }
        throw Failure(reason: missing.map(\.reason).joined(separator: " "), hint: first.hint)
    }

    /// The last of the way forward. Its first step binds the stack's links: it is refused, or nothing is undone any more.
    private mutating func end(_ wanted: WantedStack) async throws -> Outcome {
        let links = try wanted.links(records)
        let change = try await ledger.links() == links ? nil : links
        let hasCleaned = try await cleanUp(wanted, binding: change)
        let outputs = wanted.outputs(records)
        let events = outputs.map { EventDraft(kind: .output, resource: $0.key, message: $0.value) }
        try await write(Step(JournalEntry(.finished), links: hasCleaned ? nil : change, events: events))
        return .succeeded(outputs)
    }

    /// Records one step, and keeps this run's own picture in step with it.
    mutating func write(_ step: Step) async throws { try await write([step]) }

    /// Records an intent and its result.
    ///
    /// To make something here is to record it, so the two are one transaction where no time has to pass in between.
    mutating func write(_ steps: [Step]) async throws {
        guard var first = steps.first, let last = steps.last else { return }
        if !progress.hasBegun { first.events = preface + first.events }
        let steps = [first] + steps.dropFirst()
        try Task.checkCancellation()
        try await crashPoint?("before \(first.name)")
        if steps.count == 1 { try await ledger.record(first) } else { try await ledger.record(steps) }
        for step in steps {
            for resource in step.put { records.put(resource) }
            for logicalID in step.remove { records.remove(logicalID) }
            progress.add(step.entry)
        }
        try await crashPoint?("after \(last.name)")
    }

    /// Whether an act takes time, so that people and other runners see it begin.
    var takesTime: Bool { job.options.pace > .zero }

    /// Lets the time pass that the job asks for; a wish to cancel ends it early.
    func wait() async throws {
        var left = job.options.pace
        while left > .zero {
            let part = min(left, .milliseconds(50))
            try await Task.sleep(for: part)
            left -= part
            if try await ledger.isCancelRequested() { return }
        }
    }

    /// Ends the way forward with a failure, and undoes it.
    mutating func fail(_ failure: Failure) async throws -> Outcome {
        var events: [EventDraft] = []
        if failure.resource.isEmpty {
            events.append(EventDraft(kind: .log, message: failure.reason))
        } else {
            events.append(
                EventDraft(
                    kind: .resource, resource: failure.resource, type: failure.type, state: .failed,
                    physicalID: records[failure.resource]?.physicalID ?? "", message: failure.reason))
        }
        let entry = JournalEntry(.failed, resource: failure.resource, failure: failure)
        try await write(Step(entry, events: events, phase: progress.nextToUndo == nil ? nil : .rollingBack))
        return try await undo()
    }

    func event(
        _ state: Event.ResourceState, _ resource: ProvisionedResource, _ message: String = ""
    ) -> EventDraft {
        EventDraft(
            kind: .resource, resource: resource.logicalID, type: resource.type, state: state,
            physicalID: resource.physicalID, message: message)
    }
}

extension Step {
    /// As tests name it, such as `done Vpc`.
    fileprivate var name: String {
        [entry.mark.rawValue, entry.resource].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
