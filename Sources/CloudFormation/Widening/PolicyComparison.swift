internal import Documents

/// Finds what a policy allows beyond what another one did.
struct PolicyComparison {
    /// Whether the policy says who is let in, as those of resources and trust do.
    let hasPrincipals: Bool
    /// The stack's own account, where it is known.
    let account: String?
    var list: WideningList
    /// Comparisons that are left, so that two long policies do not take a minute.
    private var budget = 1_000_000

    init(hasPrincipals: Bool, account: String?, list: WideningList) {
        self.hasPrincipals = hasPrincipals
        self.account = account
        self.list = list
    }

    /// - Parameters:
    ///   - isNew: Whether it belongs to something new: then only what is open beyond need is told.
    ///   - position: Where the new policy stands.
    mutating func compare(
        _ olds: [PolicyStatement]?, _ news: [PolicyStatement]?, at path: [String], _ position: Position, isNew: Bool
    ) {
        guard let news, let olds else {
            guard !isNew else { return }
            list.add(
                .permission, "It may allow more: what its policy says is only known when it is deployed.", path,
                at: position, isCertain: false)
            return
        }
        let allowed = olds.filter { $0.effect == .allow }
        for statement in news where statement.effect == .allow {
            if isNew { tellOpen(statement) } else { tellWider(statement, allowed) }
        }
        guard !isNew else { return }
        let denied = news.filter { $0.effect == .deny }
        for statement in olds where statement.effect == .deny { tellLifted(statement, denied, position) }
        guard budget <= 0 else { return }
        list.add(
            .permission, "It may allow more: its policies are too long to be compared.", path, at: position,
            isCertain: false)
    }

    /// A statement of a new policy that is open to more than a stack's own needs.
    private mutating func tellOpen(_ statement: PolicyStatement) {
        let actions = Self.words(statement.actions)
        let isEverywhere = statement.resources.contains { $0.covers(.anything) }
        if hasPrincipals {
            if statement.isForAnyone, statement.conditions.isEmpty {
                say("It lets anyone in, to do \(actions).", statement, "Principal")
            }
            for other in otherAccounts(statement) {
                say("It lets another account in, to do \(actions): \(other).", statement, "Principal")
            }
        } else if case .allBut? = statement.actions.first {
            say("It allows \(actions) on \(Self.words(statement.resources)).", statement, "NotAction")
        } else if isEverywhere, statement.actions.contains(.anything) {
            say("It allows every action on every resource.", statement, "Action")
        } else if isEverywhere {
            let services = statement.actions.compactMap { action -> String? in
                guard case .text(let text) = action, text.hasSuffix(":*") else { return nil }
                return String(text.dropLast(2))
            }
            guard !services.isEmpty else { return }
            say("It allows every action of \(services.few) on every resource.", statement, "Action")
        }
    }

    private func otherAccounts(_ statement: PolicyStatement) -> [String] {
        guard let account else { return [] }
        return statement.principals.compactMap { principal in
            guard case .text(let text) = principal, text.hasPrefix("AWS:arn:") else { return nil }
            let parts = text.dropFirst(4).split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count > 4, parts[4].utf8.count == 12, parts[4] != account, UInt64(parts[4]) != nil else {
                return nil
            }
            return String(text.dropFirst(4))
        }
    }

    private mutating func tellWider(_ statement: PolicyStatement, _ olds: [PolicyStatement]) {
        let wider = uncovered(statement, by: olds, ignoringConditions: false)
        guard !wider.isEmpty else { return }
        let (actions, resources) = (Self.words(wider.actions), Self.words(wider.resources))
        let verb = statement.isVague ? "may allow" : "allows"
        let strangers = wider.principals.filter { principal in
            !olds.contains { old in old.principals.contains { PolicyStatement.covers($0, principal) } }
        }
        if hasPrincipals, !strangers.isEmpty {
            let isAnyone = strangers.contains { principal in
                if case .allBut = principal { true } else { principal == .anything }
            }
            let verb = statement.isVague ? "may let" : "lets"
            let who = isAnyone ? "anyone in" : "more in"
            let names = isAnyone ? "" : ": \(Self.words(strangers))"
            say("It \(verb) \(who), to do \(actions)\(names).", statement, "Principal")
            return
        }
        let newActions = wider.actions.filter { action in
            !olds.contains { $0.actions.contains { $0.covers(action, ignoringCase: true) } }
        }
        let newResources = wider.resources.filter { resource in
            !olds.contains { $0.resources.contains { $0.covers(resource) } }
        }
        if !newActions.isEmpty {
            say("It \(verb) more actions on \(resources): \(Self.words(newActions)).", statement, "Action")
        } else if !newResources.isEmpty {
            say("It \(verb) \(actions) on more resources: \(Self.words(newResources)).", statement, "Resource")
        } else if uncovered(statement, by: olds, ignoringConditions: true).isEmpty {
            say("It \(verb) \(actions) on \(resources) without the conditions that it had.", statement, "Condition")
        } else {
            say("It \(verb) \(actions) also on \(resources).", statement, "Resource")
        }
    }

    /// What was denied and is not any more.
    private mutating func tellLifted(_ statement: PolicyStatement, _ denied: [PolicyStatement], _ position: Position) {
        // A denial is as wide as before when the new one covers it under no more conditions.
        let lifted = uncovered(statement, by: denied, ignoringConditions: false)
        guard !lifted.isEmpty else { return }
        let verb = denied.contains(where: \.isVague) || statement.isVague ? "may no longer deny" : "no longer denies"
        list.add(
            .permission, "It \(verb) \(Self.words(lifted.actions)) on \(Self.words(lifted.resources)).",
            Array(statement.path.dropLast(2)), at: position,
            isCertain: verb == "no longer denies")
    }

    private struct Rest {
        var principals: [Pattern] = []
        var actions: [Pattern] = []
        var resources: [Pattern] = []
        var isEmpty: Bool { actions.isEmpty }

        mutating func insert(_ principal: Pattern, _ action: Pattern, _ resource: Pattern) {
            if !principals.contains(principal) { principals.append(principal) }
            if !actions.contains(action) { actions.append(action) }
            if !resources.contains(resource) { resources.append(resource) }
        }
    }

    /// The parts of a statement that no other one has.
    private mutating func uncovered(
        _ statement: PolicyStatement, by others: [PolicyStatement], ignoringConditions: Bool
    ) -> Rest {
        let covers = others.compactMap { other -> PolicyStatement.Cover? in
            guard ignoringConditions || other.appliesWherever(statement) else { return nil }
            budget -= other.comparisonCount(with: statement)
            return budget > 0 ? other.cover(of: statement) : nil
        }
        var rest = Rest()
        for (p, principal) in statement.principals.enumerated() {
            for (a, action) in statement.actions.enumerated() {
                for (r, resource) in statement.resources.enumerated() {
                    budget -= covers.count / 8 + 1
                    guard budget > 0 else { return Rest() }
                    let isCovered = covers.contains { $0.principals[p] && $0.actions[a] && $0.resources[r] }
                    if !isCovered { rest.insert(principal, action, resource) }
                }
            }
        }
        return rest
    }

    private static func words(_ patterns: [Pattern]) -> String {
        let texts = patterns.map { $0 == .anything ? "everything" : $0.words }
        return texts.map { $0.hasPrefix("AWS:") ? String($0.dropFirst(4)) : $0 }.few
    }

    private mutating func say(_ sentence: String, _ statement: PolicyStatement, _ member: String) {
        list.add(
            .permission, sentence, statement.path + [member], at: statement.position, isCertain: !statement.isVague)
    }
}
