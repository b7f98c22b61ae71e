internal import Catalog
internal import Documents

/// After the execution began: the stack's events as they come, a wish to cancel, the end.
extension StackRun {
    /// Follows the stack until it is at rest.
    ///
    /// - Returns: Its status.
    func follow(isStoppable: Bool) async throws -> String {
        let id = stackID ?? job.stack
        var quiet = 0
        while !progress.isAtEnd {
            if isStoppable { try await stopIfAsked() }
            let events = try await patiently { try await news(of: id) }
            if events.isEmpty {
                quiet += 1
                if quiet % 5 == 0, try await isGone(id) { return "DELETE_COMPLETE" }
                try await pacing.wait(after: quiet)
                continue
            }
            quiet = 0
            try await tell(events)
            if !progress.isAtEnd { try await pacing.wait(after: 0) }
        }
        return progress.status
    }

    /// This operation's events that have not been told.
    private func news(of id: String) async throws -> [StackEvent] {
        let last = progress.lastEvent ?? marker
        do { return try await reader.events(of: id, after: last).filter(isOurs) } catch let fault as AWSFault
            where fault.isAbsence
        {
            return []
        }
    }

    /// The newest event before the operation.
    var marker: String {
        for call in [StackCall.execute, .delete, .resume] {
            if let after = progress.begun[call]?["after"]?.string { return after }
        }
        return ""
    }

    /// Some endpoints tell no tokens; what is newer than the beginning is taken there. The stack's own events count
    /// whoever caused them: an operation that somebody else began, such as a cancelling, ends this one too.
    private func isOurs(_ event: StackEvent) -> Bool {
        event.isOfStack || event.token.isEmpty || event.token == job.token || event.token.hasPrefix("\(job.token)-")
    }

    private func isGone(_ id: String) async throws -> Bool {
        let found = try await patiently { try await reader.stack(id) }
        return found.map { $0.state == .absent } ?? true
    }

    /// Tells events, oldest first, in one step with how far it is told.
    private func tell(_ events: [StackEvent]) async throws {
        var isRollingBack = progress.isRollingBack
        var status = progress.status
        var drafts: [EventDraft] = []
        for event in events {
            if event.isOfStack {
                status = event.status
                isRollingBack = event.isRollback ?? isRollingBack
            }
            // A creation is undone by a deletion.
            let isUndoing = isRollingBack || isCreation && progress.isDeleting
            if let draft = event.draft(isRollingBack: isUndoing) { drafts.append(draft) }
        }
        let note = Object([
            ("last", .string(events.last?.id ?? "")), ("status", .string(status)),
            ("isRollingBack", .bool(isRollingBack)), ("told", .bool(!drafts.isEmpty)),
        ])
        let kept = try await kept(events)
        let hasTurned = isRollingBack && !progress.isRollingBack
        let entry = JournalEntry(.done, call: StackCall.follow.rawValue, note: .object(note))
        try await write(Step(entry, keep: kept, events: drafts, phase: hasTurned ? .rollingBack : nil))
    }

    /// What leaves the stack and stays: each once, for an undone creation is skipped again when its stack is deleted.
    private func kept(_ events: [StackEvent]) async throws -> [KeptDraft] {
        var drafts: [KeptDraft] = []
        for event in events where event.state(isRollingBack: false) == .retained && !event.physicalID.isEmpty {
            let (id, type) = (event.physicalID, event.type)
            guard !drafts.contains(where: { $0.physicalID == id && $0.resource.type == type }),
                try await ledger.kept(holding: id, type: type) == nil
            else { continue }
            let record = try await ledger.resources().first { $0.logicalID == event.resource && $0.physicalID == id }
            drafts.append(
                KeptDraft(
                    .retained, physicalID: id,
                    resource: record ?? ProvisionedResource(logicalID: event.resource, type: type, physicalID: id)))
        }
        return drafts
    }

    // MARK: Stopping

    private func stopIfAsked() async throws {
        if progress.end == nil {
            guard !progress.isRollingBack else { return }
            _ = try await isStopped()
        }
        guard progress.isStopping else { return }
        let id = stackID ?? job.stack
        try await perform(isCreation ? .cancelCreation : .cancelUpdate) {
            let found = try await patiently { try await self.reader.stack(id) }
            let status = found?.status ?? "DELETE_COMPLETE"
            // A rollback may also be CloudFormation's own: then there is nothing to stop any more.
            return status.contains(isCreation ? "DELETE_" : "ROLLBACK") ? .object(Object()) : nil
        } act: {
            try await patiently { try await self.stop(id) }
        }
    }

    /// Asks CloudFormation to stop; that it is too late for that is no fault.
    private func stop(_ id: String) async throws -> Value {
        var arguments = ["cancel-update-stack", "--stack-name", id, "--client-request-token", "\(job.token)-cancel"]
        if isCreation {
            if let stack = try await reader.stack(id), stack.state != .busy { return ["lost": true] }
            arguments[0] = "delete-stack"
        }
        do {
            try await session.call("cloudformation", arguments[0], Array(arguments.dropFirst()))
            return .object(Object())
        } catch let fault as AWSFault where [.failedState, .busy, .noStack, .tokenReused].contains(fault.kind) {
            return ["lost": true]
        }
    }

    // MARK: The end

    /// Follows the execution to its end, and makes of it what people are told.
    func conclude() async throws -> Outcome {
        let status = try await follow(isStoppable: true)
        switch status {
        case "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE": return try await succeed(hasChanged: true)
        case "ROLLBACK_COMPLETE", "CREATE_FAILED":
            guard isCreation else { return try await stick(status) }
            if progress.end == nil { try await fail(try await cause(status), phase: .rollingBack) }
            // Nothing is left of it but its name, which the next try needs.
            try await deleteStack(marking: false)
            let end = try await follow(isStoppable: false)
            return try await end == "DELETE_COMPLETE" ? undone() : stick(end)
        case "UPDATE_ROLLBACK_COMPLETE":
            if progress.end == nil { try await fail(try await cause(status)) }
            return try await undone()
        case "DELETE_COMPLETE":
            if progress.end == nil {
                try await fail(
                    Failure(
                        reason: "The stack \(job.stack) must stay while it is deployed, but somebody deleted it.",
                        hint: "Destroy it here too, which clears its record; then it can be made anew."))
            }
            return try await undone()
        default: return try await stick(status)
        }
    }

    private func history() async throws -> [StackEvent] {
        let id = stackID ?? job.stack
        return try await patiently {
            do { return try await reader.events(of: id, after: marker).filter(isOurs) } catch let fault as AWSFault
                where fault.isAbsence
            {
                return []
            }
        }
    }

    /// The first resource that failed by itself, by time.
    func cause(_ status: String) async throws -> Failure {
        let history = try await history()
        guard let event = history.first(where: \.isCause) else {
            let reason = history.last { $0.isOfStack && !$0.reason.isEmpty }?.reason ?? "no resource says why"
            return Failure(
                reason: "The stack \(job.stack) came to \(status): \(FaultReading.ended(reason))",
                hint: ReasonHints.hint(for: reason))
        }
        return event.failure
    }

    /// Ends a run of which everything was undone.
    private func undone() async throws -> Outcome {
        var names: [String] = []
        var isRollingBack = false
        for event in try await history() {
            isRollingBack = event.isRollback ?? isRollingBack
            let state = event.state(isRollingBack: isRollingBack)
            if [.undone, .deleted].contains(state), !names.contains(event.resource) { names.append(event.resource) }
        }
        let isGone = isCreation || progress.status.hasPrefix("DELETE_")
        var removed: [String] = []
        if isGone {
            try await ledger.setIdentity(nil)
            removed = try await ledger.resources().map(\.logicalID).sorted()
        }
        guard var failure = progress.end?.failure else {
            return try await finish(.cancelled(undone: names), remove: removed)
        }
        failure.undone = names
        return try await finish(.failed(failure), remove: removed)
    }

    /// Ends a run that could not be undone whole.
    func stick(_ status: String) async throws -> Outcome {
        let history = try await history()
        let first = try await cause(status)
        let last = history.last { $0.isCause } ?? history.last
        let reason = history.last { $0.isOfStack && !$0.reason.isEmpty }?.reason ?? ""
        let before = progress.end?.failure?.reason ?? (progress.end == nil ? first.reason : "It was cancelled.")
        let said = reason.isEmpty ? "CloudFormation gives no reason." : FaultReading.ended(reason)
        let failure = Failure(
            resource: last?.resource ?? "", type: last?.type ?? "",
            reason: "The stack \(job.stack) is stuck in \(status): \(said) Before that: \(before)",
            hint: "Release it, in one of the ways that its status offers.")
        return try await finish(.stuck(failure), events: [EventDraft(kind: .log, message: failure.reason)])
    }

    /// Ends a run that brought the stack to what is wanted: its outputs, its resources, its identity.
    func succeed(hasChanged: Bool) async throws -> Outcome {
        let id = stackID ?? job.stack
        guard let stack = try await patiently({ try await reader.stack(id) }) else {
            return try await finish(
                .failed(
                    Failure(
                        reason: "The stack \(job.stack) must be there after its deployment, but is not.",
                        hint: "Destroy it here too, which clears its record; then it can be made anew.")))
        }
        let found = try await patiently { try await reader.resources(of: id) }
        if job.connection.settings.isTerminationProtected, !stack.isTerminationProtected { try await protect(id) }
        try await ledger.setIdentity(identity(of: stack))
        let records = found.filter { $0.status != "DELETE_COMPLETE" }.map(\.record)
        let before = try await ledger.resources()
        let wanted = Set(records.map(\.logicalID))
        let removed = before.filter { !wanted.contains($0.logicalID) }
        var events: [EventDraft] = []
        if hasChanged, !progress.hasTold { events = Self.differences(before, records) }
        if !hasChanged { events.append(EventDraft(kind: .log, message: "CloudFormation finds nothing to change.")) }
        events += stack.outputs.map { EventDraft(kind: .output, resource: $0.key, message: $0.value) }
        return try await finish(
            .succeeded(stack.outputs), put: records, remove: removed.map(\.logicalID).sorted(), events: events)
    }

    private func identity(of stack: StackDescription) -> StackIdentity {
        var identity = stack.identity(isAdopted: job.identity?.isAdopted ?? false)
        // Not every endpoint tells them all.
        identity.tags = request.tags(over: stack)
        identity.capabilities = Set(stack.capabilities + request.capabilities).sorted()
        if identity.role.isEmpty { identity.role = request.role }
        return identity
    }

    private func protect(_ id: String) async throws {
        try await perform(.protect) {
            try await patiently {
                try await session.call(
                    "cloudformation", "update-termination-protection",
                    ["--enable-termination-protection", "--stack-name", id])
                return .null
            }
        }
    }

    /// What happened to resources, where the endpoint tells no events of them.
    static func differences(_ before: [ProvisionedResource], _ after: [ProvisionedResource]) -> [EventDraft] {
        func event(_ resource: ProvisionedResource, _ state: Event.ResourceState) -> EventDraft {
            EventDraft(
                kind: .resource, resource: resource.logicalID, type: resource.type, state: state,
                physicalID: resource.physicalID)
        }
        let old = Dictionary(before.map { ($0.logicalID, $0) }) { first, _ in first }
        let new = Set(after.map(\.logicalID))
        let changed = after.compactMap { resource -> EventDraft? in
            guard let was = old[resource.logicalID] else { return event(resource, .created) }
            return was.physicalID == resource.physicalID ? nil : event(resource, .updated)
        }
        return changed + before.filter { !new.contains($0.logicalID) }.map { event($0, .deleted) }
    }
}

extension StackEvent {
    private static let words = ["CREATE_FAILED": "created", "UPDATE_FAILED": "changed", "DELETE_FAILED": "deleted"]

    var failure: Failure {
        let word = Self.words[status] ?? "brought to what is wanted"
        return Failure(
            resource: resource, type: type,
            reason:
                "\(resource) could not be \(word): \(FaultReading.ended(reason.isEmpty ? "no reason is given" : reason))",
            hint: ReasonHints.hint(for: reason))
    }
}
