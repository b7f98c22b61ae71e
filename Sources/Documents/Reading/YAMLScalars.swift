/// What a plain YAML scalar is: the same text is a number to one reader and a name to the next.
enum YAMLScalars {
    /// YAML 1.2's core schema, where what looks like a number stays one exactly.
    ///
    /// Numbers with leading zeros, infinities and not-a-number stay text: no JSON spelling keeps them.
    static func spec(_ text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: break
        }
        guard mayBeNumber(text) else { return .string(text) }
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            return whole(text.dropFirst(2), radix: text.hasPrefix("0x") ? 16 : 8, negative: false) ?? .string(text)
        }
        return decimal(text).map(Value.number) ?? .string(text)
    }

    /// YAML 1.1 as PyYAML's safe loader has it, which is how the service's own tools read templates.
    ///
    /// Dates stay text, as CloudFormation has it.
    static func cloudFormation(_ text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return true
        case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return false
        default: break
        }
        guard mayBeNumber(text) else { return .string(text) }
        return oldWhole(text) ?? oldFloat(text) ?? .string(text)
    }

    private static func mayBeNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return isDigit(first) || "+-.".utf8.contains(first)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func whole(_ digits: some StringProtocol, radix: Int, negative: Bool) -> Value? {
        // Int's own reader takes a sign, which stands before the prefix here.
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        return Int(digits, radix: radix).map { .number(Number(negative ? -$0 : $0)) }
    }

    /// JSON's grammar, with a plus sign and with either side of the point left out.
    static func decimal(_ text: String) -> Number? {
        if let number = Number(json: text) { return number }
        var rest = Substring(text)
        var mended = ""
        if rest.first == "+" || rest.first == "-" { if rest.removeFirst() == "-" { mended = "-" } }
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(whole.count)
        var fraction: Substring = ""
        let hasPoint = rest.first == "."
        if hasPoint {
            fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        mended += whole.isEmpty ? "0" : whole
        if hasPoint { mended += "." + (fraction.isEmpty ? "0" : fraction) }
        return Number(json: mended + rest)
    }

    private static func oldWhole(_ text: String) -> Value? {
        let isNegative = text.hasPrefix("-")
        let signless = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let body = signless.filter { $0 != "_" }
        guard let first = signless.utf8.first, isDigit(first) else { return nil }
        if body.hasPrefix("0b") { return whole(body.dropFirst(2), radix: 2, negative: isNegative) }
        if body.hasPrefix("0x") { return whole(body.dropFirst(2), radix: 16, negative: isNegative) }
        if body.utf8.allSatisfy(isDigit) {
            if body == "0" { return 0 }
            if first == UInt8(ascii: "0") { return whole(body, radix: 8, negative: isNegative) }
            return Number(json: (isNegative ? "-" : "") + body).map(Value.number)
        }
        return baseSixty(body, negative: isNegative)
    }

    /// `1:30` is 90 to YAML 1.1.
    private static func baseSixty(_ body: String, negative: Bool) -> Value? {
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, body.utf8.first != UInt8(ascii: "0"),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
            parts.dropFirst().allSatisfy({ $0.utf8.count <= 2 && (Int($0) ?? 60) < 60 })
        else { return nil }
        var total = 0
        for part in parts {
            let (product, overflow) = total.multipliedReportingOverflow(by: 60)
            guard !overflow, let digit = Int(part), product <= Int.max - digit else { return nil }
            total = product + digit
        }
        return .number(Number(negative ? -total : total))
    }

    private static func oldFloat(_ text: String) -> Value? {
        let body = text.filter { $0 != "_" }
        guard let point = body.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let hasDigitBefore = body.utf8[..<point].contains(where: isDigit)
        guard hasDigitBefore || body.utf8.first == UInt8(ascii: ".") else { return nil }
        // YAML 1.1 asks for a sign in the exponent.
        if let mark = body.utf8.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
            let next = body.utf8[body.utf8.index(after: mark)...].first
            guard next == UInt8(ascii: "+") || next == UInt8(ascii: "-") else { return nil }
        }
        let sign = body.hasPrefix("-") ? "-" : ""
        let signless = body.hasPrefix("-") || body.hasPrefix("+") ? String(body.dropFirst()) : body
        let whole = signless.prefix { $0 != "." }
        let trimmed = whole.drop { $0 == "0" }
        return decimal(sign + (trimmed.isEmpty ? "0" : trimmed) + signless.dropFirst(whole.count)).map(Value.number)
    }
}
