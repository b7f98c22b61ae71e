/// Python's backslash escapes of string literals.
enum Escapes {
    /// Looking a character up by its name walks the whole of Unicode, so a template may do it this often.
    private static let namedLimit = 8

    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, namedEscapes: inout Int, at offset: Int
    ) throws(Fault) -> Text {
        guard bytes.contains(UInt8(ascii: "\\")) else { return Text(bytes) }
        let text = String(decoding: bytes, as: UTF8.self)
        var out = String.UnicodeScalarView()
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let mark = rest.popFirst() else {
                out.append(scalar)
                continue
            }
            if let simple = simple(mark) {
                out.append(contentsOf: simple.unicodeScalars)
                continue
            }
            switch mark {
            case "x": out.append(try number(&rest, 2, mark, offset))
            case "u": out.append(try number(&rest, 4, mark, offset))
            case "U": out.append(try number(&rest, 8, mark, offset))
            case "0"..."7":
                var value = mark.value - 0x30
                for _ in 0..<2 {
                    guard let digit = rest.first, ("0"..."7").contains(digit) else { break }
                    value = value * 8 + digit.value - 0x30
                    rest.removeFirst()
                }
                out.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            case "N":
                namedEscapes += 1
                out.append(try named(&rest, count: namedEscapes, offset))
            default:
                out.append("\\")
                out.append(mark)
            }
        }
        return Text(String(out))
    }

    private static func simple(_ mark: Unicode.Scalar) -> String? {
        switch mark {
        case "\n": ""
        case "\\": "\\"
        case "'": "'"
        case "\"": "\""
        case "a": "\u{07}"
        case "b": "\u{08}"
        case "f": "\u{0C}"
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "v": "\u{0B}"
        default: nil
        }
    }

    private static func number(
        _ rest: inout ArraySlice<Unicode.Scalar>, _ width: Int, _ mark: Unicode.Scalar, _ offset: Int
    ) throws(Fault) -> Unicode.Scalar {
        let digits = String(String.UnicodeScalarView(rest.prefix(width)))
        guard digits.utf8.count == width, let value = UInt32(digits, radix: 16), !digits.hasPrefix("+"),
            value <= 0x10FFFF
        else {
            throw Fault(.syntax, "\\\(mark) must be followed by \(width) hexadecimal digits", offset: offset)
        }
        rest.removeFirst(width)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private static func named(
        _ rest: inout ArraySlice<Unicode.Scalar>, count: Int, _ offset: Int
    ) throws(Fault) -> Unicode.Scalar {
        guard count <= namedLimit else {
            throw Fault(.limit, "a template must not use \\N more than \(namedLimit) times", offset: offset)
        }
        guard rest.first == "{", let close = rest.firstIndex(of: "}") else {
            throw Fault(.syntax, "\\N must be followed by a name in braces", offset: offset)
        }
        let name = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<close])).uppercased()
        rest = rest[(close + 1)...]
        for value in UInt32(0x20)...0x2FFFF {
            if let scalar = Unicode.Scalar(value), scalar.properties.name == name { return scalar }
        }
        throw Fault(.syntax, "\\N{\(name)} must name a character", offset: offset)
    }
}
