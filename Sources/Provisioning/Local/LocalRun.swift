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
        do { wanted = try WantedStack(job) } catch { return try await fail(error) }
        if progress.isFinished { return .succeeded(wanted.outputs(records)) }
        if !progress.isCleaning {
            do { try await goForward(wanted) } catch let failure as Failure { return try await fail(failure) }
        }
        // A wish to cancel ends the way forward without a failure.
        if progress.end != nil { return try await undo() }
        try await cleanUp(wanted)
        let outputs = wanted.outputs(records)
        let events = outputs.map { EventDraft(kind: .output, resource: $0.key, message: $0.value) }
        try await write(Step(JournalEntry(.finished), events: events))
        return .succeeded(outputs)
    }

    /// Records one step, and keeps this run's own picture in step with it.
    mutating func write(_ step: Step) async throws {
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
