/// Text that can be shown: what came from outside is harmless in it, and its width is known.
///
/// This type is the one choke point between outside text and the screen; only it can be drawn. Control characters
/// become pictures, what is invisible or changes the direction is revealed as `<U+202E>`, line ends become a sign.
/// A literal, interpolated values included, goes the same way.
package struct SafeText: Hashable, Sendable {
    package let string: String
    /// Columns.
    package let width: Int
    let isASCII: Bool
    /// Where markers of revealed characters stand, in UTF-8 offsets; they are drawn as warnings.
    let revealed: [Range<Int>]

    /// No text has more glyphs than this; the rest is cut off behind an ellipsis.
    package static let glyphLimit = 4096

    package init(untrusted text: String, limit: Int = SafeText.glyphLimit) {
        self = Sanitiser.clean(text, limit: limit)
    }

    /// Bytes that are not UTF-8 become replacement characters.
    package init(untrusted bytes: some Collection<UInt8>) {
        self.init(untrusted: String(decoding: bytes, as: UTF8.self))
    }

    /// Splits at line ends; what is past `limit` lines is left out.
    package static func lines(untrusted text: String, limit: Int = 100_000) -> [SafeText] {
        text.utf8.split(separator: 0x0A, maxSplits: limit, omittingEmptySubsequences: false).prefix(limit).map { line in
            SafeText(untrusted: String(Substring(line.last == 0x0D ? line.dropLast() : line)))
        }
    }

    init(string: String, width: Int, isASCII: Bool, revealed: [Range<Int>] = []) {
        self.string = string
        self.width = width
        self.isASCII = isASCII
        self.revealed = revealed
    }

    /// For text that was cut out of safe text, or is made of digits and words of ours.
    init(clean string: String, revealed: [Range<Int>] = []) {
        let isASCII = string.utf8.allSatisfy { $0 < 0x80 }
        let width =
            isASCII ? string.utf8.count : string.unicodeScalars.reduce(0) { $0 + ScalarWidth.columns($1) }
        self.init(string: string, width: width, isASCII: isASCII, revealed: revealed)
    }

    package var isEmpty: Bool { string.isEmpty }

    package static let empty = SafeText(clean: "")
}

extension SafeText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral value: String) {
        self.init(untrusted: value)
    }

    package init(stringInterpolation: DefaultStringInterpolation) {
        self.init(untrusted: String(stringInterpolation: stringInterpolation))
    }

    package var description: String { string }

    package static func + (left: SafeText, right: SafeText) -> SafeText {
        let offset = left.string.utf8.count
        let shifted = right.revealed.map { $0.lowerBound + offset..<$0.upperBound + offset }
        return SafeText(clean: left.string + right.string, revealed: left.revealed + shifted)
    }
}

extension SafeText {
    /// One glyph: a scalar that takes columns, and the marks that stand on it.
    struct Piece {
        let scalars: Substring.UnicodeScalarView
        let columns: Int
        let isRevealed: Bool
    }

    var glyphs: Pieces { Pieces(text: self) }

    struct Pieces: Sequence, IteratorProtocol {
        private let scalars: String.UnicodeScalarView
        private var index: String.UnicodeScalarView.Index
        private var offset = 0
        private var marks: ArraySlice<Range<Int>>

        init(text: SafeText) {
            scalars = text.string.unicodeScalars
            index = scalars.startIndex
            marks = text.revealed[...]
        }

        mutating func next() -> Piece? {
            guard index < scalars.endIndex else { return nil }
            let start = index
            let columns = ScalarWidth.columns(scalars[start])
            repeat {
                offset += UTF8.width(scalars[index])
                scalars.formIndex(after: &index)
            } while index < scalars.endIndex && ScalarWidth.columns(scalars[index]) == 0
            while let first = marks.first, first.upperBound < offset { marks.removeFirst() }
            let isRevealed = marks.first.map { $0.lowerBound < offset && offset <= $0.upperBound } ?? false
            return Piece(scalars: scalars[start..<index], columns: Swift.max(1, columns), isRevealed: isRevealed)
        }
    }
}

extension SafeText {
    /// Where text that is too wide loses its surplus.
    package enum Elision: Hashable, Sendable {
        case end
        /// For names, whose ends tell them apart.
        case middle
    }

    package func truncated(to columns: Int, _ elision: Elision = .end) -> SafeText {
        guard width > columns else { return self }
        guard columns > 0 else { return .empty }
        let ellipsis = SafeText(clean: String(Character(Glyph.ellipsis)))
        switch elision {
        case .end:
            return prefix(columns: columns - 1) + ellipsis
        case .middle:
            let tail = (columns - 1) / 2
            return prefix(columns: columns - 1 - tail) + ellipsis + suffix(columns: tail)
        }
    }

    /// The longest start that fits; letters and their marks stay together.
    package func prefix(columns: Int) -> SafeText {
        guard width > columns else { return self }
        var used = 0
        var end = string.startIndex
        for character in string {
            let own = SafeText.columns(of: character)
            guard used + own <= columns else { break }
            used += own
            string.formIndex(after: &end)
        }
        return slice(string.startIndex..<end)
    }

    package func suffix(columns: Int) -> SafeText {
        guard width > columns else { return self }
        var used = 0
        var start = string.endIndex
        for character in string.reversed() {
            let own = SafeText.columns(of: character)
            guard used + own <= columns else { break }
            used += own
            string.formIndex(before: &start)
        }
        return slice(start..<string.endIndex)
    }

    func slice(_ range: Range<String.Index>) -> SafeText {
        let low = string.utf8.distance(from: string.startIndex, to: range.lowerBound)
        let high = string.utf8.distance(from: string.startIndex, to: range.upperBound)
        let marks = revealed.compactMap { mark -> Range<Int>? in
            let cut = mark.clamped(to: low..<high)
            return cut.isEmpty ? nil : cut.lowerBound - low..<cut.upperBound - low
        }
        return SafeText(clean: String(string[range]), revealed: marks)
    }

    static func columns(of character: Character) -> Int {
        character.unicodeScalars.reduce(0) { $0 + ScalarWidth.columns($1) }
    }
}
