/// Python's `text % values`.
enum PercentFormat {
    private struct Field {
        var key: Text?
        var flags = ""
        var width: Int?
        var precision: Int?
        var conversion: Unicode.Scalar = "s"
    }

    static func apply(_ format: Text, _ values: Item, _ renderer: Renderer) throws(Fault) -> Item {
        var given: [Item]
        if case .tuple(let tuple) = values { given = tuple.items } else { given = [values] }
        var rest = format.scalars[...]
        var out = Text.empty
        var pending: [Unicode.Scalar] = []
        var usesKeys = false
        var next = 0
        func take() throws(Fault) -> Item {
            guard next < given.count else { throw Fault(.type, "not enough arguments for format string") }
            next += 1
            return given[next - 1]
        }
        func append(_ text: Text) throws(Fault) {
            out = Text.joined(out, Text.joined(Text(pending), text, isSafe: false), isSafe: false)
            pending = []
            try renderer.checkSize(out.bytes.count)
        }
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                pending.append(scalar)
                continue
            }
            let field = try parse(&rest, take)
            if field.conversion == "%" {
                pending.append("%")
                continue
            }
            var value: Item
            if let key = field.key {
                usesKeys = true
                guard case .map(let map) = values else { throw Fault(.type, "format requires a mapping") }
                guard let found = map[key] else { throw Fault(.key, "'\(key.string)'") }
                value = found
            } else {
                value = try take()
            }
            if case .undefined(let undefined) = value, undefined.isStrict { throw undefined.fault }
            if let width = field.width { try renderer.checkSize(width) }
            var text = try NumberFormat.percent(
                value, conversion: field.conversion, flags: field.flags, width: field.width ?? 0,
                precision: field.precision, renderer)
            if format.isSafe { text = text.escaped }
            try append(text)
        }
        if case .map = values { given = [] }
        guard usesKeys || next >= given.count else {
            throw Fault(.type, "not all arguments converted during string formatting")
        }
        try append(.empty)
        return .text(out.marked(safe: format.isSafe))
    }

    private static func parse(
        _ rest: inout ArraySlice<Unicode.Scalar>, _ take: () throws(Fault) -> Item
    ) throws(Fault) -> Field {
        var field = Field()
        if rest.first == "(" {
            guard let close = rest.firstIndex(of: ")") else { throw Fault(.value, "incomplete format key") }
            field.key = Text(rest[(rest.startIndex + 1)..<close])
            rest = rest[(close + 1)...]
        }
        while let flag = rest.first, "#0- +".unicodeScalars.contains(flag) {
            field.flags.unicodeScalars.append(flag)
            rest.removeFirst()
        }
        field.width = try number(&rest, take)
        if let width = field.width, width < 0 {
            field.flags += "-"
            field.width = width == .min ? .max : -width
        }
        if rest.first == "." {
            rest.removeFirst()
            field.precision = max(0, try number(&rest, take) ?? 0)
        }
        while let mark = rest.first, "hlL".unicodeScalars.contains(mark) { rest.removeFirst() }
        guard let conversion = rest.popFirst() else { throw Fault(.value, "incomplete format") }
        field.conversion = conversion
        return field
    }

    private static func number(
        _ rest: inout ArraySlice<Unicode.Scalar>, _ take: () throws(Fault) -> Item
    ) throws(Fault) -> Int? {
        if rest.first == "*" {
            rest.removeFirst()
            guard let width = try take().index else { throw Fault(.type, "* wants int") }
            return width
        }
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        guard let number = Int(String(String.UnicodeScalarView(digits))), number < 1 << 31 else {
            throw Fault(.value, "width too big")
        }
        return number
    }
}

/// Numbers with sign, width and precision.
enum NumberFormat {
    static func percent(
        _ value: Item, conversion: Unicode.Scalar, flags: String, width: Int, precision: Int?, _ renderer: Renderer
    ) throws(Fault) -> Text {
        let isLeft = flags.contains("-")
        var isZero = flags.contains("0") && !isLeft
        var sign = ""
        var body: Text
        switch conversion {
        case "s", "r", "a":
            isZero = false
            body = try conversion == "s" ? value.text() : value.repr()
            if let precision, precision < body.count { body = body.slice(0..<precision) }
        case "c":
            if case .text(let text) = value, text.count == 1 {
                body = text
            } else if let code = value.index, let scalar = UInt32(exactly: code).flatMap({ Unicode.Scalar($0) }) {
                body = Text([scalar])
            } else {
                throw Fault(.type, "%c requires int or char")
            }
        case "d", "i", "u", "x", "X", "o":
            let whole = try wholeNumber(value, conversion)
            sign = whole.isNegative ? "-" : ""
            try renderer.spend(on: whole)
            body = Text(try radixText(whole, conversion, hasPrefix: flags.contains("#")))
            if let precision { body = body.padded(left: min(precision, 10_000) - body.count, "0") }
        case "e", "E", "f", "F", "g", "G":
            guard let double = value.double else {
                throw Fault(.type, "must be real number, not \(value.typeName)")
            }
            sign = double.sign == .minus && !double.isNaN ? "-" : ""
            body = Text(
                floatText(double.magnitude, conversion, min(precision ?? 6, 400), isAlternate: flags.contains("#")))
            if !double.isFinite { isZero = false }
        default:
            throw Fault(.value, "unsupported format character '\(conversion)'")
        }
        let isNumber = !["s", "r", "a", "c"].contains(conversion)
        if isNumber, sign.isEmpty { sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "" }
        let missing = width - body.count - sign.utf8.count
        if isZero { body = body.padded(left: missing, "0") }
        let text = Text(bytes: Array(sign.utf8) + body.bytes)
        if isZero { return text }
        return isLeft ? text.padded(right: missing, " ") : text.padded(left: missing, " ")
    }

    private static func wholeNumber(_ value: Item, _ conversion: Unicode.Scalar) throws(Fault) -> BigInt {
        if let whole = value.wholeNumber { return whole.bigInt }
        let isDecimal = ["d", "i", "u"].contains(conversion)
        if isDecimal, case .float(let double) = value, let big = BigInt(double) { return big }
        let wanted = isDecimal ? "a real number is required" : "an integer is required"
        throw Fault(.type, "%\(conversion) format: \(wanted), not \(value.typeName)")
    }

    /// The digits of the magnitude.
    static func radixText(
        _ whole: BigInt, _ conversion: Unicode.Scalar, hasPrefix: Bool
    ) throws(Fault) -> String {
        let magnitude = BigInt(isNegative: false, digits: whole.digits)
        switch conversion {
        case "x": return (hasPrefix ? "0x" : "") + magnitude.text(radix: 16)
        case "X": return (hasPrefix ? "0X" : "") + magnitude.text(radix: 16).uppercased()
        case "o": return (hasPrefix ? "0o" : "") + magnitude.text(radix: 8)
        case "b": return (hasPrefix ? "0b" : "") + magnitude.text(radix: 2)
        default: return try magnitude.decimal()
        }
    }

    static func floatText(
        _ double: Double, _ conversion: Unicode.Scalar, _ precision: Int, isAlternate: Bool
    ) -> String {
        if !double.isFinite { return double.isNaN ? "nan" : "inf" }
        let text =
            switch conversion {
            case "e", "E": FloatText.scientific(double, precision)
            case "g", "G": FloatText.general(double, max(1, precision), keepsZeros: isAlternate)
            default: FloatText.fixed(double, precision)
            }
        return ["E", "G", "F"].contains(conversion) ? text.uppercased() : text
    }
}
