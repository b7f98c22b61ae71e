internal import Documents

/// One comparison under way.
struct Comparison {
    let applied: EvaluatedTemplate?
    let wanted: EvaluatedTemplate?
    let region: String?
    var facts: [String: ResourceTypeFacts] = [:]
    /// By logical id: what is wanted and changes.
    var changes: [Key: ResourceChange] = [:]

    init(applied: EvaluatedTemplate?, wanted: EvaluatedTemplate?, region: String?) {
        self.applied = applied
        self.wanted = wanted
        self.region = region
        for resource in (applied?.resources ?? []) + (wanted?.resources ?? []) where facts[resource.type] == nil {
            // What a custom resource does at a change is known to its own code only.
            if resource.type == "AWS::CloudFormation::CustomResource" { continue }
            facts[resource.type] = ResourceFacts.facts(for: resource.type, region: region)
        }
    }

    mutating func run() -> [ResourceChange] {
        for resource in wanted?.resources ?? [] { changes[Key(resource.logicalID)] = change(of: resource) }
        propagate()
        var removed = (applied?.resources ?? []).filter { wanted?[$0.logicalID] == nil }.compactMap { removal(of: $0) }
        var kept = (wanted?.resources ?? []).compactMap { changes[Key($0.logicalID)] }
        for index in kept.indices { kept[index] = consequences(of: kept[index]) }
        for index in kept.indices { kept[index].widenings = widenings(of: kept[index]) }
        for index in removed.indices { removed[index].widenings = widenings(of: removed[index]) }
        Resemblance(applied: applied, wanted: wanted).note(in: &kept, &removed)
        return kept + removed
    }

    private func change(of new: EvaluatedResource) -> ResourceChange? {
        guard let wanted else { return nil }
        var change = ResourceChange(
            logicalID: new.logicalID, type: new.type, changeClass: .add, causes: [], consequence: .none,
            place: wanted.place(new.position))
        guard let applied, let old = applied[new.logicalID] else { return change }
        if old.type != new.type {
            change.previousType = old.type
            change.changeClass = .replace
            change.causes = [
                ChangeCause(
                    pointer: Pointer(["Type"]), oldText: old.type, newText: new.type, effect: .replace,
                    place: wanted.place(new.position), oldPlace: applied.place(old.position))
            ]
            return change
        }
        change.causes = causes(old, new)
        guard let worst = change.causes.map(\.effect).max(by: { $0.rank < $1.rank }) else { return nil }
        change.changeClass = worst
        return change
    }

    private func causes(_ old: EvaluatedResource, _ new: EvaluatedResource) -> [ChangeCause] {
        var comparison = TermComparison(unordered: facts[new.type]?.unordered ?? [])
        comparison.compare(old.properties, new.properties)
        var causes = comparison.differences.map { difference in
            let (effect, rule) = effect(of: difference, on: new.type)
            return cause(difference, under: ["Properties"], effect, rule)
        }
        for name in ["Metadata", "CreationPolicy", "UpdatePolicy"] {
            let olds = old.attributes.first { $0.name == name }?.value
            let news = new.attributes.first { $0.name == name }?.value
            guard olds != news else { continue }
            causes.append(cause(TermDifference(path: [name], old: olds, new: news), under: [], .metadata, nil))
        }
        let texts = [
            ("DeletionPolicy", old.deletionPolicy.rawValue, new.deletionPolicy.rawValue),
            ("UpdateReplacePolicy", old.updateReplacePolicy.rawValue, new.updateReplacePolicy.rawValue),
            (
                "DependsOn", old.dependsOn.sorted().joined(separator: ", "),
                new.dependsOn.sorted().joined(separator: ", ")
            ),
        ]
        for (name, before, after) in texts where before != after {
            causes.append(
                ChangeCause(
                    pointer: Pointer([name]), oldText: before.isEmpty ? nil : before,
                    newText: after.isEmpty ? nil : after, effect: .metadata, place: wanted?.place(new.position),
                    oldPlace: applied?.place(old.position)))
        }
        return causes
    }

    private func cause(
        _ difference: TermDifference, under root: [String], _ effect: ChangeClass, _ rule: PropertyPath?
    ) -> ChangeCause {
        ChangeCause(
            pointer: Pointer(root + difference.path), oldText: difference.old?.shown, newText: difference.new?.shown,
            effect: effect, rule: rule,
            isVolatile: difference.new?.isVolatile ?? false,
            place: difference.new.flatMap { wanted?.place($0.position) },
            oldPlace: difference.old.flatMap { applied?.place($0.position) })
    }

    /// What a differing property does to a resource of `type`, and by which rule.
    private func effect(of difference: TermDifference, on type: String) -> (ChangeClass, PropertyPath?) {
        guard let facts = facts[type] else { return (.unknown, nil) }
        if let rule = facts.createOnly.first(where: { isHit($0, by: difference) }) { return (.replace, rule) }
        if let rule = facts.conditionalCreateOnly.first(where: { isHit($0, by: difference) }) {
            return (.mayReplace, rule)
        }
        if let tags = facts.tags, tags.isOnBranch(of: difference.path), tags.steps.count <= difference.path.count {
            return (.metadata, nil)
        }
        return (.update, nil)
    }

    /// Whether a difference touches `rule`: it is there, below it, or above it with a value there that differs.
    private func isHit(_ rule: PropertyPath, by difference: TermDifference) -> Bool {
        guard rule.isOnBranch(of: difference.path) else { return false }
        let rest = rule.steps.dropFirst(difference.path.count)
        if rest.isEmpty { return true }
        return values(of: difference.old, at: rest) != values(of: difference.new, at: rest)
    }

    /// The values at `steps`; `*` is every item.
    private func values(of term: Term?, at steps: ArraySlice<String>) -> [Term] {
        guard let term else { return [] }
        guard let step = steps.first else { return [term] }
        if step == "*", case .list(let items) = term.form {
            return items.flatMap { values(of: $0, at: steps.dropFirst()) }
        }
        // An opaque term may hold anything.
        if case .opaque = term.form { return [term] }
        return values(of: term[step], at: steps.dropFirst())
    }
}

extension ChangeClass {
    /// The order of the lattice: a resource has the highest class of its causes.
    var rank: Int {
        switch self {
        case .add, .remove: 0
        case .metadata: 1
        case .update: 2
        case .unknown: 3
        case .mayReplace: 4
        case .replace: 5
        }
    }
}
