/// Reads ECMA-262 patterns as browsers do: what the grammar leaves open stands for itself.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private static let deepest = 100

    static func parse(_ pattern: String) throws(PatternFault) -> PatternSyntax {
        var parser = PatternParser(scalars: Array(pattern.unicodeScalars))
        let syntax = try parser.choice()
        if parser.position < parser.scalars.count {
            throw PatternFault(reason: "the ) at position \(parser.position) closes nothing")
        }
        return syntax
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private func starts(with text: String) -> Bool {
        scalars[position...].starts(with: text.unicodeScalars)
    }

    private mutating func take(_ text: String) -> Bool {
        guard starts(with: text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func choice() throws(PatternFault) -> PatternSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw PatternFault(reason: "groups stand too deep in each other") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternFault) -> PatternSyntax {
        var items: [PatternSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let start = position
            let item = try atom()
            items.append(try repeated(item, from: start))
        }
        return items.isEmpty ? .empty : items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func repeated(_ item: PatternSyntax, from start: Int) throws(PatternFault) -> PatternSyntax {
        guard let bounds = try quantifier() else { return item }
        let isLazy = take("?")
        let repetition = PatternSyntax.Repetition(
            minimum: bounds.minimum, maximum: bounds.maximum, isLazy: isLazy, range: start..<position)
        let again = position
        if try quantifier() != nil { throw PatternFault(reason: "nothing to repeat at position \(again)") }
        return .repetition(item, repetition)
    }

    private mutating func quantifier() throws(PatternFault) -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{"), let minimum = number() else {
            position = start
            return nil
        }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else {
            position = start
            return nil
        }
        if let maximum, maximum < minimum {
            throw PatternFault(reason: "the counts at position \(start) are out of order")
        }
        return (minimum, maximum)
    }

    /// A count; more than a million is a million, which no text reaches.
    private mutating func number() -> Int? {
        let start = position
        var value = 0
        while let scalar = next, let digit = scalar.digit {
            value = min(1_000_000, value * 10 + digit)
            position += 1
        }
        return position > start ? value : nil
    }

    private mutating func atom() throws(PatternFault) -> PatternSyntax {
        let start = position
        guard let scalar = next else { return .empty }
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .scalars(ScalarSet.lineEnds.inverted)
        case "(": return try group(from: start)
        case "[": return .scalars(try scalarClass(from: start))
        case "\\": return try escape(from: start)
        case "*", "+", "?": throw PatternFault(reason: "nothing to repeat at position \(start)")
        default: return .scalars(ScalarSet(scalar))
        }
    }

    private mutating func group(from start: Int) throws(PatternFault) -> PatternSyntax {
        let kind: PatternSyntax.GroupKind
        if take("?:") {
            kind = .plain
        } else if take("?=") {
            kind = .lookAhead(isNegated: false)
        } else if take("?!") {
            kind = .lookAhead(isNegated: true)
        } else if take("?<=") {
            kind = .lookBehind(isNegated: false)
        } else if take("?<!") {
            kind = .lookBehind(isNegated: true)
        } else if take("?<") {
            kind = .capturing(name: try name(from: start))
        } else if starts(with: "?") {
            throw PatternFault(reason: "the group at position \(start) has a kind that ECMA-262 does not know")
        } else {
            kind = .capturing(name: nil)
        }
        let content = try choice()
        guard take(")") else { throw PatternFault(reason: "the ( at position \(start) is not closed") }
        return .group(content, kind: kind)
    }

    private mutating func name(from start: Int) throws(PatternFault) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = next, scalar != ">" {
            name.append(scalar)
            position += 1
        }
        guard take(">"), !name.isEmpty else {
            throw PatternFault(reason: "the name at position \(start) is not closed")
        }
        return String(name)
    }
}

extension PatternParser {
    private mutating func escape(from start: Int) throws(PatternFault) -> PatternSyntax {
        guard let scalar = next else { throw PatternFault(reason: "the \\ at position \(start) escapes nothing") }
        if scalar == "b" || scalar == "B" {
            position += 1
            return .wordBoundary(isNegated: scalar == "B")
        }
        if let digit = scalar.digit, digit > 0, let group = number() { return .backReference(String(group)) }
        if take("k<") { return .backReference(try name(from: start)) }
        for sign in ["p{", "P{"] where take(sign) {
            var name = String.UnicodeScalarView()
            while let scalar = next, scalar != "}" {
                name.append(scalar)
                position += 1
            }
            guard take("}") else { throw PatternFault(reason: "the { at position \(start + 2) is not closed") }
            return .property(name: String(name), isNegated: sign == "P{")
        }
        return .scalars(try escapedSet(from: start))
    }

    /// What an escape stands for inside and outside of a class.
    private mutating func escapedSet(from start: Int) throws(PatternFault) -> ScalarSet {
        guard let scalar = next else { throw PatternFault(reason: "the \\ at position \(start) escapes nothing") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .wordScalars
        case "W": return ScalarSet.wordScalars.inverted
        case "s": return .spaces
        case "S": return ScalarSet.spaces.inverted
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "f": return ScalarSet("\u{0C}")
        case "v": return ScalarSet("\u{0B}")
        case "0": return ScalarSet("\0")
        case "c": return controlSet()
        case "x": return hexadecimal(digits: 2) ?? ScalarSet("x")
        case "u": return unicode() ?? ScalarSet("u")
        default: return ScalarSet(scalar)
        }
    }

    private mutating func controlSet() -> ScalarSet {
        guard let letter = next, letter.isASCII, letter.properties.isAlphabetic else {
            position -= 1
            return ScalarSet("\\")
        }
        position += 1
        return ScalarSet([letter.value % 32...letter.value % 32])
    }

    private mutating func hexadecimal(digits count: Int) -> ScalarSet? {
        guard let code = code(digits: count) else { return nil }
        return ScalarSet([code...code])
    }

    private mutating func code(digits count: Int) -> UInt32? {
        guard position + count <= scalars.count else { return nil }
        var code: UInt32 = 0
        for scalar in scalars[position..<position + count] {
            guard let digit = Character(scalar).hexDigitValue else { return nil }
            code = code * 16 + UInt32(digit)
        }
        position += count
        return code
    }

    /// Four hexadecimal digits behind `\u`, a pair of surrogates as one scalar, or any number of digits in braces.
    private mutating func unicode() -> ScalarSet? {
        let start = position
        if take("{") {
            var code: UInt32 = 0
            while let digit = next.flatMap({ Character($0).hexDigitValue }), code <= ScalarSet.last {
                code = code * 16 + UInt32(digit)
                position += 1
            }
            if code <= ScalarSet.last, take("}") { return ScalarSet([code...code]) }
            position = start
            return nil
        }
        guard let high = code(digits: 4) else { return nil }
        if (0xD800..<0xDC00).contains(high) {
            let second = position
            if take("\\u"), let low = code(digits: 4), (0xDC00..<0xE000).contains(low) {
                let code = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
                return ScalarSet([code...code])
            }
            position = second
        }
        return ScalarSet([high...high])
    }

    private mutating func scalarClass(from start: Int) throws(PatternFault) -> ScalarSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while !take("]") {
            guard next != nil else { throw PatternFault(reason: "the [ at position \(start) is not closed") }
            let from = position
            let low = try classMember(of: start)
            let dash = position
            guard take("-"), let after = next, after != "]" else {
                position = dash
                ranges += low.ranges
                continue
            }
            let high = try classMember(of: start)
            guard let first = low.single, let last = high.single else {
                ranges += low.ranges + high.ranges + [0x2D...0x2D]
                continue
            }
            guard first <= last else { throw PatternFault(reason: "the range at position \(from) is out of order") }
            ranges.append(first...last)
        }
        let set = ScalarSet(ranges)
        return isNegated ? set.inverted : set
    }

    private mutating func classMember(of start: Int) throws(PatternFault) -> ScalarSet {
        guard let scalar = next else { throw PatternFault(reason: "the [ at position \(start) is not closed") }
        let from = position
        position += 1
        guard scalar == "\\" else { return ScalarSet(scalar) }
        if take("b") { return ScalarSet("\u{08}") }
        if take("-") { return ScalarSet("-") }
        return try escapedSet(from: from)
    }
}

extension ScalarSet {
    /// The one scalar of a set that has one.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}

extension Unicode.Scalar {
    fileprivate var digit: Int? {
        ("0"..."9").contains(self) ? Int(value) - 0x30 : nil
    }
}
