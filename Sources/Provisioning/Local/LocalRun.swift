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
    /// Events of the run's own, told with the deployment's first step.
    private var preface: [EventDraft] = []

    init(_ job: Job, _ ledger: any Ledger, _ crashPoint: LocalProvisioner.CrashPoint?) async throws {
        self.job = job
        self.ledger = ledger
        self.crashPoint = crashPoint
        progress = Progress(try await ledger.journal())
        records = Records(try await ledger.resources())
    }

    mutating func apply() async throws -> Outcome {
        if progress.end != nil || progress.stuck != nil { return try await undo() }
        let wanted: WantedStack
        do {
            let imports = WantedStack.mayImport(job) ? try await ledger.exports() : []
            wanted = try WantedStack(job, imports: imports)
        } catch let failure as Failure { return try await fail(failure) }
        if progress.isFinished { return .succeeded(wanted.outputs(records)) }
        preface = wanted.remarks.map { EventDraft(kind: .log, message: $0) }
        do {
            if !progress.isCleaning { try await goForward(wanted) }
            // A wish to cancel ends the way forward without a failure.
            if progress.end != nil { return try await undo() }
            return try await end(wanted)
        } catch let failure as Failure { return try await fail(failure) }
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
    mutating func write(_ step: Step) async throws {
        var step = step
        if !progress.hasBegun { step.events = preface + step.events }
        let name = [step.entry.mark.rawValue, step.entry.resource].filter { !$0.isEmpty }.joined(separator: " ")
        try Task.checkCancellation()
        try await crashPoint?("before \(name)")
        try await ledger.record(step)
        for resource in step.put { records.put(resource) }
        for logicalID in step.remove { records.remove(logicalID) }
        progress.add(step.entry)
        try await crashPoint?("after \(name)")
    }

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
