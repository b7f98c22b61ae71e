internal import Catalog
internal import Documents

/// The way forward: a change set, what it says, its execution.
extension StackRun {
    func apply() async throws -> Outcome {
        if let outcome = progress.outcome { return outcome }
        do { return try await goForward() } catch let fault as AWSFault { return try await lose(fault) }
    }

    private func goForward() async throws -> Outcome {
        // What may be under way already is not taken back because nobody can be asked just now.
        if progress.begun[.execute] != nil { try await patiently { try await checks.caller() } }
        if progress.end == nil, !progress.isDone(.execute) {
            do {
                if try await prepare() { return try await succeed(hasChanged: false) }
                try await execute()
            } catch let fault as AWSFault {
                try await fail(checks.explained(fault, role: request.role))
            } catch let failure as Failure {
                try await fail(failure)
            } catch is Stop {}
        }
        return try await progress.isDone(.execute) ? conclude() : withdraw()
    }

    var changeSets: ChangeSetCalls {
        ChangeSetCalls(
            session: session, pacing: pacing, stack: stackID ?? job.identity?.name ?? job.stack,
            name: StackChecks.prefix + job.token)
    }

    /// The stack's ARN, as soon as it is known.
    var stackID: String? {
        progress.done[.create]?["stack"]?.string ?? progress.done[.delete]?["stack"]?.string
            ?? progress.begun[.delete]?["stack"]?.string ?? progress.begun[.resume]?["stack"]?.string
    }

    var isCreation: Bool { progress.begun[.create]?["kind"]?.string == ChangeSetCalls.Kind.create.rawValue }

    /// Makes the change set and lays its verdict over what was approved.
    ///
    /// - Returns: Whether there is nothing to do.
    private func prepare() async throws -> Bool {
        if progress.begun[.execute] == nil { try await checks.caller() }
        if !progress.isDone(.create) { try await makeChangeSet() }
        if isCreation, let stackID {
            // Known from here on, so that a removal finds what a lost run has left.
            try await ledger.setIdentity(identity(of: stackID))
        }
        if progress.begun[.discard] != nil { return try await discard() }
        // It may be forgotten by now, because it is being executed.
        if progress.open == .execute { return false }
        let changeSet = try await changeSets.ready()
        if changeSet.isIdle { return try await discard() }
        // After its execution began nobody asks any more whether it should.
        guard !changeSet.isExecuted else { return false }
        if changeSet.isRefused { throw changeSet.refusal }
        let approval = Approval(expected: job.expected, verdict: changeSet.changes)
        if let refusal = approval.refusal { throw refusal }
        remarks = approval.remarks
        return false
    }

    /// Takes a change set away that has nothing to do.
    private func discard() async throws -> Bool {
        let calls = changeSets
        try await perform(.discard) {
            try await calls.find() == nil ? .null : nil
        } act: {
            try await calls.delete()
            return .null
        }
        return true
    }

    private func makeChangeSet() async throws {
        let found = try await checks.stack()
        let begun = progress.open == .create ? progress.begun[.create]?["kind"]?.string : nil
        let kind: ChangeSetCalls.Kind
        if let begun = begun.flatMap(ChangeSetCalls.Kind.init) {
            kind = begun
        } else {
            kind = try await checks.kind(found)
            guard try await !isStopped() else { throw Stop() }
        }
        var address: String?
        if request.isLarge {
            let place = try request.upload()
            let uploading = Uploading(session: session, request: request)
            try await perform(.upload) {
                _ = try await uploading.upload()
                return .null
            }
            address = place.address
        }
        let calls = changeSets
        let input = request.input(over: kind == .update ? found : nil, templateAddress: address)
        let note = Object([
            ("kind", .string(kind.rawValue)), ("isNew", .bool(kind == .create && found == nil)),
        ])
        try await perform(.create, note: note) {
            try await calls.find().map { ["changeSet": .string($0.id), "stack": .string($0.stack)] }
        } act: {
            let made = try await calls.create(kind, token: job.token, input: input)
            return ["changeSet": .string(made.changeSet), "stack": .string(made.stack)]
        }
    }

    func identity(of id: String) -> StackIdentity {
        StackIdentity(
            name: job.stack, id: id, account: job.account, region: job.region, tags: request.tags(over: nil),
            role: request.role, capabilities: request.capabilities, notificationTopics: request.notificationTopics,
            isAdopted: job.identity?.isAdopted ?? false)
    }

    // MARK: Execution

    /// Executes exactly the change set that was compared, once.
    private func execute() async throws {
        let isBegun = progress.open == .execute
        if isBegun, try await patiently(isExecuted) {
            try await settle(.execute, .null)
            return
        }
        if try await isStopped() { return }
        if !isBegun {
            // What is older is not told; a new stack's history is all its own.
            let after = isCreation ? "" : try await reader.newestEvent(of: stackID ?? job.stack)
            let events = remarks.map { EventDraft(kind: .log, message: $0) }
            try await intend(.execute, Object([("after", .string(after))]), events)
        }
        try await patiently {
            do {
                try await session.call(
                    "cloudformation", "execute-change-set",
                    [
                        "--stack-name", stackID ?? job.stack, "--change-set-name", changeSets.name,
                        "--client-request-token", job.token,
                    ])
            } catch let fault as AWSFault {
                // It may have arrived although no answer came back.
                let isOpen = [.unreachable, .unavailable, .notExecutable, .tokenReused].contains(fault.kind)
                guard isOpen || fault.isAbsence, try await isExecuted()
                else { throw fault }
            }
        }
        try await settle(.execute, .null)
    }

    /// Whether the change set is being executed, or was.
    private func isExecuted() async throws -> Bool {
        if let found = try await changeSets.find() { return found.isExecuted }
        // CloudFormation forgets change sets once they are executed; the stack's events stay.
        let events = try await reader.events(of: stackID ?? job.stack, after: "")
        if events.contains(where: { $0.token == job.token }) { return true }
        throw Failure(
            reason: "The change set \(changeSets.name) must be there, but somebody deleted it; nothing was changed.",
            hint: "Deploy again.")
    }

    /// Whether somebody has asked to cancel, or the time is over; the journal has it then.
    func isStopped() async throws -> Bool {
        if try await ledger.isCancelRequested() {
            try await write(Step(JournalEntry(.cancelled)))
            return true
        }
        guard let minutes = job.connection.settings.timeoutMinutes, let start = progress.startedAt,
            pacing.now() >= start.adding(milliseconds: Int64(minutes) * 60_000)
        else { return false }
        try await fail(
            Failure(
                reason: "The deployment must end within \(minutes) minutes, but has not.",
                hint: "Look at what took so long, or give the connection a longer time."), call: .timeout)
        return true
    }

    // MARK: Withdrawal

    /// Takes away what was prepared and not executed.
    ///
    /// It does no harm if it stays, so an endpoint that can't be reached is not waited for.
    func withdraw() async throws -> Outcome {
        if progress.begun[.create] != nil {
            let calls = changeSets
            try await leave(.discard) {
                // It may be gone already, where the run before this one was cut off.
                if try await calls.find() != nil { try await calls.delete() }
            }
            if isCreation, progress.begun[.create]?["isNew"]?.bool == true {
                let id = stackID
                try await leave(.delete) {
                    guard let id else { return }
                    try await self.deletePlanned(id)
                }
            }
            if isCreation { try await ledger.setIdentity(nil) }
        }
        guard let failure = progress.end?.failure else { return try await finish(.cancelled(undone: [])) }
        return try await finish(.failed(failure))
    }

    private func leave(_ call: StackCall, _ act: () async throws -> Void) async throws {
        try await perform(call) {
            do {
                try await act()
                return .null
            } catch let fault as AWSFault {
                try await ledger.log("Could not \(call.rawValue): \(fault.reason)\n")
                return ["left": true]
            }
        }
    }

    /// Deletes a stack that holds nothing but a change set.
    private func deletePlanned(_ id: String) async throws {
        guard let stack = try await reader.stack(id), stack.state == .reviewed else { return }
        try await session.call(
            "cloudformation", "delete-stack", ["--stack-name", id, "--client-request-token", "\(job.token)-delete"])
        try await reader.awaitAbsence(of: id)
    }
}

/// The way forward ended before anything was begun; why stands in the journal.
struct Stop: Error {}
