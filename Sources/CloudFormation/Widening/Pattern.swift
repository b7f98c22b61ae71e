internal import Documents

/// What one entry of a policy's Action, Resource or Principal stands for.
enum Pattern: Hashable, Sendable {
    /// Text with `*` and `?`.
    case text(String)
    /// Everything but these, as `NotAction` and its like say.
    case allBut([String])

    static let anything = Pattern.text("*")

    /// Whether everything that `other` stands for is in this one. `false` where that cannot be seen.
    func covers(_ other: Pattern, ignoringCase: Bool = false) -> Bool {
        func covers(_ own: String, _ other: String) -> Bool {
            ignoringCase ? Self.covers(own.lowercased(), other.lowercased()) : Self.covers(own, other)
        }
        return Self.covers(self, other, covers)
    }

    private static func covers(_ own: Pattern, _ other: Pattern, _ covers: (String, String) -> Bool) -> Bool {
        switch (own, other) {
        case (.text(let own), .text(let other)): covers(own, other)
        case (.text(let own), .allBut): own.allSatisfy { $0 == "*" } && !own.isEmpty
        case (.allBut(let own), .text(let other)):
            !other.contains("*") && !other.contains("?") && !own.contains { covers($0, other) }
        case (.allBut(let own), .allBut(let other)): own.allSatisfy { left in other.contains { covers($0, left) } }
        }
    }

    /// Whether `*` and `?` of `own` make it `other`, whose own stars only a star takes.
    private static func covers(_ own: String, _ other: String) -> Bool {
        let pattern = Array(own.utf8)
        let text = Array(other.utf8)
        let (star, mark) = (UInt8(ascii: "*"), UInt8(ascii: "?"))
        var (p, t) = (0, 0)
        // Where to go on when what came after the last star did not fit.
        var retry: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == star {
                retry = (p + 1, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || (pattern[p] == mark && text[t] != star) {
                p += 1
                t += 1
            } else if let last = retry {
                p = last.pattern
                t = last.text + 1
                retry = (last.pattern, t)
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == star { p += 1 }
        return p == pattern.count
    }

    var words: String {
        switch self {
        case .text(let text): text
        case .allBut(let texts): "everything but \(texts.few)"
        }
    }
}
