internal import Catalog
internal import Documents

/// The way out, and the ways out of a stuck stack.
extension StackRun {
    func destroy() async throws -> Outcome {
        if let outcome = progress.outcome { return outcome }
        do { return try await remove() } catch let fault as AWSFault { return try await lose(fault) }
    }

    private func remove() async throws -> Outcome {
        if progress.begun[.delete] != nil { try await patiently { try await checks.caller() } }
        if progress.end == nil, progress.begun[.delete] == nil {
            do {
                try await checks.caller()
                guard let stack = try await checks.stack() else { return try await gone(isTold: false) }
                if let refusal = refusal(of: stack) { throw refusal }
                if try await ledger.isCancelRequested() {
                    try await write(Step(JournalEntry(.cancelled)))
                    return try await finish(.cancelled(undone: []))
                }
                try await deleteStack(stack.id, marking: true)
            } catch let fault as AWSFault {
                try await fail(checks.explained(fault, role: request.role))
            } catch let failure as Failure {
                try await fail(failure)
            }
        }
        if let failure = progress.end?.failure { return try await finish(.failed(failure)) }
        if progress.end != nil { return try await finish(.cancelled(undone: [])) }
        do { try await deleteStack(marking: true) } catch let fault as AWSFault {
            let failure = try await checks.explained(fault, role: request.role)
            try await fail(failure)
            return try await finish(.failed(failure))
        }
        let status = try await follow(isStoppable: false)
        if status == "DELETE_COMPLETE" { return try await gone(isTold: true) }
        return try await remaining(status)
    }

    /// What keeps a stack from being deleted; `nil` where nothing does.
    private func refusal(of stack: StackDescription) -> Failure? {
        if job.identity == nil, stack.state != .reviewed {
            return Failure(
                reason: "A stack must be recorded here to be destroyed, but \(stack.name) is not.",
                hint: "Adopt it first, or delete it with the AWS CLI.")
        }
        if stack.isTerminationProtected {
            return Failure(
                reason: "The stack \(stack.name) must not be protected from termination to be destroyed, but is.",
                hint: "Run: aws cloudformation update-termination-protection --no-enable-termination-protection "
                    + "--stack-name \(stack.name)")
        }
        return stack.state == .busy && stack.status != "DELETE_IN_PROGRESS" ? StackRefusal.failure(stack) : nil
    }

    /// Deletes the stack, once.
    ///
    /// - Parameter marking: Whether only what is newer than now is to be told.
    func deleteStack(_ known: String? = nil, keep: [String] = [], marking: Bool) async throws {
        let id = known ?? stackID ?? job.stack
        var note = Object([("stack", .string(id))])
        if marking, progress.begun[.delete] == nil {
            note["after"] = .string(try await reader.newestEvent(of: id))
        }
        try await perform(.delete, note: note) {
            let found = try await patiently { try await reader.stack(id) }
            // One that failed before is deleted again; this one's own failure is told by its events.
            guard found.map({ $0.status == "DELETE_IN_PROGRESS" || $0.state == .absent }) ?? true else { return nil }
            return ["stack": .string(id)]
        } act: {
            var arguments = ["--stack-name", id, "--client-request-token", token("delete")]
            if !request.role.isEmpty { arguments += ["--role-arn", request.role] }
            if !keep.isEmpty { arguments += ["--retain-resources"] + keep }
            _ = try await patiently { try await session.call("cloudformation", "delete-stack", arguments) }
            return ["stack": .string(id)]
        }
    }

    private func token(_ word: String) -> String {
        round == 0 ? "\(job.token)-\(word)" : "\(job.token)-\(word)-\(round)"
    }

    /// Ends a removal: the stack is gone.
    ///
    /// - Parameter keep: What it was told to leave.
    private func gone(isTold: Bool, keep: [String] = []) async throws -> Outcome {
        let records = try await ledger.resources().sorted {
            $0.logicalID.utf8.lexicographicallyPrecedes($1.logicalID.utf8)
        }
        var events: [EventDraft] = []
        var kept: [KeptDraft] = []
        if !isTold {
            events = [EventDraft(kind: .log, message: "The stack \(job.stack) is not there any more.")]
        } else if !progress.hasTold {
            events = Self.differences(records.filter { !keep.contains($0.logicalID) }, [])
            kept = records.filter { keep.contains($0.logicalID) }.map {
                KeptDraft(.retained, physicalID: $0.physicalID, resource: $0)
            }
        }
        try await ledger.setIdentity(nil)
        return try await finish(.succeeded([]), remove: records.map(\.logicalID), keep: kept, events: events)
    }

    /// Ends a removal that left something.
    private func remaining(_ status: String) async throws -> Outcome {
        let id = stackID ?? job.stack
        let left = Set(
            try await patiently { try await reader.resources(of: id) }
                .filter { $0.status != "DELETE_COMPLETE" }.map(\.logicalID))
        let removed = try await ledger.resources().map(\.logicalID).filter { !left.contains($0) }.sorted()
        var failure = try await cause(status)
        if failure.hint.isEmpty { failure.hint = "Remove what is in its way, then destroy it again." }
        try await fail(failure)
        return try await finish(.failed(failure), remove: removed)
    }

    // MARK: Release

    func release(_ exit: StackExit) async throws -> Outcome {
        do { return try await free(exit) } catch let fault as AWSFault {
            return .failed(try await checks.explained(fault, role: request.role))
        } catch let failure as Failure { return .failed(failure) }
    }

    private func free(_ exit: StackExit) async throws -> Outcome {
        try await checks.caller()
        if !progress.hasBegun {
            guard let stack = try await checks.stack() else { return try await gone(isTold: false) }
            switch (exit, stack.state) {
            case (.continueRollback, .stuck), (.delete, .stuck), (.delete, .hollow): break
            // It was released before, or by somebody else.
            case (.continueRollback, .settled): return .succeeded(stack.outputs)
            default: throw StackRefusal.failure(stack) ?? Failure(reason: "The stack \(stack.name) is not stuck.")
            }
            if case .delete(let keep) = exit { try await deleteStack(stack.id, keep: keep, marking: true) }
            if case .continueRollback(let skip) = exit { try await resume(stack.id, skip: skip) }
        }
        switch exit {
        case .continueRollback(let skip):
            try await resume(stackID ?? job.stack, skip: skip)
            let status = try await follow(isStoppable: false)
            return try await status == "UPDATE_ROLLBACK_COMPLETE" ? succeed(hasChanged: true) : stick(status)
        case .delete(let keep):
            try await deleteStack(keep: keep, marking: true)
            let status = try await follow(isStoppable: false)
            return try await status == "DELETE_COMPLETE" ? gone(isTold: true, keep: keep) : remaining(status)
        }
    }

    private func resume(_ id: String, skip: [String]) async throws {
        var note = Object([("stack", .string(id))])
        if progress.begun[.resume] == nil { note["after"] = .string(try await reader.newestEvent(of: id)) }
        try await perform(.resume, note: note) {
            let found = try await patiently { try await reader.stack(id) }
            return found?.status == "UPDATE_ROLLBACK_FAILED" ? nil : .null
        } act: {
            var arguments = ["--stack-name", id, "--client-request-token", token("continue")]
            if !request.role.isEmpty { arguments += ["--role-arn", request.role] }
            if !skip.isEmpty { arguments += ["--resources-to-skip"] + skip }
            _ = try await patiently { try await session.call("cloudformation", "continue-update-rollback", arguments) }
            return .null
        }
    }
}
