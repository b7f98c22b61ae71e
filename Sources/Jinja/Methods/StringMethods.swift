/// Methods of Python's `str`.
enum StringMethods {
    static let table = Method.table(shaping + splitting + finding + asking)

    private static func own(_ item: Item) -> Text {
        if case .text(let text) = item { text } else { .empty }
    }

    private static func text(
        _ name: String, _ body: @escaping @Sendable (Text) -> Text
    ) -> Method {
        Method(name) { (owner, _, _) in .text(body(own(owner))) }
    }

    private static let shaping: [Method] = [
        text("upper") { $0.uppercased },
        text("lower") { $0.lowercased },
        text("casefold") { $0.mapped { $0.lowercased().replacing("ß", with: "ss") } },
        text("title") { $0.titled },
        text("capitalize") { $0.capitalized },
        text("swapcase") { text in
            var out = ""
            for scalar in text.scalars {
                let properties = scalar.properties
                out += properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
            }
            return Text(out, isSafe: text.isSafe)
        },
        strip("strip", leading: true, trailing: true), strip("lstrip", leading: true, trailing: false),
        strip("rstrip", leading: false, trailing: true),
        Method("replace", "old new count?") { (owner, arguments, renderer) throws(Fault) in
            let text = own(owner)
            let new = try required(arguments, 1)
            return .text(
                try text.replacing(
                    required(arguments, 0), with: text.isSafe ? new.escaped : new, count: arguments.int(2, -1),
                    renderer))
        },
        Method("format", "*") { (owner, arguments, renderer) throws(Fault) in
            try BraceFormat.apply(own(owner), arguments.rest, arguments.named, renderer)
        },
        Method("zfill", "width") { (owner, arguments, renderer) throws(Fault) in
            let text = own(owner)
            let width = try arguments.int(0, 0)
            try renderer.checkSize(width)
            let hasSign = text.hasPrefix("-") || text.hasPrefix("+")
            guard hasSign else { return .text(text.padded(left: width - text.count, "0")) }
            let body = text.slice(1..<text.count).padded(left: width - text.count, "0")
            return .text(Text(bytes: Array(text.bytes.prefix(1)) + body.bytes, isSafe: text.isSafe))
        },
        pad("center") { $0.centered($1, $2) },
        pad("ljust") { $0.padded(right: $1 - $0.count, $2) },
        pad("rjust") { $0.padded(left: $1 - $0.count, $2) },
        Method("expandtabs", "tabsize?") { (owner, arguments, renderer) throws(Fault) in
            let size = try max(0, arguments.int(0, 8))
            var out: [Unicode.Scalar] = []
            var column = 0
            for scalar in own(owner).scalars {
                if scalar == "\t" {
                    let spaces = size == 0 ? 0 : size - column % size
                    try renderer.checkSize(out.count + spaces)
                    out += Array(repeating: " ", count: spaces)
                    column += spaces
                } else {
                    out.append(scalar)
                    column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
                }
            }
            return .text(Text(out))
        },
        Method("removeprefix", "prefix") { (owner, arguments, _) throws(Fault) in
            let text = own(owner)
            let prefix = try required(arguments, 0)
            guard text.hasPrefix(prefix) else { return .text(text) }
            return .text(Text(bytes: Array(text.bytes.dropFirst(prefix.bytes.count)), isSafe: text.isSafe))
        },
        Method("removesuffix", "suffix") { (owner, arguments, _) throws(Fault) in
            let text = own(owner)
            let suffix = try required(arguments, 0)
            guard text.hasSuffix(suffix) else { return .text(text) }
            return .text(Text(bytes: Array(text.bytes.dropLast(suffix.bytes.count)), isSafe: text.isSafe))
        },
    ]

    private static func required(_ arguments: Bound, _ index: Int) throws(Fault) -> Text {
        guard case .text(let text)? = arguments[index] else {
            if case .undefined(let undefined)? = arguments[index] { throw undefined.fault }
            throw Fault(.type, "must be str, not \(arguments[index]?.typeName ?? "NoneType")")
        }
        return text
    }

    private static func strip(_ name: String, leading: Bool, trailing: Bool) -> Method {
        Method(name, "chars?") { (owner, arguments, _) throws(Fault) in
            guard arguments.given(0) != nil else {
                return .text(own(owner).trimmed(leading: leading, trailing: trailing) { $0.isPythonSpace })
            }
            let chars = Set(try required(arguments, 0).scalars)
            return .text(own(owner).trimmed(leading: leading, trailing: trailing) { chars.contains($0) })
        }
    }

    private static func pad(
        _ name: String, _ body: @escaping @Sendable (Text, Int, Unicode.Scalar) -> Text
    ) -> Method {
        Method(name, "width fillchar?") { (owner, arguments, renderer) throws(Fault) in
            let width = try arguments.int(0, 0)
            try renderer.checkSize(width)
            let fill = try arguments.text(1, " ").scalars
            guard fill.count == 1 else {
                throw Fault(.type, "The fill character must be exactly one character long")
            }
            return .text(body(own(owner), width, fill[0]))
        }
    }

    // MARK: Cutting and joining

    private static let splitting: [Method] = [
        Method("split", "sep? maxsplit?") { (owner, arguments, _) throws(Fault) in
            .list(try split(own(owner), arguments, fromEnd: false).map { .text($0) })
        },
        Method("rsplit", "sep? maxsplit?") { (owner, arguments, _) throws(Fault) in
            .list(try split(own(owner), arguments, fromEnd: true).map { .text($0) })
        },
        Method("splitlines", "keepends?") { (owner, arguments, _) throws(Fault) in
            let lines = Text.pythonLines(own(owner).scalars, keepsEnds: try arguments.flag(0, false))
            return .list(lines.map { .text(Text($0)) })
        },
        Method("join", "iterable") { (owner, arguments, renderer) throws(Fault) in
            let items = try renderer.items(of: arguments[0] ?? .none)
            try renderer.spend(items.count)
            var parts: [Text] = []
            for (index, item) in items.enumerated() {
                guard case .text(let text) = item else {
                    throw Fault(
                        .type, "sequence item \(index): expected str instance, \(item.typeName) found",
                        hint: "use the filter join")
                }
                parts.append(own(owner).isSafe ? text.escaped : text)
            }
            return .text(try Text.join(parts, own(owner), renderer).marked(safe: own(owner).isSafe))
        },
        Method("partition", "sep") { (owner, arguments, _) throws(Fault) in
            try partition(own(owner), arguments, fromEnd: false)
        },
        Method("rpartition", "sep") { (owner, arguments, _) throws(Fault) in
            try partition(own(owner), arguments, fromEnd: true)
        },
    ]

    private static func split(_ text: Text, _ arguments: Bound, fromEnd: Bool) throws(Fault) -> [Text] {
        let most = try arguments.int(1, -1)
        let limit = most < 0 ? Int.max : most
        guard arguments.given(0) != nil else { return words(text, limit, fromEnd: fromEnd) }
        let separator = try required(arguments, 0)
        guard !separator.isEmpty else { throw Fault(.value, "empty separator") }
        var offsets = text.offsets(of: separator, limit: fromEnd ? .max : limit)
        if fromEnd { offsets = Array(offsets.suffix(min(limit, offsets.count))) }
        var parts: [Text] = []
        var start = 0
        for offset in offsets {
            parts.append(Text(bytes: Array(text.bytes[start..<offset]), isSafe: text.isSafe))
            start = offset + separator.bytes.count
        }
        parts.append(Text(bytes: Array(text.bytes[start...]), isSafe: text.isSafe))
        return parts
    }

    private static func words(_ text: Text, _ limit: Int, fromEnd: Bool) -> [Text] {
        let scalars = fromEnd ? text.scalars.reversed() : text.scalars
        var words: [[Unicode.Scalar]] = []
        var rest = scalars[...]
        while true {
            rest = rest.drop { $0.isPythonSpace }
            guard !rest.isEmpty else { break }
            if words.count == limit {
                while let last = rest.last, last.isPythonSpace { rest.removeLast() }
                words.append(Array(rest))
                break
            }
            let word = rest.prefix { !$0.isPythonSpace }
            words.append(Array(word))
            rest = rest[word.endIndex...]
        }
        if fromEnd { words = words.reversed().map { $0.reversed() } }
        return words.map { Text($0, isSafe: text.isSafe) }
    }

    private static func partition(_ text: Text, _ arguments: Bound, fromEnd: Bool) throws(Fault) -> Item {
        let separator = try required(arguments, 0)
        guard !separator.isEmpty else { throw Fault(.value, "empty separator") }
        let offsets = text.offsets(of: separator, limit: fromEnd ? .max : 1)
        guard let offset = fromEnd ? offsets.last : offsets.first else {
            let empty = Item.text(.empty)
            return .tuple(fromEnd ? [empty, empty, .text(text)] : [.text(text), empty, empty])
        }
        let after = Array(text.bytes[(offset + separator.bytes.count)...])
        return .tuple([
            .text(Text(bytes: Array(text.bytes[..<offset]))), .text(separator), .text(Text(bytes: after)),
        ])
    }

    // MARK: Looking

    private static let finding: [Method] = [
        end("startswith") { $0.hasPrefix($1) }, end("endswith") { $0.hasSuffix($1) },
        find("find", fromEnd: false), find("rfind", fromEnd: true), find("index", fromEnd: false, mustBe: true),
        find("rindex", fromEnd: true, mustBe: true),
        Method("count", "sub start? end?") { (owner, arguments, _) throws(Fault) in
            let (part, _) = try window(own(owner), arguments)
            let wanted = try required(arguments, 0)
            return .int(wanted.isEmpty ? part.count + 1 : part.offsets(of: wanted).count)
        },
    ]

    /// The part between the second and third argument, and where it starts.
    private static func window(_ text: Text, _ arguments: Bound) throws(Fault) -> (Text, Int) {
        let bounds = try Slicing([arguments[1] ?? .none, arguments[2] ?? .none, .none], count: text.count)
        return (text.slice(bounds.start..<max(bounds.start, bounds.stop)), bounds.start)
    }

    private static func end(_ name: String, _ body: @escaping @Sendable (Text, Text) -> Bool) -> Method {
        Method(name, "prefix start? end?") { (owner, arguments, _) throws(Fault) in
            let (part, _) = try window(own(owner), arguments)
            if case .tuple(let choices)? = arguments[0] {
                for case .text(let choice) in choices.items where body(part, choice) { return .bool(true) }
                return .bool(false)
            }
            return .bool(body(part, try required(arguments, 0)))
        }
    }

    private static func find(_ name: String, fromEnd: Bool, mustBe: Bool = false) -> Method {
        Method(name, "sub start? end?") { (owner, arguments, _) throws(Fault) in
            let (part, start) = try window(own(owner), arguments)
            let wanted = try required(arguments, 0)
            var offset: Int?
            if wanted.isEmpty {
                offset = fromEnd ? part.bytes.count : 0
            } else if fromEnd {
                offset = part.bytes.indices.reversed().first { part.bytes[$0...].starts(with: wanted.bytes) }
            } else {
                offset = part.firstOffset(of: wanted)
            }
            guard let offset else {
                if mustBe { throw Fault(.value, "substring not found") }
                return .int(-1)
            }
            return .int(start + Text(bytes: Array(part.bytes[..<offset])).count)
        }
    }

    private static func all(_ name: String, _ body: @escaping @Sendable (Unicode.Scalar) -> Bool) -> Method {
        Method(name) { (owner, _, _) in
            let scalars = own(owner).scalars
            return .bool(!scalars.isEmpty && scalars.allSatisfy(body))
        }
    }

    private static let asking: [Method] = [
        all("isdigit") { $0.properties.numericType == .decimal || $0.properties.numericType == .digit },
        all("isdecimal") { $0.properties.numericType == .decimal },
        all("isnumeric") { $0.properties.numericType != nil },
        all("isalpha") { $0.isLetter },
        all("isalnum") { $0.isLetter || $0.properties.numericType != nil },
        all("isspace") { $0.isPythonSpace },
        all("isprintable") { $0.isPythonPrintable },
        Method("isascii") { (owner, _, _) in .bool(own(owner).isASCII) },
        Method("isupper") { (owner, _, _) in .bool(own(owner).string.isCased { $0.properties.isUppercase }) },
        Method("islower") { (owner, _, _) in .bool(own(owner).string.isCased { $0.properties.isLowercase }) },
        Method("istitle") { (owner, _, _) in
            let text = own(owner)
            return .bool(text == text.titled && text.scalars.contains { $0.properties.isCased })
        },
        Method("isidentifier") { (owner, _, _) in
            let scalars = own(owner).scalars
            guard let first = scalars.first, first == "_" || first.properties.isXIDStart else { return .bool(false) }
            return .bool(scalars.dropFirst().allSatisfy { $0.properties.isXIDContinue })
        },
    ]
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
