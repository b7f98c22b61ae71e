internal import Catalog
internal import CloudFormation
internal import Documents

/// The way forward: what is new or changed is made, everything after what it needs.
extension LocalRun {
    /// - Throws: The `Failure` of the act that was refused; beside what the ledger throws.
    mutating func goForward(_ wanted: WantedStack) async throws {
        try checkFailAt(wanted)
        for logicalID in wanted.order where !progress.isDone(logicalID) {
            if !progress.isOpen(logicalID), try await isCancelled() { return }
            try await carryOut(logicalID, wanted)
        }
        if try await isCancelled() { return }
        try checkRemovals(wanted)
    }

    private mutating func isCancelled() async throws -> Bool {
        guard try await ledger.isCancelRequested() else { return false }
        let phase: Deployment.Phase? = progress.nextToUndo == nil ? nil : .rollingBack
        try await write(Step(JournalEntry(.cancelled), phase: phase))
        return true
    }

    private mutating func carryOut(_ logicalID: String, _ wanted: WantedStack) async throws {
        let resource = try wanted.resource(logicalID, records)
        let before = records[logicalID]
        let act = act(on: resource, before)
        let after = try await record(resource, act, before, wanted)
        let isAsked = job.options.failAt.map { Key($0) == Key(logicalID) } ?? false
        if act == nil, !isAsked {
            // Policies and dependencies move in the record alone.
            guard let before, before != after else { return }
            let entry = JournalEntry(.done, act: .update, resource: logicalID, before: before, after: after)
            return try await write(Step(entry, put: [after]))
        }
        let isUpdate = act == .update || act == nil
        let shown = isUpdate ? after : ProvisionedResource(logicalID: logicalID, type: after.type, physicalID: "")
        let intent = Step(
            JournalEntry(.intent, act: act, resource: logicalID, before: before),
            events: [event(isUpdate ? .updating : .creating, shown, reason(act))])
        let done = Step(
            JournalEntry(.done, act: act, resource: logicalID, before: before, after: after), put: [after],
            events: [event(isUpdate ? .updated : .created, after)])
        var isOpen = progress.isOpen(logicalID)
        if !isOpen, takesTime || isAsked {
            try await write(intent)
            isOpen = true
        }
        try await wait()
        if isAsked { throw Failure(Self.asked(logicalID), resource: logicalID, type: after.type) }
        if let refusal = try await refusal(of: after, act, before) {
            if !isOpen { try await write(intent) }
            throw Failure(refusal, resource: logicalID, type: after.type)
        }
        try await write(isOpen ? [done] : [intent, done])
    }

    static func asked(_ logicalID: String) -> Refusal {
        Refusal(
            "It was asked to fail at \(logicalID), and did.", hint: "Deploy again without asking for that.")
    }

    private func reason(_ act: JournalEntry.Act?) -> String {
        act == .replace ? "A change needs a new one; the old one goes at the end." : ""
    }

    /// What has to be done; `nil` for nothing.
    private func act(on resource: EvaluatedResource, _ before: ProvisionedResource?) -> JournalEntry.Act? {
        guard let before else { return .create }
        guard before.type == resource.type else { return .replace }
        switch resource.changeClass(from: before.properties, region: job.region) {
        case nil: return nil
        case .replace: return .replace
        // Only the service can tell whether it replaces: a rehearsal takes the milder way.
        case .add, .metadata, .update, .unknown, .mayReplace, .remove: return .update
        }
    }

    private func record(
        _ resource: EvaluatedResource, _ act: JournalEntry.Act?, _ before: ProvisionedResource?, _ wanted: WantedStack
    ) async throws -> ProvisionedResource {
        let isNew = act == .create || act == .replace
        let properties = resource.properties.value
        func make(_ generation: Int) -> Identity {
            let maker = IdentityMaker(
                stack: job.stack, logicalID: resource.logicalID, generation: generation, properties: properties,
                region: job.region, account: job.account)
            return Identity(type: resource.type, maker, keeping: isNew ? nil : before?.physicalID)
        }
        var generation = (before?.generation ?? 0) + (act == .replace ? 1 : 0)
        var identity = make(generation)
        // An id of the service's making is never given twice, not while a kept resource has it either.
        while isNew, try await ledger.kept(holding: identity.physicalID, type: resource.type) != nil {
            let next = make(generation + 1)
            guard next.physicalID != identity.physicalID else { break }
            generation += 1
            identity = next
        }
        return ProvisionedResource(
            logicalID: resource.logicalID, type: resource.type, physicalID: identity.physicalID,
            attributes: identity.attributes, properties: properties,
            dependencies: wanted.dependencies(of: resource.logicalID),
            deletionPolicy: resource.deletionPolicy.forRemoval,
            replacementPolicy: resource.updateReplacePolicy.forRemoval, generation: generation
        )
    }

    /// What a service would say to it.
    private func refusal(
        of resource: ProvisionedResource, _ act: JournalEntry.Act?, _ before: ProvisionedResource?
    ) async throws -> Refusal? {
        let others = records.all.filter { $0.logicalID != resource.logicalID } + progress.replaced
        let proposal = Proposal(
            logicalID: resource.logicalID, type: resource.type, properties: resource.properties,
            physicalID: resource.physicalID, others: others + (try await neighbours(of: resource)),
            isNew: act != .update, day: job.day)
        if let refusal = ServiceRule.refusal(of: proposal) { return refusal }
        guard act != .update, IdentityTable.entries[resource.type]?.isNamed == true else { return nil }
        return try await nameRefusal(of: resource, others, before)
    }

    /// What stands around it in other stacks, called so that a sentence can name it.
    private func neighbours(of resource: ProvisionedResource) async throws -> [ProvisionedResource] {
        var found: [ProvisionedResource] = []
        for one in ServiceRule.neighbourhoods[resource.type] ?? [] {
            guard let value = resource.properties.text(one.property) else { continue }
            for neighbour in try await ledger.neighbours(ofType: one.type, sharing: one.sharing, value: value) {
                var other = neighbour.resource
                other.logicalID += " of stack \(neighbour.stack)"
                found.append(other)
            }
        }
        return found.sorted { $0.logicalID < $1.logicalID }
    }

    /// Two things of one type can't have one name: not here, not in another stack, not the old beside the new.
    private func nameRefusal(
        of resource: ProvisionedResource, _ others: [ProvisionedResource], _ before: ProvisionedResource?
    ) async throws -> Refusal? {
        let id = resource.physicalID
        if let before, before.type == resource.type, before.physicalID == id {
            return Refusal(
                "A resource with a name of its own must get another one when it is replaced, but \(id) stays.",
                hint: "Change the name too, or leave it to the service.")
        }
        if let twin = others.first(where: { $0.type == resource.type && $0.physicalID == id }) {
            return Refusal(
                "Its name must be free, but \(twin.logicalID) of this stack is called \(id) already.",
                hint: "Choose another name, or leave it to the service.")
        }
        if let stack = try await ledger.stack(holding: id, type: resource.type) {
            return Refusal(
                "Its name must be free, but stack \(stack) has one that is called \(id).",
                hint: "Choose another name, or leave it to the service.")
        }
        guard let kept = try await ledger.kept(holding: id, type: resource.type) else { return nil }
        return Refusal(
            "Its name must be free, but \(id) exists already: \(kept.target.title) kept it (\(kept.deployment)).",
            hint: "Choose another name, or forget the kept one: baryon kept forget \(kept.id)")
    }

    private func checkFailAt(_ wanted: WantedStack) throws {
        guard let name = job.options.failAt, !wanted.wants(name), records[name] == nil else { return }
        let names = wanted.order.prefix(12).joined(separator: ", ")
        throw Failure(
            reason: "The resource to fail at must be one of the stack, but \(name) is none.",
            hint: "Name one of \(names)\(wanted.order.count > 12 ? " and the others" : "").")
    }
}

extension RetentionPolicy {
    var forRemoval: ProvisionedResource.RemovalPolicy {
        switch self {
        case .delete: .delete
        case .retain: .retain
        case .retainExceptOnCreate: .retainExceptOnCreate
        case .snapshot: .snapshot
        }
    }
}
