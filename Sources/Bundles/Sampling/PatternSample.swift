/// Makes texts that a simple pattern matches: letters, classes, groups, choices and counts.
///
/// What it makes is only proposed: whoever uses it holds it against the whole schema.
struct PatternSample {
    private var rest: Substring
    /// How often what may be repeated is repeated, as far as the pattern allows.
    private let repeats: Int
    /// Which branch of a choice is taken, from the first.
    private let branch: Int
    private var depth = 0

    /// - Returns: `nil` for patterns with what it does not know, such as look-ahead.
    static func text(_ pattern: String, repeats: Int, branch: Int) -> String? {
        var sample = PatternSample(rest: pattern[...], repeats: repeats, branch: branch)
        let text = sample.choice()
        return sample.rest.isEmpty ? text : nil
    }

    private init(rest: Substring, repeats: Int, branch: Int) {
        self.rest = rest
        self.repeats = repeats
        self.branch = branch
    }

    private mutating func choice() -> String? {
        guard depth < 32 else { return nil }
        depth += 1
        defer { depth -= 1 }
        var branches: [String] = []
        repeat {
            guard let text = sequence() else { return nil }
            branches.append(text)
        } while take("|")
        return branches[min(branch, branches.count - 1)]
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func sequence() -> String? {
        var text = ""
        while let next = rest.first, next != "|", next != ")" {
            rest.removeFirst()
            let item: String
            switch next {
            case "^", "$": continue
            case "(":
                if rest.hasPrefix("?:") { rest.removeFirst(2) }
                guard rest.first != "?", let inner = choice(), take(")") else { return nil }
                item = inner
            case "[":
                guard let scalar = set() else { return nil }
                item = scalar
            case "\\":
                guard let escaped = rest.popFirst(), let scalar = Self.escape(escaped) else { return nil }
                item = scalar
            case ".": item = "a"
            default: item = String(next)
            }
            guard let count = count() else { return nil }
            text += String(repeating: item, count: count)
            guard text.utf8.count < 4096 else { return nil }
        }
        return text
    }

    private static func escape(_ character: Character) -> String? {
        switch character {
        case "d": "1"
        case "w": "a"
        case "s": " "
        case "D", "S": "a"
        case "W": "-"
        case "b", "B": ""
        case "n", "r", "t", "u", "x", "p", "P", "k", "c", "f", "v", "0"..."9": nil
        default: String(character)
        }
    }

    /// One character of a class: a letter or digit where it has one.
    private mutating func set() -> String? {
        let isNegated = take("^")
        var members: [Character] = []
        var isFirst = true
        while let next = rest.popFirst(), next != "]" || isFirst {
            isFirst = false
            var member = next
            if next == "\\" {
                guard let escaped = rest.popFirst(), let text = Self.escape(escaped) else { return nil }
                guard let only = text.first else { continue }
                member = only
            }
            members.append(member)
            // Of a range its start is enough, unless the class is negated.
            if rest.first == "-", rest.dropFirst().first != "]" {
                rest.removeFirst()
                guard let end = rest.popFirst(), end != "\\" else { return nil }
                if isNegated, end > member { members += Self.between(member, end) }
            }
        }
        let usual: [Character] = ["a", "1", "A", "-", "_", "x", ".", "/"]
        if isNegated { return usual.first { !members.contains($0) }.map(String.init) }
        let best = members.first { $0.isLetter } ?? members.first { $0.isNumber } ?? members.first
        return best.map(String.init)
    }

    private static func between(_ first: Character, _ last: Character) -> [Character] {
        guard let low = first.asciiValue, let high = last.asciiValue, low < high else { return [] }
        return (low...high).map { Character(Unicode.Scalar($0)) }
    }

    private mutating func count() -> Int? {
        var range = (least: 1, most: 1)
        switch rest.first {
        case "*": range = (0, .max)
        case "+": range = (1, .max)
        case "?": range = (0, 1)
        case "{":
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let parts = rest[rest.index(after: rest.startIndex)..<end].split(
                separator: ",", omittingEmptySubsequences: false)
            guard let least = parts.first.flatMap({ Int($0) }), parts.count <= 2 else { return nil }
            let most = parts.count == 1 ? least : parts[1].isEmpty ? .max : Int(parts[1])
            guard let most else { return nil }
            range = (least, most)
            rest = rest[end...]
        default: return 1
        }
        rest.removeFirst()
        _ = take("?")
        guard range.least <= 1024, range.least <= range.most else { return nil }
        return max(range.least, min(range.most, repeats))
    }
}
