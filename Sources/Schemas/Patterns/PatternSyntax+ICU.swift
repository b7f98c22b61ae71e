extension PatternSyntax {
    /// The pattern in ICU's spelling, with ECMA-262's meaning.
    ///
    /// The two differ in `$` (ICU also stops before a last line feed), `.`, `\d`, `\w`, `\s`, `\b` and in classes.
    var icu: String {
        switch self {
        case .empty: "(?:)"
        case .scalars(let set): set.icu
        case .property(let name, let isNegated): "\\\(isNegated ? "P" : "p"){\(name)}"
        case .start: "\\A"
        case .end: "\\z"
        case .wordBoundary(let isNegated): Self.wordBoundary(isNegated: isNegated)
        case .sequence(let items): items.map(\.icu).joined()
        case .choice(let branches): "(?:" + branches.map(\.icu).joined(separator: "|") + ")"
        case .group(let content, let kind): kind.icu + content.icu + ")"
        case .backReference(let name): Int(name) == nil ? "\\k<\(name)>" : "(?:\\\(name))"
        case .repetition(let content, let counts): "(?:\(content.icu))\(counts.icu)"
        }
    }

    private static func wordBoundary(isNegated: Bool) -> String {
        let word = ScalarSet.wordScalars.icu
        return isNegated
            ? "(?:(?<=\(word))(?=\(word))|(?<!\(word))(?!\(word)))"
            : "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
    }
}

extension PatternSyntax.GroupKind {
    fileprivate var icu: String {
        switch self {
        case .capturing(let name): name.map { "(?<\($0)>" } ?? "("
        case .plain: "(?:"
        case .lookAhead(let isNegated): isNegated ? "(?!" : "(?="
        case .lookBehind(let isNegated): isNegated ? "(?<!" : "(?<="
        }
    }
}

extension PatternSyntax.Repetition {
    fileprivate var icu: String {
        let counts =
            switch (minimum, maximum) {
            case (0, nil): "*"
            case (1, nil): "+"
            case (0, 1): "?"
            case (_, nil): "{\(minimum),}"
            case (_, let maximum?): "{\(minimum),\(maximum)}"
            }
        return isLazy ? counts + "?" : counts
    }
}

extension ScalarSet {
    fileprivate var icu: String {
        if ranges.isEmpty { return "(?!)" }
        let parts = ranges.map { range in
            range.count == 1
                ? Self.escaped(range.lowerBound)
                : Self.escaped(range.lowerBound) + "-" + Self.escaped(range.upperBound)
        }
        return "[" + parts.joined() + "]"
    }

    private static func escaped(_ code: UInt32) -> String {
        let hexadecimal = String(code, radix: 16)
        return "\\x{\(hexadecimal)}"
    }
}
