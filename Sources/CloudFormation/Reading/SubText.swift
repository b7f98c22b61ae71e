/// The text of `Fn::Sub` taken apart.
enum SubText {
    /// The pieces of `text`: `${!Literal}` stands for `${Literal}`, and an opening without its end is text.
    static func parts(of text: String) -> [SubPart] {
        var parts: [SubPart] = []
        var plain = ""
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: "$") {
            let next = rest.index(after: start)
            guard next < rest.endIndex, rest[next] == "{", let end = rest[next...].firstIndex(of: "}") else {
                let stop = next < rest.endIndex && rest[next] == "{" ? rest.endIndex : next
                plain.unicodeScalars += rest[..<stop]
                rest = rest[stop...]
                continue
            }
            plain.unicodeScalars += rest[..<start]
            let name = String(rest[rest.index(after: next)..<end])
            if name.hasPrefix("!") {
                plain += "${\(name.dropFirst())}"
            } else {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(.variable(name))
            }
            rest = rest[rest.index(after: end)...]
        }
        plain.unicodeScalars += rest
        if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
        return parts
    }

    /// The service takes letters, digits, underscores, dots and colons.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x2E, 0x3A, 0x5F].contains(byte)
            }
    }
}
