import Documents

extension Check {
    mutating func checkAny(_ value: Value, _ node: SchemaNode) -> Bool {
        for branch in node.anyOf where accepts(value, branch) { return true }
        reportNone(value, node, "anyOf", node.anyOf, "at least one of")
        return false
    }

    mutating func checkOne(_ value: Value, _ node: SchemaNode) -> Bool {
        var matched: [Int] = []
        for (position, branch) in node.oneOf.enumerated() where accepts(value, branch) { matched.append(position) }
        if matched.count == 1 { return true }
        guard !matched.isEmpty else {
            reportNone(value, node, "oneOf", node.oneOf, "exactly one of")
            return false
        }
        let titles = titles(of: node.oneOf)
        let names = matched.map { titles[$0] }
        let both = matched.count == 2 && node.oneOf.count == 2
        let found = both ? "matches both" : "matches \(Self.joined(names, "and"))"
        let rule = "must match exactly one of \(titles.joined(separator: ", "))"
        _ = broken("oneOf", rule, found: found, value, nil, node)
        amend { $0.matched = matched }
        return false
    }

    mutating func checkNot(_ value: Value, _ excluded: SchemaNode.Index, _ node: SchemaNode) -> Bool {
        guard accepts(value, excluded) else { return true }
        let isShown = Wording.plain(value) != nil && !isSecret(node)
        let rule = isShown ? "must not be \(Wording.shown(value))" : "has a form that is excluded"
        return broken("not", rule, found: nil, value, nil, node)
    }

    /// Reports that no branch matches: as the branch that was meant, where one clearly was.
    private mutating func reportNone(
        _ value: Value, _ node: SchemaNode, _ keyword: String, _ branches: [SchemaNode.Index], _ amount: String
    ) {
        let titles = titles(of: branches)
        guard !isInner else {
            // Choices inside choices are not looked into: time and sentence would double with each level.
            _ = broken(keyword, "must match \(amount) \(titles.joined(separator: ", "))", found: nil, value, nil, node)
            return
        }
        let choices = branches.map { faults(of: value, in: $0) }
        var rule = "must match \(amount) \(titles.joined(separator: ", "))"
        var meant: Int?
        let sign = discriminator(of: branches)
        let hasTitles = branches.allSatisfy { nodes[$0].notes.title != nil }
        if let sign, let found = value[sign.name] {
            meant = sign.values.firstIndex(of: found)
            if meant == nil {
                let members = path + [.member(sign.name, title: sign.title)]
                var inner = self
                inner.labelStart = path.count
                let one = Wording.oneOf(sign.values)
                rule += "; \(inner.label(members)) must be \(one), but is \(Wording.shown(found))"
            }
        } else {
            meant = nearest(choices, value, branches)
        }
        if keyword == "anyOf", !hasTitles, meant == nil || sign == nil {
            rule = "must match at least one choice: "
            rule += choices.compactMap(\.first?.clause).joined(separator: ", or ")
            meant = nil
        }
        if let meant, let first = choices[meant].first { rule += "; as \(titles[meant]): \(first.clause)" }
        _ = broken(keyword, rule, found: nil, value, nil, node)
        amend { fault in
            fault.branch = meant
            fault.causes = meant.map { choices[$0] } ?? []
        }
    }

    /// The branch that a value was most likely meant for: one that accepts it, the one whose sign it bears, else the
    /// nearest; of equals the first.
    mutating func likeliest(_ value: Value, _ branches: [SchemaNode.Index]) -> Int? {
        if let accepting = branches.firstIndex(where: { accepts(value, $0) }) { return accepting }
        if let sign = discriminator(of: branches), let found = value[sign.name],
            let place = sign.values.firstIndex(of: found)
        {
            return place
        }
        return ranks(branches.map { faults(of: value, in: $0) }, value, branches).enumerated()
            .min { $0.element < $1.element }?.offset
    }

    /// The branch with the fewest faults at the value itself, then with the most members that the value has.
    private func nearest(_ choices: [[Fault]], _ value: Value, _ branches: [SchemaNode.Index]) -> Int? {
        let ranks = ranks(choices, value, branches)
        guard let best = ranks.min(by: <) else { return nil }
        let winners = ranks.indices.filter { ranks[$0] == best }
        return winners.count == 1 ? winners[0] : nil
    }

    private func ranks(_ choices: [[Fault]], _ value: Value, _ branches: [SchemaNode.Index]) -> [(Int, Int)] {
        branches.indices.map { index in
            let own = choices[index].filter { $0.pointer.steps.count == path.count }.count
            let members = nodes[branches[index]].object?.properties.filter { value[$0.name] != nil }.count ?? 0
            return (own, -members)
        }
    }

    private struct Discriminator {
        var name: String
        var title: String?
        /// The value that each branch wants.
        var values: [Value]
    }

    /// A member for which every branch lists exactly one value, each another.
    private func discriminator(of branches: [SchemaNode.Index]) -> Discriminator? {
        guard let first = branches.first.flatMap({ nodes[$0].object }) else { return nil }
        for property in first.properties {
            let values = branches.compactMap { branch -> Value? in
                guard let member = nodes[branch].object?.property(property.name) else { return nil }
                let listed = nodes[member.node].enumeration?.values ?? []
                return listed.count == 1 ? listed[0] : nil
            }
            guard values.count == branches.count, Set(values).count == values.count else { continue }
            return Discriminator(name: property.name, title: nodes[property.node].notes.title, values: values)
        }
        return nil
    }

    /// What branches are called: their title, the name that a reference gave, their type, else their number.
    func titles(of branches: [SchemaNode.Index]) -> [String] {
        branches.enumerated().map { position, branch in nodes[branch].choiceTitle ?? "choice \(position + 1)" }
    }

    private static func joined(_ names: [String], _ word: String) -> String {
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}

extension SchemaNode {
    /// What the node is called among others to choose from.
    var choiceTitle: String? {
        if let title = notes.title { return title }
        // A type that was referred to has a name; a branch in place ends in its number.
        if let name = pointer.steps.last, Int(name) == nil, !["items", "not"].contains(name) { return name }
        guard let type, type != .object, type != .array else { return nil }
        return type.words
    }
}
