/// One line of a log, made safe; the colours that programs write are kept as roles.
package struct LogLine: Hashable, Sendable {
    package let line: Line
    /// Whether it tells of something that went wrong.
    package let isError: Bool

    package init(_ line: Line, isError: Bool = false) {
        self.line = line
        self.isError = isError
    }

    /// Reads colour sequences and drops all other escape sequences.
    package init(untrusted text: String, _ style: Style = .text, isError: Bool = false) {
        var line = Line()
        var current = style
        var rest = Substring(text).utf8
        while let escape = rest.firstIndex(of: 0x1B) {
            line.append(SafeText(untrusted: rest[..<escape]), current)
            rest = rest[escape...].dropFirst()
            guard let end = LogLine.sequenceEnd(rest) else { continue }
            if rest[..<end].last == UInt8(ascii: "m"), rest.first == UInt8(ascii: "[") {
                current = LogLine.style(String(decoding: rest[..<end].dropFirst().dropLast(), as: UTF8.self), style)
            }
            rest = rest[end...]
        }
        line.append(SafeText(untrusted: rest), current)
        self.init(line, isError: isError)
    }

    /// Behind the last byte of a control sequence or a string; nil when neither begins here or it has no end.
    private static func sequenceEnd(_ bytes: Substring.UTF8View) -> Substring.UTF8View.Index? {
        switch bytes.first {
        case UInt8(ascii: "["):
            let final = bytes.dropFirst().firstIndex { !(0x20...0x3F).contains($0) }
            return final.flatMap { (0x40...0x7E).contains(bytes[$0]) ? bytes.index(after: $0) : nil }
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            guard let end = bytes.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { return nil }
            let isString = bytes[end] == 0x1B && bytes[bytes.index(after: end)...].first == UInt8(ascii: "\\")
            return bytes.index(end, offsetBy: isString ? 2 : 1)
        default:
            return nil
        }
    }

    private static func style(_ parameters: String, _ base: Style) -> Style {
        var style = base
        for number in parameters.split(separator: ";", omittingEmptySubsequences: false).map({ Int($0) ?? 0 }) {
            switch number {
            case 0, 39: style = base
            case 1: style.attributes.insert(.bold)
            case 4: style.attributes.insert(.underline)
            case 2, 90: style.role = .dim
            case 31, 91: style.role = .fail
            case 32, 92: style.role = .ok
            case 33, 93: style.role = .warn
            case 34, 94, 36, 96: style.role = .info
            case 35, 95: style.role = .changed
            default: break
            }
        }
        return style
    }
}
