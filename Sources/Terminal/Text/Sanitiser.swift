/// Makes outside text harmless; see `SafeText`.
///
/// Nothing is deleted in silence but what terminals disagree about: variation selectors behind a glyph, joiners and
/// skin tones of emoji (a family becomes its members), and marks beyond four on one letter.
struct Sanitiser {
    private var output = String.UnicodeScalarView()
    private var revealed: [Range<Int>] = []
    private var bytes = 0
    private var column = 0
    private var glyphs = 0
    private var base: Unicode.Scalar?
    private var marks = 0
    private var hasSelector = false

    private static let tabStop = 8
    private static let markLimit = 4

    static func clean(_ text: String, limit: Int) -> SafeText {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return SafeText(string: text, width: text.utf8.count, isASCII: true)
        }
        var sanitiser = Sanitiser()
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            guard sanitiser.glyphs < limit else {
                sanitiser.emit(Glyph.ellipsis)
                break
            }
            if scalar == "\r", scalars.first == "\n" { continue }
            sanitiser.take(scalar, before: scalars.first)
        }
        return SafeText(clean: String(sanitiser.output), revealed: sanitiser.revealed)
    }

    private mutating func take(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) {
        let value = scalar.value
        if value < 0x7F, value >= 0x20 { return emit(scalar) }
        if value < 0x20 || value == 0x7F { return takeControl(scalar) }
        if isSelector(value), base != nil, !hasSelector {
            hasSelector = true
            return
        }
        if (0x1F3FB...0x1F3FF).contains(value), base?.properties.isEmojiModifierBase == true { return }
        if value == 0x200C || value == 0x200D { return takeJoiner(scalar, before: next) }
        if Sanitiser.mustBeSeen(scalar) { return reveal(scalar) }
        if ScalarWidth.columns(scalar) == 0 { return takeMark(scalar) }
        emit(scalar)
    }

    private mutating func takeControl(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x09:
            repeat { emit(" ") } while column % Sanitiser.tabStop != 0
        case 0x0A:
            emit(Glyph.lineEnd)
        case 0x7F:
            emit("\u{2421}")
        case let value:
            emit(Unicode.Scalar(0x2400 + value) ?? "?")
        }
    }

    private mutating func takeMark(_ mark: Unicode.Scalar) {
        if base == nil { emit(Glyph.dottedCircle) }
        guard marks < Sanitiser.markLimit else { return }
        marks += 1
        append(mark)
    }

    private mutating func takeJoiner(_ joiner: Unicode.Scalar, before next: Unicode.Scalar?) {
        guard let base, let next else { return reveal(joiner) }
        if joiner.value == 0x200D, Sanitiser.isEmoji(base), Sanitiser.isEmoji(next) { return }
        if Sanitiser.joins(base), Sanitiser.joins(next) { return takeMark(joiner) }
        reveal(joiner)
    }

    private mutating func emit(_ scalar: Unicode.Scalar) {
        append(scalar)
        base = scalar
        marks = 0
        hasSelector = false
        glyphs += 1
        column += ScalarWidth.columns(scalar)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        bytes += UTF8.width(scalar)
    }

    private mutating func reveal(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let start = bytes
        let marker = "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
        marker.unicodeScalars.forEach { emit($0) }
        revealed.append(start..<bytes)
    }

    private func isSelector(_ value: UInt32) -> Bool {
        (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
    }

    /// Characters that would act on the text, or hide in it, and have no glyph of their own.
    private static func mustBeSeen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0xA0 { return true }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return true }
        switch properties.generalCategory {
        case .format: return !isVisibleSign(scalar.value)
        case .lineSeparator, .paragraphSeparator, .unassigned, .surrogate, .control: return true
        default: return false
        }
    }

    /// Number signs of Arabic, Syriac and Kaithi: format characters by class, but with a glyph.
    private static func isVisibleSign(_ value: UInt32) -> Bool {
        (0x600...0x605).contains(value) || (0x890...0x891).contains(value)
            || [0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD].contains(value)
    }

    private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x2000 && scalar.properties.isEmoji
    }

    /// Letters of scripts in which a joiner changes the shape: Arabic to Sinhala, Tibetan, Myanmar, Khmer, Mongolian.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x600...0xDFF, 0xF00...0x109F, 0x1780...0x18AF: true
        default: false
        }
    }
}
