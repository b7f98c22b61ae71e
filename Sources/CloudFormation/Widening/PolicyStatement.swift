internal import Documents

/// One statement of a policy, with what it stands for taken apart.
struct PolicyStatement {
    enum Effect { case allow, deny }

    let effect: Effect
    /// As `AWS:arn…`, `Service:…` or `*`; anything where the policy belongs to an identity.
    var principals: [Pattern]
    let actions: [Pattern]
    let resources: [Pattern]
    let conditions: [Condition]
    /// Whether a part of it can turn out to be something else.
    let isVague: Bool
    let path: [String]
    let position: Position

    struct Condition: Hashable {
        /// The operator and the key, such as `StringEquals aws:SourceAccount`.
        let name: String
        let values: Set<Term>
    }

    /// The statements of a document; `nil` where it or one of them is not known.
    static func all(of document: Term?, at path: [String]) -> [PolicyStatement]? {
        guard let document else { return [] }
        switch document.form {
        case .object: break
        case .scalar(.string(let text)):
            // Some services take their policies as text.
            let source = Source(name: "", text: text)
            guard let read = Document.read(source, as: .json).document else { return nil }
            return all(of: Term(read.value, at: document.position), at: path)
        case .scalar, .encoded, .list, .opaque: return nil
        }
        guard let list = document["Statement"] else { return [] }
        let statements = list.items.enumerated().map { index, item in
            PolicyStatement(item, at: path + ["Statement", String(index)])
        }
        let known = statements.compactMap { $0 }
        return known.count == statements.count ? known : nil
    }

    init?(_ term: Term, at path: [String]) {
        guard case .object = term.form, let effect = term["Effect"]?.text else { return nil }
        self.effect = effect == "Deny" ? .deny : .allow
        self.path = path
        position = term.position
        var isVague = false
        func patterns(_ name: String) -> [Pattern] {
            func texts(_ value: Term) -> [String] {
                value.items.map { item in
                    if item.isVague { isVague = true }
                    return item.sketch
                }
            }
            if let value = term[name] { return texts(value).map { .text($0) } }
            if let value = term["Not\(name)"] { return [.allBut(texts(value))] }
            return [.anything]
        }
        actions = patterns("Action")
        resources = patterns("Resource")
        if let principal = term["Principal"] {
            let (texts, vague) = Self.principals(principal)
            isVague = isVague || vague
            principals = texts.map { .text($0) }
        } else if let principal = term["NotPrincipal"] {
            principals = [.allBut(Self.principals(principal).texts)]
        } else {
            principals = [.anything]
        }
        conditions = Self.conditions(term["Condition"])
        self.isVague = isVague
    }

    private static func principals(_ term: Term) -> (texts: [String], isVague: Bool) {
        guard case .object(let members) = term.form else { return ([term.sketch], term.isVague) }
        let items = members.flatMap { member in member.value.items.map { (member.name, $0) } }
        let texts = items.map { kind, item in
            let text = item.sketch
            // An account may be written as its number: it is the root of the account.
            if kind == "AWS", text.utf8.count == 12, UInt64(text) != nil { return "AWS:arn:aws:iam::\(text):root" }
            return kind == "AWS" && text == "*" ? "*" : "\(kind):\(text)"
        }
        return (texts, items.contains { $0.1.isVague })
    }

    private static func conditions(_ term: Term?) -> [Condition] {
        guard let term else { return [] }
        guard case .object(let operators) = term.form else { return [Condition(name: term.sketch, values: [term])] }
        return operators.flatMap { own -> [Condition] in
            guard case .object(let keys) = own.value.form else {
                return [Condition(name: own.name, values: [own.value])]
            }
            return keys.map { key in
                Condition(name: "\(own.name) \(key.name)", values: Set(key.value.items))
            }
        }
    }

    /// Whether anybody at all is meant.
    var isForAnyone: Bool {
        principals.contains { principal in
            switch principal {
            case .text(let text): text == "*"
            case .allBut: true
            }
        }
    }

    /// Which parts of another statement this one has too.
    struct Cover {
        let principals: [Bool]
        let actions: [Bool]
        let resources: [Bool]
    }

    func cover(of other: PolicyStatement) -> Cover {
        Cover(
            principals: other.principals.map { part in principals.contains { Self.covers($0, part) } },
            actions: other.actions.map { part in actions.contains { $0.covers(part, ignoringCase: true) } },
            resources: other.resources.map { part in resources.contains { $0.covers(part) } })
    }

    /// How many patterns are held against each other for it.
    func comparisonCount(with other: PolicyStatement) -> Int {
        principals.count * other.principals.count + actions.count * other.actions.count
            + resources.count * other.resources.count
    }

    /// Whether its conditions hold wherever those of `other` do. Statements that allow more have fewer conditions.
    func appliesWherever(_ other: PolicyStatement) -> Bool {
        conditions.allSatisfy { Self.holds($0, given: other.conditions) }
    }

    /// A principal may also be in the account that another one stands for.
    static func covers(_ own: Pattern, _ other: Pattern) -> Bool {
        if own.covers(other) { return true }
        guard case .text(let own) = own, case .text(let other) = other, own.hasSuffix(":root") else { return false }
        return other.hasPrefix(own.dropLast(4))
    }

    /// Whether `own` holds wherever `others` hold: one of them is the same, or takes fewer values.
    private static func holds(_ own: Condition, given others: [Condition]) -> Bool {
        others.contains { other in
            guard other.name == own.name else { return false }
            let isNegative = own.name.contains("Not") || own.name.hasPrefix("ForAll")
            return isNegative ? own.values == other.values : other.values.isSubset(of: own.values)
        }
    }
}
