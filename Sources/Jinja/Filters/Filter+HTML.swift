extension Filter {
    static let html: [Filter] = [
        Filter("escape") { (value, _, _) throws(Fault) in .text(try value.text().escaped) },
        Filter("forceescape") { (value, _, _) throws(Fault) in
            .text(try value.text().marked(safe: false).escaped)
        },
        Filter("safe") { (value, _, _) throws(Fault) in .text(try value.text().marked(safe: true)) },
        Filter("striptags") { (value, _, _) throws(Fault) in .text(Text(HTML.stripped(try value.text().string))) },
        Filter("urlencode") { (value, _, renderer) throws(Fault) in try urlEncode(value, renderer) },
        Filter("xmlattr", "autospace?") { (value, arguments, renderer) throws(Fault) in
            guard case .map(let map) = value else {
                throw Fault(.type, "xmlattr must be given a mapping, but is given \(value.typeName)")
            }
            var parts: [String] = []
            for (key, value) in zip(map.keys, map.values) {
                if case .none = value { continue }
                if value.isUndefined { continue }
                let name = try key.text()
                if name.scalars.contains(where: { $0.isPythonSpace || $0 == "/" || $0 == ">" || $0 == "=" }) {
                    throw Fault(.value, "Invalid character in attribute name: \(try key.repr().string)")
                }
                parts.append("\(name.escaped.string)=\"\(try value.text().escaped.string)\"")
            }
            let joined = parts.joined(separator: " ")
            let hasSpace = try arguments.flag(0, true) && !joined.isEmpty
            return .text(Text((hasSpace ? " " : "") + joined, isSafe: renderer.escapes))
        },
        Filter("urlize", "trim_url_limit? nofollow? target? rel? extra_schemes?") {
            (value, arguments, renderer) throws(Fault) in
            var words = Set(try arguments.given(3)?.text().string.split(separator: " ").map(String.init) ?? [])
            if try arguments.flag(1, false) { words.insert("nofollow") }
            words.insert("noopener")
            let links = Links(
                limit: try arguments.given(0)?.requireIndex(),
                attributes: " rel=\"\(Text(words.sorted().joined(separator: " ")).escaped.string)\""
                    + (try arguments.given(2)?.text()).map { " target=\"\($0.escaped.string)\"" }.orEmpty)
            return .text(Text(links.linked(try value.text().escaped.string), isSafe: renderer.escapes))
        },
    ]

    private static func urlEncode(_ value: Item, _ renderer: Renderer) throws(Fault) -> Item {
        let pairs: [Item]
        switch value {
        case .map(let map): pairs = zip(map.keys, map.values).map { .tuple([$0, $1]) }
        case .list, .tuple, .native: pairs = try renderer.items(of: value)
        default: return .text(HTML.quoted(try value.text(), keeps: "/"))
        }
        var parts: [String] = []
        for pair in pairs {
            let both = try renderer.unpack(pair, count: 2)
            let key = HTML.quoted(try both[0].text(), isForm: true)
            parts.append("\(key)=\(HTML.quoted(try both[1].text(), isForm: true))")
        }
        return .text(parts.joined(separator: "&"))
    }
}

extension String? {
    fileprivate var orEmpty: String { self ?? "" }
}

enum HTML {
    /// Percent escapes for all but letters, digits, `_.-~` and `keeps`; in forms a space is a plus.
    static func quoted(_ text: Text, keeps: String = "", isForm: Bool = false) -> String {
        let plain = Set("_.-~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8).union(keeps.utf8)
        var out: [UInt8] = []
        for byte in text.bytes {
            if plain.contains(byte) {
                out.append(byte)
            } else if isForm, byte == 0x20 {
                out.append(UInt8(ascii: "+"))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += Array(("%" + (byte < 16 ? "0" : "") + digits).utf8)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Without comments and tags, white space in one, entities as what they stand for.
    static func stripped(_ text: String) -> String {
        let bytes = Text(remove(from: Text(remove(from: Text(text), "<!--", "-->")), "<", ">"))
        let words = bytes.string.unicodeScalars.split { $0.isPythonSpace }.map { String($0) }
        return unescaped(words.joined(separator: " "))
    }

    private static func remove(from text: Text, _ open: Text, _ close: Text) -> String {
        var out: [UInt8] = []
        var position = 0
        while let start = text.firstOffset(of: open, from: position),
            let end = text.firstOffset(of: close, from: start)
        {
            out += text.bytes[position..<start]
            position = end + close.bytes.count
        }
        out += text.bytes[position...]
        return String(decoding: out, as: UTF8.self)
    }

    private static let entities: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "\u{A9}",
        "reg": "\u{AE}", "raquo": "\u{BB}", "laquo": "\u{AB}", "mdash": "\u{2014}", "ndash": "\u{2013}",
        "hellip": "\u{2026}", "bull": "\u{2022}", "euro": "\u{20AC}", "middot": "\u{B7}", "times": "\u{D7}",
    ]

    static func unescaped(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            out += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";"), let plain = entity(rest[rest.index(after: mark)..<end])
            else {
                out += "&"
                rest = rest.dropFirst()
                continue
            }
            out += plain
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    private static func entity(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return entities[String(name)] }
        let digits = name.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        return UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10).flatMap { Unicode.Scalar($0) }.map {
            String($0)
        }
    }
}

/// Addresses in text as links.
struct Links {
    let limit: Int?
    let attributes: String

    func linked(_ text: String) -> String {
        var out = ""
        var word = ""
        for scalar in text.unicodeScalars {
            if scalar.isPythonSpace {
                out += link(word)
                word = ""
                out.unicodeScalars.append(scalar)
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return out + link(word)
    }

    private func link(_ word: String) -> String {
        var middle = word[...]
        var head = ""
        while let mark = ["(", "<", "&lt;"].first(where: { middle.hasPrefix($0) }) {
            head += mark
            middle = middle.dropFirst(mark.count)
        }
        var tail = ""
        while let mark = ["&gt;", ")", ">", ".", ","].first(where: { middle.hasSuffix($0) }) {
            tail = mark + tail
            middle = middle.dropLast(mark.count)
        }
        for (open, close) in [("(", ")"), ("&lt;", "&gt;")] {
            var missing = middle.ranges(of: open).count - middle.ranges(of: close).count
            while missing > 0, let end = tail.firstRange(of: close) {
                middle += tail[..<end.upperBound]
                tail = String(tail[end.upperBound...])
                missing -= 1
            }
        }
        return head + address(String(middle)) + tail
    }

    private func address(_ text: String) -> String {
        if text.hasPrefix("http://") || text.hasPrefix("https://") || text.hasPrefix("www.") {
            let name = text.drop { $0 != "/" || text.hasPrefix("www.") }.drop { $0 == "/" }
            guard text.hasPrefix("www.") || !name.isEmpty else { return text }
            let target = text.hasPrefix("www.") ? "https://" + text : text
            let shown = limit.map { text.count > $0 ? text.prefix(max(0, $0)) + "..." : text[...] } ?? text[...]
            return "<a href=\"\(target)\"\(attributes)>\(shown)</a>"
        }
        let mail = text.hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
        guard isMail(mail), text != mail || !mail.contains(":") else { return text }
        return "<a href=\"mailto:\(mail)\">\(mail)</a>"
    }

    private func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let dot = parts[1].lastIndex(of: "."), dot > parts[1].startIndex
        else { return false }
        return parts[1].index(after: dot) < parts[1].endIndex
    }
}
