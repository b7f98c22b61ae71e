import Documents

/// Values as Terraform's own language spells them, laid out as `terraform fmt` does.
enum HCLWriter {
    /// A `.tfvars` file: one assignment a member.
    static func assignments(_ object: Object) -> String {
        lines(object, indent: 0).map { $0 + "\n" }.joined()
    }

    private static func lines(_ object: Object, indent: Int) -> [String] {
        let space = String(repeating: "  ", count: indent)
        let members = object.map { (key: key($0.key), value: $0.value) }
        return members.indices.map { index in
            let width = alignment(of: index, in: members)
            let key = members[index].key
            let gap = String(repeating: " ", count: max(0, width - key.unicodeScalars.count))
            return "\(space)\(key)\(gap) = \(text(members[index].value, indent: indent))"
        }
    }

    /// Equal signs stand below each other in runs of members that take one line each.
    private static func alignment(of index: Int, in members: [(key: String, value: Value)]) -> Int {
        func isBlock(_ value: Value) -> Bool {
            switch value {
            case .object(let object): !object.isEmpty
            case .list(let items): !items.isEmpty
            case .null, .bool, .number, .string: false
            }
        }
        guard !isBlock(members[index].value) else { return members[index].key.unicodeScalars.count }
        let before = members[..<index].reversed().prefix { !isBlock($0.value) }
        let behind = members[index...].prefix { !isBlock($0.value) }
        return (before.map(\.key) + behind.map(\.key)).map(\.unicodeScalars.count).max() ?? 0
    }

    private static func text(_ value: Value, indent: Int) -> String {
        let space = String(repeating: "  ", count: indent)
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.text
        case .string(let text): return quoted(text)
        case .list(let items):
            guard !items.isEmpty else { return "[]" }
            let inside = items.map { "\(space)  \(text($0, indent: indent + 1)),\n" }.joined()
            return "[\n\(inside)\(space)]"
        case .object(let object):
            guard !object.isEmpty else { return "{}" }
            return "{\n" + lines(object, indent: indent + 1).map { $0 + "\n" }.joined() + space + "}"
        }
    }

    /// Names stand as they are; anything else is quoted.
    private static func key(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let isName =
            scalars.first.map { $0.properties.isAlphabetic || $0 == "_" } == true
            && scalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_" || $0 == "-")
            }
        return isName ? name : quoted(name)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // A dollar or percent sign before a brace would begin an expression.
            case "{" where previous == "$" || previous == "%":
                result += String(previous.map(Character.init) ?? "$") + "{"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result + "\""
    }
}
