import Foundation

extension Filter {
    static let numbers: [Filter] = [
        Filter("abs") { (value, _, _) throws(Fault) in
            if case .float(let double) = value { return .float(double.magnitude) }
            guard let whole = value.wholeNumber else {
                throw Fault(.type, "bad operand type for abs(): '\(value.typeName)'")
            }
            return whole.bigInt.isNegative ? try Operators.negate(whole) : whole
        },
        Filter("int", "default? base?") { (value, arguments, _) throws(Fault) in
            if case .undefined(let undefined) = value { throw undefined.fault }
            // A base that is no number counts as a text that is none: the default.
            let base = arguments[1].map { $0.index } ?? 10
            return base.flatMap { wholeNumber(value, base: $0) } ?? arguments[0] ?? .int(0)
        },
        Filter("float", "default?") { (value, arguments, _) throws(Fault) in
            if case .undefined(let undefined) = value { throw undefined.fault }
            if let double = value.double { return .float(double) }
            if case .text(let text) = value, let double = NumberText.double(text) { return .float(double) }
            return arguments[0] ?? .float(0)
        },
        Filter("round", "precision? method?") { (value, arguments, renderer) throws(Fault) in
            try round(value, arguments, renderer)
        },
        Filter("filesizeformat", "binary?") { (value, arguments, _) throws(Fault) in
            .text(try fileSize(value, isBinary: arguments.flag(0, false)))
        },
    ]

    private static func wholeNumber(_ value: Item, base: Int) -> Item? {
        switch value {
        case .int, .big: return value
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .float(let double): return BigInt(double).map { .integer($0) }
        case .text(let text):
            if let whole = NumberText.whole(text, base: base) { return whole }
            return NumberText.double(text).flatMap { BigInt($0) }.map { .integer($0) }
        case .missing, .undefined, .none, .list, .tuple, .map, .range, .native: return nil
        }
    }

    private static func round(_ value: Item, _ arguments: Bound, _ renderer: Renderer) throws(Fault) -> Item {
        let method = try arguments.text(1, "common").string
        guard ["common", "ceil", "floor"].contains(method) else {
            throw Fault(.filterArgument, "method must be common, ceil or floor")
        }
        let precision = try arguments.int(0, 0)
        guard let double = value.double else {
            throw Fault(.type, "type \(value.typeName) doesn't define __round__ method", hint: "convert it: | float")
        }
        if method != "common" {
            let scale = pow(10, Double(min(max(precision, -400), 400)))
            let scaled = double * scale
            return .float((method == "ceil" ? scaled.rounded(.up) : scaled.rounded(.down)) / scale)
        }
        if let whole = value.wholeNumber { return try roundWhole(whole, precision, renderer) }
        guard double.isFinite, precision < 320 else { return value }
        if precision >= 0 { return .float(Double(FloatText.fixed(double, precision)) ?? double) }
        guard precision > -310 else { return .float(0) }
        let scale = pow(10, Double(-precision))
        return .float((double / scale).rounded(.toNearestOrEven) * scale)
    }

    /// To tens, hundreds and so on, a half to the even side.
    private static func roundWhole(_ whole: Item, _ precision: Int, _ renderer: Renderer) throws(Fault) -> Item {
        guard precision < 0 else { return whole }
        guard precision > -400 else { return .int(0) }
        let scale = try Operators.apply(.power, .int(10), .int(-precision), renderer).bigInt
        let (quotient, rest) = whole.bigInt.floorDivided(by: scale)
        let double = rest + rest
        let isOdd = (quotient.digits.first ?? 0) & 1 == 1
        let goesUp = double > scale || (double == scale && isOdd)
        return .integer((goesUp ? quotient + BigInt(1) : quotient) * scale)
    }

    private static func fileSize(_ value: Item, isBinary: Bool) throws(Fault) -> String {
        if case .undefined(let undefined) = value { throw undefined.fault }
        var size = value.double
        if case .text(let text) = value {
            size = NumberText.double(text)
            if size == nil {
                throw Fault(.value, "could not convert string to float: \(try value.repr().string)")
            }
        }
        guard let size else { throw Fault(.type, "a size must be a number, but is \(value.typeName)") }
        guard size.isFinite else { throw Fault(.value, "a size must be finite") }
        let base = isBinary ? 1024.0 : 1000
        if size == 1 { return "1 Byte" }
        if size < base {
            return "\(try BigInt(size)?.decimal() ?? "0") Bytes"
        }
        let prefixes = ["k", "M", "G", "T", "P", "E", "Z", "Y"].map { isBinary ? $0.uppercased() + "iB" : $0 + "B" }
        var unit = BigInt(Int(base))
        for (index, prefix) in prefixes.enumerated() {
            unit = unit * BigInt(Int(base))
            let isBelow = try Comparing.holds(.less, .float(size), .integer(unit))
            guard isBelow || index == prefixes.count - 1 else { continue }
            return FloatText.fixed(base * size / unit.double, 1) + " " + prefix
        }
        return ""
    }
}

/// Numbers as Python reads them from text.
enum NumberText {
    /// Digits of any script as ASCII, without the white space around; `nil` where underscores stand wrong.
    private static func plain(_ text: Text) -> String? {
        guard text.bytes.count < 12_000 else { return nil }
        var out = ""
        for scalar in text.trimmed({ $0.isPythonSpace }).scalars {
            if scalar.isASCII {
                out.unicodeScalars.append(scalar)
            } else if let digit = scalar.decimalDigit {
                out += String(digit)
            } else {
                return nil
            }
        }
        if out.utf8.contains(UInt8(ascii: "_")) {
            let parts = out.split(separator: "_", omittingEmptySubsequences: false)
            let isSound = zip(parts, parts.dropFirst()).allSatisfy { before, after in
                before.last?.isHexDigit == true && after.first?.isHexDigit == true
            }
            guard isSound else { return nil }
            out = parts.joined()
        }
        return out
    }

    static func whole(_ text: Text, base: Int) -> Item? {
        guard var rest = plain(text)?.lowercased()[...], base == 0 || (2...36).contains(base) else { return nil }
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
        var radix = base
        for (mark, value) in [("0x", 16), ("0o", 8), ("0b", 2)] where rest.hasPrefix(mark) {
            guard base == value || base == 0 else { continue }
            radix = value
            rest = rest.dropFirst(2)
            break
        }
        if radix == 0 { radix = 10 }
        guard !rest.isEmpty, let big = BigInt(rest.utf8, radix: UInt32(radix), isNegative: isNegative) else {
            return nil
        }
        return .integer(big)
    }

    static func double(_ text: Text) -> Double? {
        guard let plain = plain(text)?.lowercased() else { return nil }
        let body = plain.drop { $0 == "-" || $0 == "+" }
        guard plain.utf8.count - body.utf8.count <= 1 else { return nil }
        let sign: Double = plain.hasPrefix("-") ? -1 : 1
        if body == "inf" || body == "infinity" { return sign * .infinity }
        if body == "nan" { return .nan }
        guard let first = body.utf8.first, first == UInt8(ascii: ".") || (0x30...0x39).contains(first),
            body.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.e".utf8.contains($0) })
        else { return nil }
        return strictDouble(String(body)).map { sign * $0 }
    }

    /// Swift refuses `5.` and `.5`, which Python reads.
    private static func strictDouble(_ body: String) -> Double? {
        if let double = Double(body) { return double }
        let parts = body.split(separator: "e", omittingEmptySubsequences: false)
        guard var mantissa = parts.first.map(String.init), mantissa != "." else { return nil }
        if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
        if mantissa.hasSuffix(".") { mantissa += "0" }
        return Double(([mantissa] + parts.dropFirst().map(String.init)).joined(separator: "e"))
    }
}

extension Unicode.Scalar {
    /// The value of a decimal digit of any script.
    var decimalDigit: Int? {
        guard properties.generalCategory == .decimalNumber, let value = properties.numericValue else { return nil }
        return Int(exactly: value)
    }
}
