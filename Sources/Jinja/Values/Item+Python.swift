import Foundation

extension Item {
    /// Python's name of the type, as error messages use it.
    var typeName: String {
        switch self {
        case .missing, .undefined(_): "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int, .big: "int"
        case .float: "float"
        case .text(let text): text.isSafe ? "Markup" : "str"
        case .list: "list"
        case .tuple: "tuple"
        case .map: "dict"
        case .range: "range"
        case .native(let object): object.native.typeName
        }
    }

    /// Whether it counts as true; a strict undefined refuses to say.
    func isTrue() throws(Fault) -> Bool {
        switch self {
        case .missing, .none: return false
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return false
        case .bool(let flag): return flag
        case .int(let int): return int != 0
        case .big: return true
        case .float(let double): return double != 0
        case .text(let text): return !text.bytes.isEmpty
        case .list(let sequence), .tuple(let sequence): return !sequence.isEmpty
        case .map(let map): return map.count > 0
        case .range(let range): return range.count > 0
        case .native(let object): return object.native.count.map { $0 > 0 } ?? true
        }
    }

    /// Python's `str()`.
    func text() throws(Fault) -> Text {
        switch self {
        case .text(let text): return text
        case .missing: return .empty
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return .empty
        case .int(let int): return Text(capacity: 20, isASCII: true) { Decimal.write(int, to: $0) }
        default: break
        }
        var out: [UInt8] = []
        try appendRepr(to: &out, depth: 0)
        return Text(bytes: out)
    }

    /// Python's `repr()`.
    func repr() throws(Fault) -> Text {
        var out: [UInt8] = []
        try appendRepr(to: &out, depth: 0)
        return Text(bytes: out)
    }

    /// Levels that printing and comparing go down.
    static let deepest = 400

    func appendRepr(to out: inout [UInt8], depth: Int) throws(Fault) {
        guard depth < Item.deepest else {
            throw Fault(.limit, "a value nests more than \(Item.deepest) levels deep")
        }
        guard out.count < 1 << 24 else { throw Fault(.limit, "a value is too long to be written as text") }
        switch self {
        case .missing, .undefined: out.append(contentsOf: "Undefined".utf8)
        case .none: out.append(contentsOf: "None".utf8)
        case .bool(let flag): out.append(contentsOf: (flag ? "True" : "False").utf8)
        case .int(let int): out.append(contentsOf: String(int).utf8)
        case .big(let big): out.append(contentsOf: try big.text().utf8)
        case .float(let double): out.append(contentsOf: FloatText.shortest(double).utf8)
        case .text(let text):
            if text.isSafe { out.append(contentsOf: "Markup(".utf8) }
            text.appendRepr(to: &out)
            if text.isSafe { out.append(UInt8(ascii: ")")) }
        case .list(let sequence): try Item.appendItems(sequence.items, "[", "]", to: &out, depth: depth)
        case .tuple(let sequence):
            let close = sequence.count == 1 ? ",)" : ")"
            try Item.appendItems(sequence.items, "(", close, to: &out, depth: depth)
        case .map(let map):
            out.append(UInt8(ascii: "{"))
            for index in 0..<map.count {
                if index > 0 { out.append(contentsOf: ", ".utf8) }
                try map.keys[index].appendRepr(to: &out, depth: depth + 1)
                out.append(contentsOf: ": ".utf8)
                try map.values[index].appendRepr(to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "}"))
        case .range(let range):
            let step = range.step == 1 ? "" : ", \(range.step)"
            out.append(contentsOf: "range(\(range.start), \(range.stop)\(step))".utf8)
        case .native(let object): try object.native.appendRepr(to: &out, depth: depth)
        }
    }

    static func appendItems(
        _ items: [Item], _ open: String, _ close: String, to out: inout [UInt8], depth: Int
    ) throws(Fault) {
        out.append(contentsOf: open.utf8)
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(contentsOf: ", ".utf8) }
            try item.appendRepr(to: &out, depth: depth + 1)
        }
        out.append(contentsOf: close.utf8)
    }
}

extension Text {
    /// Python's spelling of a string as a literal.
    func appendRepr(to out: inout [UInt8]) {
        let quote =
            bytes.contains(UInt8(ascii: "'")) && !bytes.contains(UInt8(ascii: "\""))
            ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        out.append(quote)
        // Long plain runs are copied whole: most text is nothing else.
        if isASCII, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != quote && $0 != UInt8(ascii: "\\") }) {
            out.append(contentsOf: bytes)
            out.append(quote)
            return
        }
        for scalar in scalars {
            switch scalar {
            case "\\": out.append(contentsOf: "\\\\".utf8)
            case "\n": out.append(contentsOf: "\\n".utf8)
            case "\r": out.append(contentsOf: "\\r".utf8)
            case "\t": out.append(contentsOf: "\\t".utf8)
            default:
                if scalar.value == UInt32(quote) {
                    out.append(UInt8(ascii: "\\"))
                    out.append(quote)
                } else if scalar.isPythonPrintable {
                    out.append(contentsOf: String(scalar).utf8)
                } else {
                    out.append(contentsOf: scalar.pythonEscape.utf8)
                }
            }
        }
        out.append(quote)
    }
}

extension Unicode.Scalar {
    var isPythonPrintable: Bool {
        if value < 0x7F { return value >= 0x20 }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }

    var pythonEscape: String {
        let digits = String(value, radix: 16)
        let (mark, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\\(mark)" + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// Numbers as Python writes them.
enum FloatText {
    /// The shortest digits that read back the same; an exponent below 1e-4 and from 1e16.
    static func shortest(_ double: Double) -> String {
        if double.isNaN { return "nan" }
        if double.isInfinite { return double < 0 ? "-inf" : "inf" }
        if double == 0 { return double.sign == .minus ? "-0.0" : "0.0" }
        let (digits, exponent) = parts(double)
        let sign = double < 0 ? "-" : ""
        if exponent < -4 || exponent >= 16 {
            let rest = digits.dropFirst()
            let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".\(rest)")e\(exponent < 0 ? "-" : "+")\(power)"
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = exponent + 1
        if digits.utf8.count <= whole {
            return sign + digits + String(repeating: "0", count: whole - digits.utf8.count) + ".0"
        }
        return "\(sign)\(digits.prefix(whole)).\(digits.dropFirst(whole))"
    }

    /// Significant digits, and the power of ten of the first one.
    private static func parts(_ double: Double) -> (digits: String, exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var beforePoint = 0
        var seenPoint = false
        let text = Array("\(double.magnitude)".utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                seenPoint = true
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
                if !seenPoint { beforePoint += 1 }
            }
        }
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        var significant = Array(digits.dropFirst(leading))
        while significant.last == UInt8(ascii: "0") { significant.removeLast() }
        return (String(decoding: significant, as: UTF8.self), exponent + beforePoint - leading - 1)
    }

    /// `precision` digits behind the point, as C's `%f`.
    static func fixed(_ double: Double, _ precision: Int) -> String { String(format: "%.*f", precision, double) }
    static func scientific(_ double: Double, _ precision: Int) -> String { String(format: "%.*e", precision, double) }
    static func general(_ double: Double, _ precision: Int, keepsZeros: Bool = false) -> String {
        keepsZeros ? String(format: "%#.*g", precision, double) : String(format: "%.*g", precision, double)
    }
}
