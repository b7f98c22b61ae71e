import Documents

/// Why a text is no condition.
struct ConditionFault: Error {
    var message: String
    /// Scalars before the place of the fault.
    var offset: Int
}

extension Condition {
    init(reading text: String) throws(ConditionFault) {
        var reader = ConditionReader(text)
        term = try reader.whole()
        self.text = text
    }
}

/// Reads `or`, `and`, `not`, comparisons, `in [...]`, `set(name)` and parentheses, in that order of binding.
private struct ConditionReader {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0

    private static let longest = 2000
    private static let deepest = 50
    private static let words: Set<String> = ["and", "or", "not", "in", "true", "false", "null"]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func whole() throws(ConditionFault) -> Condition.Term {
        guard scalars.count <= Self.longest else {
            throw ConditionFault(message: "it must be at most \(Self.longest) characters long", offset: Self.longest)
        }
        let term = try alternatives()
        skipBlanks()
        guard place == scalars.count else { throw unexpected("and, or, or the end") }
        return term
    }

    // MARK: Terms

    private mutating func alternatives() throws(ConditionFault) -> Condition.Term {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw fault("it is nested too deep") }
        var term = try conjunction()
        while take(word: "or") { term = .or(term, try conjunction()) }
        return term
    }

    private mutating func conjunction() throws(ConditionFault) -> Condition.Term {
        var term = try negation()
        while take(word: "and") { term = .and(term, try negation()) }
        return term
    }

    private mutating func negation() throws(ConditionFault) -> Condition.Term {
        var isNegated = false
        while take(word: "not") { isNegated.toggle() }
        let term = try comparison()
        return isNegated ? .not(term) : term
    }

    private mutating func comparison() throws(ConditionFault) -> Condition.Term {
        if take("(") {
            let term = try alternatives()
            guard take(")") else { throw unexpected(")") }
            return term
        }
        let start = place
        if take(word: "set") {
            if take("(") {
                guard let name = try name() else { throw unexpected("the name of an input") }
                guard take(")") else { throw unexpected(")") }
                return .isSet(name)
            }
            place = start
        }
        let left = try operand()
        for comparison in Condition.Comparison.allCases where take(comparison.rawValue) {
            return .compare(left, comparison, try operand())
        }
        let before = place
        if take(word: "in") { return .among(left, try list()) }
        if take(word: "not") {
            if take(word: "in") { return .not(.among(left, try list())) }
            place = before
        }
        return switch left {
        case .name(let name): .isTrue(name)
        case .literal(.bool(let flag)): .constant(flag)
        case .literal: throw unexpected("a comparison such as ==")
        }
    }

    private mutating func list() throws(ConditionFault) -> [Value] {
        guard take("[") else { throw unexpected("a list in brackets") }
        var values: [Value] = []
        while !take("]") {
            if !values.isEmpty, !take(",") { throw unexpected(", or ]") }
            guard let value = try literal() else { throw unexpected("a value") }
            values.append(value)
        }
        return values
    }

    private mutating func operand() throws(ConditionFault) -> Condition.Operand {
        if let value = try literal() { return .literal(value) }
        if let name = try name() { return .name(name) }
        throw unexpected("the name of an input or a value")
    }

    // MARK: Names and values

    /// `name`, `group.name`, or a name with odd letters between back quotes.
    private mutating func name() throws(ConditionFault) -> Condition.Name? {
        skipBlanks()
        let start = place
        var steps: [String] = []
        repeat {
            if take("`") {
                guard let end = scalars[place...].firstIndex(of: "`"), end > place else {
                    throw fault("a name in back quotes has no end")
                }
                steps.append(text(place..<end))
                place = end + 1
            } else if let word = peekWord, !Self.words.contains(word) || !steps.isEmpty {
                place += word.unicodeScalars.count
                steps.append(word)
            } else if steps.isEmpty {
                return nil
            } else {
                throw unexpected("a name")
            }
        } while takeDot()
        return Condition.Name(steps: steps, offset: start)
    }

    private mutating func takeDot() -> Bool {
        guard place < scalars.count, scalars[place] == "." else { return false }
        place += 1
        return true
    }

    private mutating func literal() throws(ConditionFault) -> Value? {
        skipBlanks()
        guard place < scalars.count else { return nil }
        let first = scalars[place]
        if first == "\"" || first == "'" { return .string(try quoted(first)) }
        if first == "-" || ("0"..."9").contains(first) {
            let end = scalars[place...].firstIndex { !"0123456789.eE+-".unicodeScalars.contains($0) } ?? scalars.count
            guard let number = Number(json: text(place..<end)) else { throw fault("\(text(place..<end)) is no number") }
            place = end
            return .number(number)
        }
        if take(word: "true") { return true }
        if take(word: "false") { return false }
        if take(word: "null") { return .null }
        return nil
    }

    private mutating func quoted(_ quote: Unicode.Scalar) throws(ConditionFault) -> String {
        let start = place
        var text = String.UnicodeScalarView()
        place += 1
        while place < scalars.count {
            let scalar = scalars[place]
            place += 1
            if scalar == quote { return String(text) }
            if scalar == "\\", place < scalars.count {
                text.append(scalars[place])
                place += 1
            } else {
                text.append(scalar)
            }
        }
        throw ConditionFault(message: "a text has no end", offset: start)
    }

    // MARK: Scalars

    private mutating func skipBlanks() {
        while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
    }

    private mutating func take(_ sign: String) -> Bool {
        skipBlanks()
        let wanted = Array(sign.unicodeScalars)
        guard scalars[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    private var peekWord: String? {
        func isPart(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
            scalar == "_" || scalar.properties.isAlphabetic
                || !first && (scalar == "-" || scalar.properties.numericType != nil)
        }
        guard place < scalars.count, isPart(scalars[place], first: true) else { return nil }
        let end = scalars[place...].firstIndex { !isPart($0, first: false) } ?? scalars.count
        return text(place..<end)
    }

    private mutating func take(word: String) -> Bool {
        skipBlanks()
        guard peekWord == word else { return false }
        place += word.unicodeScalars.count
        return true
    }

    private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    private func fault(_ message: String) -> ConditionFault { ConditionFault(message: message, offset: place) }

    private static let meant = ["&&": "and", "||": "or", "!": "not", "=": "=="]

    private mutating func unexpected(_ wanted: String) -> ConditionFault {
        skipBlanks()
        guard place < scalars.count else { return fault("\(wanted) must follow at its end") }
        let rest = text(place..<min(scalars.count, place + 2))
        for (sign, word) in Self.meant where rest.hasPrefix(sign) && rest != "!=" {
            return fault("write \(word) in place of \(sign)")
        }
        let found = peekWord ?? text(place..<place + 1)
        return fault("\(wanted) must stand where \(found) does")
    }
}
