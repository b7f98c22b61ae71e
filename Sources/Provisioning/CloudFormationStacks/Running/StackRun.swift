internal import Catalog
internal import Documents

/// One run of one job on a real stack: it reads the ledger, asks CloudFormation about what was begun, and goes on.
///
/// Every act outside has an intent in the journal before it, and its result after it.
actor StackRun {
    let job: Job
    let request: StackRequest
    let ledger: any Ledger
    let session: AWSSession
    let reader: StackReader
    let checks: StackChecks
    let pacing: Pacing
    let crashPoint: LocalProvisioner.CrashPoint?
    /// How often this journal has ended before: a token of its own for each time.
    let round: Int
    var progress: StackProgress
    /// What the provider tells otherwise than the plan, and that does no harm.
    var remarks: [String] = []

    init(
        _ job: Job, _ request: StackRequest, _ ledger: any Ledger, _ session: AWSSession,
        crashPoint: LocalProvisioner.CrashPoint?, isAfresh: Bool
    ) async throws {
        self.job = job
        self.request = request
        self.ledger = ledger
        self.session = session
        reader = StackReader(session)
        checks = StackChecks(job: job, reader: reader)
        pacing = session.pacing
        self.crashPoint = crashPoint
        let journal = try await ledger.journal()
        progress = StackProgress(journal, isAfresh: isAfresh)
        round = journal.count { $0.mark == .finished }
    }

    /// Records one step, and keeps this run's own picture in step with it.
    func write(_ step: Step) async throws {
        let name = [step.entry.mark.rawValue, step.entry.call].filter { !$0.isEmpty }.joined(separator: " ")
        try Task.checkCancellation()
        try await crashPoint?("before \(name)")
        try await ledger.record(step)
        progress.add(step.entry)
        try await crashPoint?("after \(name)")
    }

    /// Does an act outside at most once.
    ///
    /// - Parameters:
    ///   - note: What the next run has to know to ask about it.
    ///   - answer: Asked where the act was begun and its end is not recorded: what it came to, `nil` where it was not done.
    ///   - act: Does it, and says what it came to.
    @discardableResult
    func perform(
        _ call: StackCall, note: Object = Object(), events: [EventDraft] = [],
        answer: () async throws -> Value? = { nil }, act: () async throws -> Value
    ) async throws -> Value {
        if let known = progress.done[call] { return known }
        if progress.open == call {
            if let found = try await answer() { return try await settle(call, found) }
        } else {
            try await intend(call, note, events)
        }
        return try await settle(call, try await act())
    }

    func intend(_ call: StackCall, _ note: Object = Object(), _ events: [EventDraft] = []) async throws {
        var note = note
        if progress.startedAt == nil { note["startedAt"] = .number(Number(Int(pacing.now().milliseconds))) }
        let entry = JournalEntry(.intent, call: call.rawValue, note: note.isEmpty ? nil : .object(note))
        try await write(Step(entry, events: events))
    }

    @discardableResult
    func settle(_ call: StackCall, _ note: Value) async throws -> Value {
        try await write(Step(JournalEntry(.done, call: call.rawValue, note: note)))
        return note
    }

    /// Goes on trying while the provider can't be reached: what has begun goes on there, and is no failure.
    func patiently<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        var count = 0
        while true {
            do { return try await body() } catch let fault as AWSFault {
                // An endpoint that is out of order may stay so for this one request.
                guard fault.isPassing || fault.kind == .unavailable && count < 8 else { throw fault }
                try await tell(fault)
                try await pacing.wait(after: count)
                count += 1
            }
        }
    }

    private func tell(_ fault: AWSFault) async throws {
        guard !progress.waits.contains(fault.kind.rawValue) else { return }
        let text = "\(fault.reason) \(fault.hint) The deployment goes on by itself, and is looked at again then."
        let entry = JournalEntry(.done, call: StackCall.wait.rawValue, note: .string(fault.kind.rawValue))
        try await write(Step(entry, events: [EventDraft(kind: .log, message: text)]))
    }

    // MARK: Ends

    /// Ends the way forward.
    func fail(_ failure: Failure, call: StackCall? = nil, phase: Deployment.Phase? = nil) async throws {
        // A resource's own failure has been told by its event.
        let events =
            failure.resource.isEmpty || !progress.hasTold ? [EventDraft(kind: .log, message: failure.reason)] : []
        let entry = JournalEntry(
            .failed, resource: failure.resource, call: call?.rawValue ?? "", failure: failure)
        try await write(Step(entry, events: events, phase: phase))
    }

    /// Ends a run whose end can't be known, because the provider refuses to tell it.
    func lose(_ fault: AWSFault) async throws -> Outcome {
        let failure = Failure(
            reason: "What became of the stack \(job.stack) is not known: \(fault.reason)",
            hint: "Look at its status once AWS answers.")
        return try await finish(.stuck(failure), events: [EventDraft(kind: .log, message: failure.reason)])
    }

    func finish(
        _ outcome: Outcome, put: [ProvisionedResource] = [], remove: [String] = [], keep: [KeptDraft] = [],
        events: [EventDraft] = []
    ) async throws -> Outcome {
        let entry = JournalEntry(.finished, failure: outcome.cause, note: outcome.note)
        try await write(Step(entry, put: put, remove: remove, keep: keep, events: events))
        return outcome
    }
}

extension Outcome {
    fileprivate var cause: Failure? {
        switch self {
        case .failed(let failure), .stuck(let failure): failure
        case .succeeded, .cancelled: nil
        }
    }
}
