extension Filter {
    static let text: [Filter] = [
        Filter("upper") { (value, _, _) throws(Fault) in .text(try value.text().uppercased) },
        Filter("lower") { (value, _, _) throws(Fault) in .text(try value.text().lowercased) },
        Filter("capitalize") { (value, _, _) throws(Fault) in .text(try value.text().capitalized) },
        Filter("title") { (value, _, _) throws(Fault) in .text(try value.text().titledWords) },
        Filter("string") { (value, _, _) throws(Fault) in .text(try value.text()) },
        Filter("trim", "chars?") { (value, arguments, _) throws(Fault) in
            let text = try value.text()
            guard let chars = arguments.given(0) else { return .text(text.trimmed { $0.isPythonSpace }) }
            let set = Set(try chars.text().scalars)
            return .text(text.trimmed { set.contains($0) })
        },
        Filter("replace", "old new count?") { (value, arguments, renderer) throws(Fault) in
            let text = try value.text()
            let old = try arguments.text(0, .empty)
            let new = try arguments.text(1, .empty)
            let count = try arguments.given(2)?.requireIndex() ?? -1
            guard renderer.escapes else {
                return .text(try text.marked(safe: false).replacing(old, with: new, count: count, renderer))
            }
            // A safe part makes the whole safe, and what is put in is escaped then.
            let subject = old.isSafe || new.isSafe ? text.escaped : text
            return .text(
                try subject.replacing(old, with: subject.isSafe ? new.escaped : new, count: count, renderer))
        },
        Filter("center", "width?") { (value, arguments, renderer) throws(Fault) in
            let width = try arguments.int(0, 80)
            try renderer.checkSize(width)
            return .text(try value.text().centered(width, " "))
        },
        Filter("indent", "width? first? blank?") { (value, arguments, renderer) throws(Fault) in
            try indent(value, arguments, renderer)
        },
        Filter("truncate", "length? killwords? end? leeway?") { (value, arguments, _) throws(Fault) in
            try truncate(value, arguments)
        },
        Filter("wordwrap", "width? break_long_words? wrapstring? break_on_hyphens?") {
            (value, arguments, renderer) throws(Fault) in
            let width = try arguments.int(0, 79)
            guard width > 0 else { throw Fault(.value, "invalid width \(width) (must be > 0)") }
            let wrap = WordWrap(
                width: width, breaksLongWords: try arguments.flag(1, true), breaksHyphens: try arguments.flag(3, true))
            let separator = try arguments.given(2)?.text() ?? "\n"
            let lines = wrap.lines(of: try value.text())
            return .text(try Text.join(lines, separator, renderer))
        },
        Filter("wordcount") { (value, _, _) throws(Fault) in
            var count = 0
            var isWord = false
            for scalar in try value.text().scalars {
                let letter = scalar.isWordLetter
                if letter, !isWord { count += 1 }
                isWord = letter
            }
            return .int(count)
        },
        Filter("format", "*") { (value, arguments, renderer) throws(Fault) in
            let text = try value.text()
            if !arguments.named.isEmpty {
                guard arguments.rest.isEmpty else {
                    throw Fault(
                        .filterArgument, "can't handle positional and keyword arguments at the same time")
                }
                return try PercentFormat.apply(text, .map(Mapping(arguments.named)), renderer)
            }
            return try PercentFormat.apply(text, .tuple(arguments.rest), renderer)
        },
        Filter("reverse") { (value, _, renderer) throws(Fault) in
            if case .text(let text) = value { return .text(Text(text.scalars.reversed())) }
            return .native(Generator("reversed", try renderer.items(of: value).reversed()))
        },
    ]

    private static func indent(_ value: Item, _ arguments: Bound, _ renderer: Renderer) throws(Fault) -> Item {
        let text: Text
        switch value {
        case .text(let own): text = own
        case .undefined: text = try value.text()
        default:
            throw Fault(
                .type, "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'",
                hint: "make it text first: | string | indent")
        }
        let margin: Text
        switch arguments[0] {
        case .text(let given)?: margin = given
        case nil: margin = "    "
        case let width?:
            let count = max(0, try width.requireIndex())
            try renderer.checkSize(count)
            margin = Text(bytes: [UInt8](repeating: 0x20, count: count))
        }
        let lines = Text.pythonLines(text.scalars + ["\n"])
        let includesBlank = try arguments.flag(2, false)
        var size = text.bytes.count
        var out: [Text] = []
        for (index, line) in lines.enumerated() {
            let isMargined = index == 0 ? try arguments.flag(1, false) : includesBlank || !line.isEmpty
            size += isMargined ? margin.bytes.count : 0
            try renderer.checkSize(size)
            let body = Text(line)
            out.append(isMargined ? Text.joined(margin, body, isSafe: false) : body)
        }
        return .text(try Text.join(out, "\n", renderer).marked(safe: text.isSafe))
    }

    private static func truncate(_ value: Item, _ arguments: Bound) throws(Fault) -> Item {
        let length = try arguments.int(0, 255)
        let end = try arguments.text(2, "...")
        let leeway = try arguments.given(3)?.requireIndex() ?? 5
        guard length >= end.count else {
            throw Fault(.check, "expected length >= \(end.count), got \(length)")
        }
        guard leeway >= 0 else { throw Fault(.check, "expected leeway >= 0, got \(leeway)") }
        let scalars: [Unicode.Scalar]
        switch value {
        case .text(let text): scalars = text.scalars
        case .undefined: scalars = try value.text().scalars
        default: throw Fault(.type, "object of type '\(value.typeName)' has no len()")
        }
        let (limit, overflow) = length.addingReportingOverflow(leeway)
        if overflow || scalars.count <= limit { return value }
        var kept = scalars.prefix(length - end.count)
        if try !arguments.flag(1, false), let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
        return .text(Text(Array(kept) + end.scalars))
    }
}
