internal import Documents

/// Finds what an identity may do, or who is let in, beyond what was so.
struct PermissionWidening {
    let old: EvaluatedResource?
    let new: EvaluatedResource?
    let account: String?
    /// Whether an added policy hangs on something that is there already.
    let isOfOld: Bool
    var list: WideningList

    mutating func run() {
        guard let type = (new ?? old)?.type else { return }
        for place in PolicyPlace.all(of: type) { compare(place) }
        compareAttachments()
        compareBoundary()
        compareHolders()
        switch type {
        case "AWS::Lambda::Permission": comparePermission()
        case "AWS::Lambda::LayerVersionPermission": compareLayer()
        case "AWS::Serverless::Function": compareServerless()
        default: break
        }
    }

    private mutating func compare(_ place: PolicyPlace) {
        let (before, after) = (value(of: old, place), value(of: new, place))
        guard before != after, let position = (after ?? before)?.position else { return }
        var comparison = PolicyComparison(hasPrincipals: place.kind == .door, account: account, list: list)
        comparison.compare(
            statements(before, place), statements(after, place), at: ["Properties", place.path[0]],
            new == nil ? old?.position ?? position : position,
            isNew: old == nil && !(place.kind == .identity && isOfOld))
        list = comparison.list
    }

    private func value(of resource: EvaluatedResource?, _ place: PolicyPlace) -> Term? {
        resource?.properties[place.path[0]]
    }

    /// The policies of one identity add up: a statement that moves from one to another allows nothing new.
    private func statements(_ term: Term?, _ place: PolicyPlace) -> [PolicyStatement]? {
        let path = ["Properties", place.path[0]]
        guard place.path.count > 1 else { return PolicyStatement.all(of: term, at: path) }
        guard let term else { return [] }
        guard case .list(let items) = term.form else { return nil }
        let all = items.enumerated().map { index, item -> [PolicyStatement]? in
            guard case .object = item.form else { return nil }
            let step = place.path[2]
            return PolicyStatement.all(of: item[step], at: path + [String(index), step])
        }
        return all.contains { $0 == nil } ? nil : all.compactMap { $0 }.flatMap { $0 }
    }

    private mutating func compareAttachments() {
        for name in ["ManagedPolicyArns", "ManagedPolicies"] {
            guard let after = new?.properties[name] else { continue }
            let before = Set(old?.properties[name]?.items.map(\.sketch) ?? [])
            let added = after.items.filter { !before.contains($0.sketch) }
            for item in added {
                tellAttached(item.sketch, item, name)
            }
        }
    }

    private mutating func tellAttached(_ name: String, _ item: Term, _ property: String) {
        let policy = name.split(separator: "/").last.map(String.init) ?? name
        let isPowerful = PolicyPlace.powerful.contains(policy)
        guard old != nil || isPowerful else { return }
        let isCertain = !item.isVague
        let sentence =
            isPowerful
            ? "It is given nearly everything by the policy \(policy)."
            : "It \(isCertain ? "is" : "may be") given more by the policy \(policy)."
        list.add(.permission, sentence, ["Properties", property], at: item.position, isCertain: isCertain)
    }

    /// The serverless transform takes policies of every kind in one list: documents, names, and templates of its own.
    private mutating func compareServerless() {
        func split(_ resource: EvaluatedResource?) -> (documents: [PolicyStatement]?, others: [Term]) {
            let items = resource?.properties["Policies"]?.items ?? []
            let documents = items.enumerated().filter { $1["Statement"] != nil }.map { index, item in
                PolicyStatement.all(of: item, at: ["Properties", "Policies", String(index)])
            }
            let isKnown = !documents.contains { $0 == nil }
            return (
                isKnown ? documents.compactMap { $0 }.flatMap { $0 } : nil, items.filter { $0["Statement"] == nil }
            )
        }
        let (before, after) = (split(old), split(new))
        guard let new, old?.properties["Policies"] != new.properties["Policies"] else { return }
        var comparison = PolicyComparison(hasPrincipals: false, account: account, list: list)
        comparison.compare(
            before.documents, after.documents, at: ["Properties", "Policies"],
            new.properties["Policies"]?.position ?? new.position, isNew: old == nil)
        list = comparison.list
        for item in after.others where !before.others.contains(item) {
            // A template is an object of one member, its name.
            if case .object(let members) = item.form {
                tellAttached(members.first?.name ?? "", item, "Policies")
            } else {
                tellAttached(item.sketch, item, "Policies")
            }
        }
    }

    private mutating func compareBoundary() {
        guard let old, let new, let before = old.properties["PermissionsBoundary"] else { return }
        let after = new.properties["PermissionsBoundary"]
        guard before != after else { return }
        let sentence =
            after == nil
            ? "It is no longer bounded by \(before.sketch)."
            : "It may do more: its boundary is another policy than \(before.sketch)."
        list.add(
            .permission, sentence, ["Properties", "PermissionsBoundary"], at: after?.position ?? new.position,
            isCertain: after == nil)
    }

    /// Who else a policy belongs to.
    private mutating func compareHolders() {
        guard let old, let new, PolicyPlace.attached.contains(new.type) else { return }
        for name in ["Roles", "Users", "Groups"] {
            let before = Set(old.properties[name]?.items.map(\.sketch) ?? [])
            let added = (new.properties[name]?.items ?? []).filter { !before.contains($0.sketch) }
            guard let first = added.first else { continue }
            list.add(
                .permission, "Its permissions go to more \(name.lowercased()): \(added.map(\.sketch).few).",
                ["Properties", name], at: first.position, isCertain: !added.contains(where: \.isVague))
        }
    }

    /// Who may call a function: one statement, written as properties.
    private mutating func comparePermission() {
        guard let new, let principal = new.properties["Principal"] else { return }
        let limits = ["SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken"]
        func given(_ resource: EvaluatedResource) -> Set<String> {
            Set(limits.filter { resource.properties[$0] != nil })
        }
        let text = principal.sketch
        let path = ["Properties", "Principal"]
        guard let old else {
            if text == "*", given(new).isEmpty {
                list.add(.permission, "It lets anyone call the function.", path, at: principal.position)
            }
            return
        }
        if let before = old.properties["Principal"], before != principal {
            let who = text == "*" ? "anyone" : text
            let verb = principal.isVague ? "may let" : "lets"
            list.add(
                .permission, "It \(verb) \(who) call the function.", path, at: principal.position,
                isCertain: !principal.isVague)
        }
        let lifted = limits.filter { given(old).subtracting(given(new)).contains($0) }
        guard !lifted.isEmpty else { return }
        list.add(
            .permission, "It lets \(text) call the function without \(lifted.few), which it had.", path,
            at: principal.position)
    }

    private mutating func compareLayer() {
        guard let new, let principal = new.properties["Principal"], principal.text == "*",
            new.properties["OrganizationId"] == nil
        else { return }
        guard old?.properties["Principal"]?.text != "*" || old?.properties["OrganizationId"] != nil else { return }
        list.add(.permission, "It lets anyone use the layer.", ["Properties", "Principal"], at: principal.position)
    }
}
