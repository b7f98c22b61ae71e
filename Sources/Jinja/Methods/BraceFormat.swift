/// Python's `text.format(…)`.
enum BraceFormat {
    static func apply(
        _ format: Text, _ positional: [Item], _ named: [(name: Text, value: Item)], _ renderer: Renderer
    ) throws(Fault) -> Item {
        var state = State(positional: positional, named: named)
        let text = try fill(format.scalars[...], &state, renderer, depth: 0, escapes: format.isSafe)
        return .text(text.marked(safe: format.isSafe))
    }

    private struct State {
        let positional: [Item]
        let named: [(name: Text, value: Item)]
        var next = 0
    }

    private static func fill(
        _ format: ArraySlice<Unicode.Scalar>, _ state: inout State, _ renderer: Renderer, depth: Int, escapes: Bool
    ) throws(Fault) -> Text {
        guard depth < 2 else { throw Fault(.value, "Max string recursion exceeded") }
        var rest = format
        var out: [UInt8] = []
        while let scalar = rest.popFirst() {
            if scalar == "}" {
                guard rest.popFirst() == "}" else { throw Fault(.value, "Single '}' encountered in format string") }
                out.append(UInt8(ascii: "}"))
            } else if scalar != "{" {
                out += Array(String(scalar).utf8)
            } else if rest.first == "{" {
                rest.removeFirst()
                out.append(UInt8(ascii: "{"))
            } else {
                let text = try field(&rest, &state, renderer, depth: depth)
                out += escapes ? text.escaped.bytes : text.bytes
            }
            try renderer.checkSize(out.count)
        }
        return Text(bytes: out)
    }

    private static func field(
        _ rest: inout ArraySlice<Unicode.Scalar>, _ state: inout State, _ renderer: Renderer, depth: Int
    ) throws(Fault) -> Text {
        var level = 1
        var end = rest.startIndex
        while end < rest.endIndex {
            if rest[end] == "{" { level += 1 }
            if rest[end] == "}" { level -= 1 }
            if level == 0 { break }
            end += 1
        }
        guard level == 0 else { throw Fault(.value, "expected '}' before end of string") }
        let body = rest[rest.startIndex..<end]
        rest = rest[(end + 1)...]
        let name = body.prefix { $0 != ":" && $0 != "!" }
        var tail = body[name.endIndex...]
        var conversion: Unicode.Scalar?
        if tail.first == "!" {
            tail.removeFirst()
            conversion = tail.popFirst()
        }
        var spec = Text.empty
        if tail.first == ":" {
            spec = try fill(tail.dropFirst(), &state, renderer, depth: depth + 1, escapes: false)
        }
        let value = try value(name, &state, renderer)
        switch conversion {
        case nil: return try FormatSpec(spec).apply(value, renderer)
        case "s"?: return try FormatSpec(spec).apply(.text(value.text()), renderer)
        case "r"?, "a"?: return try FormatSpec(spec).apply(.text(value.repr()), renderer)
        case let other?: throw Fault(.value, "Unknown conversion specifier '\(other)'")
        }
    }

    private static func value(
        _ name: ArraySlice<Unicode.Scalar>, _ state: inout State, _ renderer: Renderer
    ) throws(Fault) -> Item {
        let first = name.prefix { $0 != "." && $0 != "[" }
        var rest = name[first.endIndex...]
        var value = try root(Text(first), &state)
        while let mark = rest.popFirst() {
            if mark == "." {
                let part = rest.prefix { $0 != "." && $0 != "[" }
                rest = rest[part.endIndex...]
                value = try renderer.attribute(value, Text(part))
            } else {
                guard let close = rest.firstIndex(of: "]") else { throw Fault(.value, "Missing ']' in format string") }
                let key = String(String.UnicodeScalarView(rest[rest.startIndex..<close]))
                rest = rest[(close + 1)...]
                value = try renderer.item(value, Int(key).map { .int($0) } ?? .text(key))
            }
            if case .undefined(let undefined) = value { throw undefined.fault }
        }
        return value
    }

    private static func root(_ name: Text, _ state: inout State) throws(Fault) -> Item {
        let index: Int
        if name.isEmpty {
            index = state.next
            state.next += 1
        } else if let given = Int(name.string) {
            index = given
        } else {
            guard let named = state.named.first(where: { $0.name == name }) else {
                throw Fault(.key, "'\(name.string)'")
            }
            return named.value
        }
        guard state.positional.indices.contains(index) else {
            throw Fault(.index, "Replacement index \(index) out of range for positional args tuple")
        }
        return state.positional[index]
    }
}

/// Python's format specification: `[[fill]align][sign][#][0][width][,][.precision][type]`.
private struct FormatSpec {
    private var fill: Unicode.Scalar = " "
    private var align: Unicode.Scalar?
    private var sign: Unicode.Scalar = "-"
    private var isAlternate = false
    private var width = 0
    private var grouping: Unicode.Scalar?
    private var precision: Int?
    private var type: Unicode.Scalar?
    private let isEmpty: Bool

    init(_ text: Text) throws(Fault) {
        var rest = text.scalars[...]
        isEmpty = rest.isEmpty
        let aligns: [Unicode.Scalar] = ["<", ">", "^", "="]
        if rest.count > 1, aligns.contains(rest[rest.startIndex + 1]) {
            fill = rest.removeFirst()
            align = rest.removeFirst()
        } else if let first = rest.first, aligns.contains(first) {
            align = rest.removeFirst()
        }
        if let first = rest.first, ["+", "-", " "].contains(first) { sign = rest.removeFirst() }
        if rest.first == "#" {
            isAlternate = true
            rest.removeFirst()
        }
        if rest.first == "0" {
            rest.removeFirst()
            if align == nil {
                fill = "0"
                align = "="
            }
        }
        width = try FormatSpec.number(&rest) ?? 0
        if let first = rest.first, first == "," || first == "_" { grouping = rest.removeFirst() }
        if rest.first == "." {
            rest.removeFirst()
            guard let number = try FormatSpec.number(&rest) else {
                throw Fault(.value, "Format specifier missing precision")
            }
            precision = number
        }
        type = rest.popFirst()
        guard rest.isEmpty else { throw Fault(.value, "Invalid format specifier '\(text.string)'") }
    }

    private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws(Fault) -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        guard let number = Int(String(String.UnicodeScalarView(digits))), number < 1 << 31 else {
            throw Fault(.value, "Too many decimal digits in format string")
        }
        return number
    }

    func apply(_ value: Item, _ renderer: Renderer) throws(Fault) -> Text {
        try renderer.checkSize(width)
        switch value {
        case .int, .big, .float: return try number(value, renderer)
        case .bool where !isEmpty && type != "s" && type != nil: return try number(value, renderer)
        case .text, .bool, .none, .list, .tuple, .map, .range, .native, .undefined, .missing:
            guard value.isText || value.isUndefined || isEmpty || value.wholeNumber != nil else {
                throw Fault(.type, "unsupported format string passed to \(value.typeName).__format__")
            }
            guard type == nil || type == "s", align != "=" || fill == "0" else {
                throw Fault(.value, "Unknown format code '\(type ?? "=")' for object of type 'str'")
            }
            var text = try value.text()
            if let precision, precision < text.count { text = text.slice(0..<precision) }
            return pad(Text.empty, text, fallback: "<")
        }
    }

    private func number(_ value: Item, _ renderer: Renderer) throws(Fault) -> Text {
        let code = type ?? (value.wholeNumber == nil ? nil : "d")
        var body: String
        var isNegative = false
        switch code {
        case "d"?, "x"?, "X"?, "o"?, "b"?, "n"?, "c"?:
            guard let whole = value.wholeNumber?.bigInt else {
                throw Fault(.value, "Unknown format code '\(code ?? " ")' for object of type 'float'")
            }
            isNegative = whole.isNegative
            try renderer.spend(on: whole)
            body = try NumberFormat.radixText(whole, code ?? "d", hasPrefix: isAlternate)
        case "e"?, "E"?, "f"?, "F"?, "g"?, "G"?, "%"?, nil:
            var double = value.double ?? 0
            isNegative = double.sign == .minus && !double.isNaN
            double = double.magnitude
            let digits = min(precision ?? 6, 400)
            if code == "%" {
                body = FloatText.fixed(double * 100, digits) + "%"
            } else if let code {
                body = NumberFormat.floatText(double, code, digits, isAlternate: isAlternate)
            } else {
                body = precision == nil ? FloatText.shortest(double) : FloatText.general(double, max(1, digits))
            }
        case let other?:
            throw Fault(.value, "Unknown format code '\(other)' for object of type '\(value.typeName)'")
        }
        if let grouping { body = FormatSpec.grouped(body, grouping) }
        let sign = isNegative ? "-" : sign == "-" ? "" : String(sign)
        return pad(Text(sign), Text(body), fallback: ">")
    }

    private static func grouped(_ body: String, _ mark: Unicode.Scalar) -> String {
        let whole = body.prefix { $0.isNumber }
        let count = whole.count
        var out = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (count - index) % 3 == 0 { out.unicodeScalars.append(mark) }
            out.append(digit)
        }
        return out + body.dropFirst(count)
    }

    private func pad(_ sign: Text, _ body: Text, fallback: Unicode.Scalar) -> Text {
        let missing = width - sign.count - body.count
        let align = align ?? fallback
        if align == "=" { return Text.joined(sign, body.padded(left: missing, fill), isSafe: false) }
        let text = Text.joined(sign, body, isSafe: false)
        guard missing > 0 else { return text }
        switch align {
        case "<": return text.padded(right: missing, fill)
        case "^": return text.padded(left: missing / 2, right: missing - missing / 2, fill)
        default: return text.padded(left: missing, fill)
        }
    }
}
