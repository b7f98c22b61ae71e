import Documents

/// When an input is asked for: a sentence over other inputs, such as `engine == "postgres" and replicas > 1`.
///
/// It always has an answer: names without a value count as null, values of different kinds are never equal or in order,
/// and there is nothing in it that repeats.
package struct Condition: Hashable, Sendable {
    package let text: String
    let term: Term

    indirect enum Term: Hashable, Sendable {
        case or(Term, Term)
        case and(Term, Term)
        case not(Term)
        /// The input's answer is yes.
        case isTrue(Name)
        /// The input has an answer or a default, and that is not null.
        case isSet(Name)
        case compare(Operand, Comparison, Operand)
        case among(Operand, [Value])
        case constant(Bool)
    }

    enum Operand: Hashable, Sendable {
        case name(Name)
        case literal(Value)

        var name: Name? {
            if case .name(let name) = self { name } else { nil }
        }
    }

    enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equal = "=="
        case different = "!="
        case lessOrEqual = "<="
        case moreOrEqual = ">="
        case less = "<"
        case more = ">"
    }

    /// An input, and where it stands in the text.
    struct Name: Hashable, Sendable {
        var steps: [String]
        /// Scalars before it.
        var offset: Int
    }

    package static func == (left: Condition, right: Condition) -> Bool { left.text == right.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Condition {
    /// The objects in which a condition's names are looked up, the outermost first.
    struct Scope {
        var value: Value
        /// The members that the object's schema declares: an inner one hides an outer one of the same name.
        var names: Set<String>
        var node: SchemaNode.Index
        var pointer: Pointer
    }

    /// Whether it holds; `nil` where that hangs on an input whose answer is in doubt.
    func holds(in scopes: [Scope], isDoubted: (Name) -> Bool) -> Bool? {
        Self.holds(term, scopes, isDoubted)
    }

    private static func holds(_ term: Term, _ scopes: [Scope], _ isDoubted: (Name) -> Bool) -> Bool? {
        switch term {
        case .or(let left, let right):
            let answers = (holds(left, scopes, isDoubted), holds(right, scopes, isDoubted))
            if answers.0 == true || answers.1 == true { return true }
            return answers == (false, false) ? false : nil
        case .and(let left, let right):
            let answers = (holds(left, scopes, isDoubted), holds(right, scopes, isDoubted))
            if answers.0 == false || answers.1 == false { return false }
            return answers == (true, true) ? true : nil
        case .not(let inner): return holds(inner, scopes, isDoubted).map { !$0 }
        case .isTrue(let name): return isDoubted(name) ? nil : value(of: name, scopes) == .bool(true)
        case .isSet(let name): return value(of: name, scopes) != .null ? true : isDoubted(name) ? nil : false
        case .compare(let left, let comparison, let right):
            if [left, right].contains(where: { $0.name.map(isDoubted) ?? false }) { return nil }
            return compare(value(of: left, scopes), comparison, value(of: right, scopes))
        case .among(let operand, let values):
            if operand.name.map(isDoubted) ?? false { return nil }
            return values.contains(value(of: operand, scopes))
        case .constant(let flag): return flag
        }
    }

    private static func value(of operand: Operand, _ scopes: [Scope]) -> Value {
        switch operand {
        case .name(let name): value(of: name, scopes)
        case .literal(let value): value
        }
    }

    private static func value(of name: Name, _ scopes: [Scope]) -> Value {
        guard let scope = scopes.last(where: { $0.names.contains(name.steps[0]) }) else { return .null }
        return scope.value[Pointer(name.steps)] ?? .null
    }

    private static func compare(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
        switch comparison {
        case .equal: return left == right
        case .different: return left != right
        case .less, .lessOrEqual, .more, .moreOrEqual: break
        }
        let order: (isLess: Bool, isEqual: Bool)
        switch (left, right) {
        case (.number(let first), .number(let second)): order = (first < second, left == right)
        case (.string(let first), .string(let second)):
            order = (first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars), left == right)
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.object, _): return false
        }
        return switch comparison {
        case .less: order.isLess
        case .lessOrEqual: order.isLess || order.isEqual
        case .more: !order.isLess && !order.isEqual
        case .moreOrEqual: !order.isLess
        case .equal, .different: false
        }
    }
}

extension Condition {
    /// Each input that it speaks of, with the value that it is compared with where there is one.
    var uses: [(name: Name, asFlag: Bool, values: [Value])] {
        func uses(_ term: Term) -> [(name: Name, asFlag: Bool, values: [Value])] {
            switch term {
            case .or(let left, let right), .and(let left, let right): uses(left) + uses(right)
            case .not(let inner): uses(inner)
            case .isTrue(let name): [(name, true, [])]
            case .isSet(let name): [(name, false, [])]
            case .compare(.name(let name), _, .literal(let value)), .compare(.literal(let value), _, .name(let name)):
                [(name, false, [value])]
            case .compare(.name(let left), _, .name(let right)): [(left, false, []), (right, false, [])]
            case .among(.name(let name), let values): [(name, false, values)]
            case .compare(.literal, _, .literal), .among(.literal, _), .constant: []
            }
        }
        return uses(term)
    }
}
