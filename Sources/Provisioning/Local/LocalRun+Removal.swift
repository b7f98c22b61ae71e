internal import Catalog
internal import CloudFormation
internal import Documents

/// The way out: what nothing wants any more, nothing before what needs it.
extension LocalRun {
    /// Removes what the template no longer has and what was replaced. From here nothing is undone.
    ///
    /// - Returns: Whether there was anything, and `links` are bound with that.
    mutating func cleanUp(_ wanted: WantedStack, binding links: StackLinks?) async throws -> Bool {
        let leftovers = leftovers(wanted)
        guard progress.isCleaning || !leftovers.isEmpty else { return false }
        if !progress.isCleaning { try await write(Step(JournalEntry(.cleaning), links: links)) }
        for resource in leftovers where !progress.removed.contains(Key(resource.logicalID)) {
            try await remove(resource, isReplaced: wanted.wants(resource.logicalID))
        }
        return true
    }

    /// Refuses removals while all else can still be undone.
    func checkRemovals(_ wanted: WantedStack) throws(Failure) {
        for resource in leftovers(wanted) {
            if let name = job.options.failAt, Key(name) == Key(resource.logicalID) {
                throw Failure(Self.asked(name), resource: name, type: resource.type)
            }
            if let refusal = RemovalRule.refusal(of: resource, isReplaced: wanted.wants(resource.logicalID)) {
                throw Failure(refusal, resource: resource.logicalID, type: resource.type)
            }
        }
    }

    private func leftovers(_ wanted: WantedStack) -> [ProvisionedResource] {
        let gone = records.all.filter { !wanted.wants($0.logicalID) }
        return Self.inRemovalOrder(gone + progress.replaced)
    }

    /// Dependents first; what the record can't order comes last.
    static func inRemovalOrder(_ resources: [ProvisionedResource]) -> [ProvisionedResource] {
        let graph = DependencyGraph(resources.map { ($0.logicalID, $0.dependencies) })
        let byID = Dictionary(resources.map { (Key($0.logicalID), $0) }) { first, _ in first }
        let ordered = graph.deletionOrder
        let seen = Set(ordered.map(Key.init))
        return ordered.compactMap { byID[Key($0)] } + resources.filter { !seen.contains(Key($0.logicalID)) }
    }

    /// Takes one resource away as its policy says.
    ///
    /// - Parameter links: Bound with its first step.
    private mutating func remove(
        _ resource: ProvisionedResource, isReplaced: Bool, binding links: StackLinks? = nil
    ) async throws {
        let id = resource.logicalID
        let own = isReplaced ? resource.replacementPolicy : resource.deletionPolicy
        let policy = keeping.contains(Key(id)) ? .retain : own
        let (kept, said) = farewell(to: resource, policy)
        var steps = [
            Step(
                JournalEntry(.done, act: .delete, resource: id, before: resource), remove: isReplaced ? [] : [id],
                keep: kept, events: [said])
        ]
        if !policy.isKept, !progress.isOpen(id) {
            let entry = JournalEntry(.intent, act: .delete, resource: id, before: resource)
            steps.insert(Step(entry, events: [event(.deleting, resource)]), at: 0)
        }
        steps[0].links = links
        if takesTime, steps.count == 2 { try await write(steps.removeFirst()) }
        if !policy.isKept { try await wait() }
        try await write(steps)
    }

    /// What stays of a resource that leaves the stack, and what is said of it.
    func farewell(
        to resource: ProvisionedResource, _ policy: ProvisionedResource.RemovalPolicy
    ) -> (kept: [KeptDraft], event: EventDraft) {
        switch policy {
        case .delete: return ([], event(.deleted, resource))
        case .retain, .retainExceptOnCreate:
            let kept = KeptDraft(.retained, physicalID: resource.physicalID, resource: resource)
            return ([kept], event(.retained, resource, "Its policy keeps it; the stack no longer has it."))
        case .snapshot:
            let id = SnapshotIdentity.physicalID(of: resource, in: job)
            let kept = KeptDraft(.snapshotted, physicalID: id, resource: resource)
            return ([kept], event(.deleted, resource, "A snapshot of its data stays: \(id)."))
        }
    }

    mutating func destroy() async throws -> Outcome {
        if let outcome = ended() { return outcome }
        if progress.end == nil, let name = job.options.failAt, records[name] == nil, !progress.hasBegun {
            return try await endRemoval(
                Failure(
                    reason: "The resource to fail at must be one of the stack, but \(name) is none.",
                    hint: "Look at the stack's resources."))
        }
        let links = try await ledger.links()
        var withdrawal = links.exports.isEmpty ? nil : StackLinks(imports: links.imports)
        for resource in Self.inRemovalOrder(records.all) where progress.end == nil {
            if !progress.isOpen(resource.logicalID), try await ledger.isCancelRequested() {
                try await write(Step(JournalEntry(.cancelled)))
                break
            }
            if let refusal = removalRefusal(of: resource) {
                return try await endRemoval(Failure(refusal, resource: resource.logicalID, type: resource.type))
            }
            // What others import stays. From the first removal on, nobody can begin to import.
            do { try await remove(resource, isReplaced: false, binding: withdrawal) } catch let failure as Failure {
                return try await endRemoval(failure)
            }
            withdrawal = nil
        }
        let isGone = progress.end == nil && !links.isEmpty
        try await write(Step(JournalEntry(.finished), links: isGone ? StackLinks() : nil))
        return ended() ?? .succeeded([])
    }

    private func removalRefusal(of resource: ProvisionedResource) -> Refusal? {
        if let name = job.options.failAt, Key(name) == Key(resource.logicalID) { return Self.asked(name) }
        return keeping.contains(Key(resource.logicalID)) ? nil : RemovalRule.refusal(of: resource, isReplaced: false)
    }

    private mutating func endRemoval(_ failure: Failure) async throws -> Outcome {
        let event = EventDraft(
            kind: failure.resource.isEmpty ? .log : .resource, resource: failure.resource, type: failure.type,
            state: failure.resource.isEmpty ? nil : .failed,
            physicalID: records[failure.resource]?.physicalID ?? "", message: failure.reason)
        try await write(Step(JournalEntry(.failed, resource: failure.resource, failure: failure), events: [event]))
        try await write(Step(JournalEntry(.finished)))
        return .failed(failure)
    }

    /// How a removal ended; `nil` while it has not.
    private func ended() -> Outcome? {
        guard progress.isFinished else { return nil }
        if let failure = progress.end?.failure { return .failed(failure) }
        return progress.end == nil ? .succeeded([]) : .cancelled(undone: [])
    }
}

extension ProvisionedResource.RemovalPolicy {
    /// Whether the resource itself stays when it leaves the stack.
    var isKept: Bool { self == .retain || self == .retainExceptOnCreate }
}

/// What a service refuses to take away.
enum RemovalRule {
    private static let protections = [
        "AWS::RDS::DBInstance": "DeletionProtection", "AWS::RDS::DBCluster": "DeletionProtection",
        "AWS::DynamoDB::Table": "DeletionProtectionEnabled", "AWS::Cognito::UserPool": "DeletionProtection",
        "AWS::EC2::Instance": "DisableApiTermination",
    ]

    static func refusal(of resource: ProvisionedResource, isReplaced: Bool) -> Refusal? {
        let policy = isReplaced ? resource.replacementPolicy : resource.deletionPolicy
        guard !policy.isKept, let property = protections[resource.type],
            let value = resource.properties.text(property), value == "true" || value == "ACTIVE"
        else { return nil }
        return Refusal(
            "\(resource.physicalID) must not be protected from deletion to be deleted, but \(property) is \(value).",
            hint: "Turn \(property) off with an update first.")
    }
}
