internal import Catalog
internal import Documents

/// The way back: every act is undone, the last first, by what the journal says was there before.
extension LocalRun {
    mutating func undo() async throws -> Outcome {
        while !progress.isFinished, progress.stuck == nil, let entry = progress.nextToUndo {
            try await undo(entry)
        }
        if !progress.isFinished { try await write(Step(JournalEntry(.finished))) }
        if let stuck = progress.stuck { return .stuck(told(stuck)) }
        if let failure = progress.end?.failure { return .failed(told(failure)) }
        return .cancelled(undone: progress.undoneNames)
    }

    private func told(_ failure: Failure) -> Failure {
        var failure = failure
        failure.undone = progress.undoneNames
        return failure
    }

    private mutating func undo(_ entry: JournalEntry) async throws {
        let now = entry.after ?? ProvisionedResource(logicalID: entry.resource, type: "", physicalID: "")
        if entry.isQuiet { return try await write(undoneStep(entry)) }
        if entry.isKeptWhenUndone {
            let (kept, said) = farewell(to: now, .retain)
            return try await write(undoneStep(entry, keep: kept, events: [said]))
        }
        var undoing: [Step] = []
        if progress.openUndo != entry.resource {
            let begun = JournalEntry(.undoing, act: entry.act, resource: entry.resource)
            undoing = [Step(begun, events: [event(.undoing, now, intention(entry))])]
        }
        let isAsked = job.options.failUndoAt.map { Key($0) == Key(entry.resource) } ?? false
        if takesTime || isAsked {
            try await write(undoing)
            undoing = []
        }
        try await pass()
        if isAsked { return try await stick(entry) }
        // The service takes its snapshot also of what was just made.
        let hasSnapshot = entry.act == .create && now.deletionPolicy == .snapshot
        let snapshot = hasSnapshot ? farewell(to: now, .snapshot) : nil
        let undone = event(.undone, entry.before ?? now, snapshot?.event.message ?? "")
        try await write(undoing + [undoneStep(entry, keep: snapshot?.kept ?? [], events: [undone])])
    }

    private func intention(_ entry: JournalEntry) -> String {
        switch entry.act {
        case .create: "It is removed again."
        case .update: "Its former properties are put back."
        case .replace: "The new one is removed; the old one stays."
        case .delete, nil: ""
        }
    }

    private func undoneStep(_ entry: JournalEntry, keep kept: [KeptDraft] = [], events: [EventDraft] = []) -> Step {
        let undone = JournalEntry(.undone, act: entry.act, resource: entry.resource)
        guard let before = entry.before else {
            return Step(undone, remove: [entry.resource], keep: kept, events: events)
        }
        return Step(undone, put: [before], events: events)
    }

    private mutating func stick(_ entry: JournalEntry) async throws {
        let cause = progress.end?.failure?.reason ?? "It was cancelled."
        let failure = Failure(
            resource: entry.resource, type: entry.after?.type ?? "",
            reason: "\(entry.resource) could not be undone: it was asked to fail there. Before that: \(cause)",
            hint: "Look at what is there, then deploy again or destroy it.")
        let failed = EventDraft(
            kind: .resource, resource: entry.resource, type: failure.type, state: .failed,
            physicalID: entry.after?.physicalID ?? "", message: failure.reason)
        try await write(Step(JournalEntry(.stuck, resource: entry.resource, failure: failure), events: [failed]))
    }

    /// The pace, which no wish to cancel shortens: that wish may be why this runs.
    private func pass() async throws {
        guard job.options.pace > .zero else { return }
        try await Task.sleep(for: job.options.pace)
    }
}
