internal import Documents

extension Comparison {
    /// Carries replacements on to what refers to the replaced, until nothing moves.
    ///
    /// A class only ever rises, and a resource is looked at again only when one that it refers to has risen, so it ends.
    mutating func propagate() {
        guard let wanted, applied != nil else { return }
        var referrers: [Key: [(EvaluatedResource, Reference)]] = [:]
        for resource in wanted.resources {
            for reference in resource.references where reference.path.first == "Properties" {
                referrers[Key(reference.target), default: []].append((resource, reference))
            }
        }
        var waiting = wanted.resources.map(\.logicalID).filter { isReplaced($0) }
        var next = 0
        while next < waiting.count {
            let target = waiting[next]
            next += 1
            for (resource, reference) in referrers[Key(target)] ?? [] where resource.logicalID != target {
                let before = changes[Key(resource.logicalID)]?.changeClass.rank ?? 0
                carry(reference, to: resource)
                let after = changes[Key(resource.logicalID)]?.changeClass.rank ?? 0
                if after > before, isReplaced(resource.logicalID) { waiting.append(resource.logicalID) }
            }
        }
    }

    private func isReplaced(_ logicalID: String) -> Bool {
        let change = changes[Key(logicalID)]?.changeClass
        return change == .replace || change == .mayReplace
    }

    private mutating func carry(_ reference: Reference, to resource: EvaluatedResource) {
        guard let applied, let wanted, let old = applied[resource.logicalID], old.type == resource.type,
            let target = changes[Key(reference.target)]?.changeClass
        else { return }
        let pointer = Pointer(reference.path)
        let (effect, rule) = effect(of: Array(reference.path.dropFirst()), on: resource.type, target)
        guard let effect else { return }
        var change =
            changes[Key(resource.logicalID)]
            ?? ResourceChange(
                logicalID: resource.logicalID, type: resource.type, changeClass: effect, causes: [], consequence: .none,
                place: wanted.place(resource.position))
        let own = change.causes.firstIndex { $0.pointer == pointer && $0.replacedReference == reference.target }
        let shown = resource.properties.shown(at: reference.path.dropFirst())
        let cause = ChangeCause(
            pointer: pointer, oldText: shown, newText: shown, effect: effect, rule: rule,
            replacedReference: reference.target, place: wanted.place(reference.position))
        if let own {
            guard change.causes[own].effect.rank < effect.rank else { return }
            change.causes[own] = cause
        } else {
            change.causes.append(cause)
        }
        if effect.rank > change.changeClass.rank { change.changeClass = effect }
        changes[Key(resource.logicalID)] = change
    }

    /// What a new value of a reference does; a target that may stay does nothing where its value could be taken in place.
    private func effect(
        of path: [String], on type: String, _ target: ChangeClass
    ) -> (ChangeClass?, PropertyPath?) {
        guard let facts = facts[type] else { return (target == .replace ? .unknown : nil, nil) }
        func rule(_ rules: [PropertyPath]) -> PropertyPath? {
            rules.first { $0.steps.count <= path.count && $0.isOnBranch(of: path) }
        }
        if let rule = rule(facts.createOnly) { return (target == .replace ? .replace : .mayReplace, rule) }
        if let rule = rule(facts.conditionalCreateOnly) { return (.mayReplace, rule) }
        return (target == .replace ? .update : nil, nil)
    }
}

extension Term {
    /// The text of the value at `path`, or of the nearest one above it that is data.
    func shown(at path: some Collection<String>) -> String {
        var term = self
        for step in path {
            switch term.form {
            case .object: guard let next = term[step] else { return term.shown }; term = next
            case .list(let items):
                guard let index = Int(step), items.indices.contains(index) else { return term.shown }
                term = items[index]
            case .scalar, .encoded, .opaque: return term.shown
            }
        }
        return term.shown
    }
}
