/// A number as its document spells it: integers of any size and decimals keep every digit.
///
/// Two numbers are equal when their values are, whatever their spelling: `1`, `1.0` and `10e-1` are one number.
package struct Number: Sendable {
    private enum Storage: Sendable {
        case int(Int)
        /// A JSON spelling that no `Int` holds: with a point, with an exponent, or too big.
        case text(String)
    }

    private var storage: Storage

    package init(_ int: Int) {
        storage = .int(int)
    }

    /// The number that `text` spells in JSON's grammar; `nil` when it spells none.
    package init?(json text: String) {
        guard DecimalDigits(json: text.utf8) != nil else { return nil }
        // "-0" stays text: an Int would lose the sign that the document has.
        if text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }), text != "-0", let int = Int(text) {
            storage = .int(int)
        } else {
            storage = .text(text)
        }
    }

    /// The shortest decimal spelling of a finite `double`; `nil` for infinities and not-a-number.
    package init?(_ double: Double) {
        guard double.isFinite else { return nil }
        let text = "\(double)"
        self.init(json: text)
    }

    /// The JSON spelling, as the document had it.
    package var text: String {
        switch storage {
        case .int(let int): String(int)
        case .text(let text): text
        }
    }

    /// Whether it is written as an integer, without point or exponent: `5`, not `5.0`.
    package var isWrittenAsInteger: Bool {
        switch storage {
        case .int: true
        case .text(let text): text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) }
        }
    }

    /// The value where it is a whole number that an `Int` holds: `5` and `5.0` give 5.
    package var int: Int? {
        switch storage {
        case .int(let int): int
        case .text(let text): DecimalDigits(json: text.utf8)?.int
        }
    }

    /// The value of a number that is written as an integer and that an `Int` holds, without a look at any text.
    package var storedInt: Int? {
        if case .int(let int) = storage { int } else { nil }
    }

    /// The nearest binary value; infinite where the number is out of range.
    package var double: Double {
        switch storage {
        case .int(let int): Double(int)
        case .text(let text): Double(text) ?? (text.hasPrefix("-") ? -.infinity : .infinity)
        }
    }

    /// The digits and the exponent, for exact arithmetic.
    package var digits: DecimalDigits {
        switch storage {
        case .int(let int): DecimalDigits(int)
        case .text(let text): DecimalDigits(json: text.utf8) ?? DecimalDigits(0)
        }
    }
}

extension Number: Hashable, Comparable {
    package static func == (left: Number, right: Number) -> Bool {
        if case .int(let a) = left.storage, case .int(let b) = right.storage { return a == b }
        return left.digits == right.digits
    }

    package static func < (left: Number, right: Number) -> Bool {
        if case .int(let a) = left.storage, case .int(let b) = right.storage { return a < b }
        return left.digits < right.digits
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(digits)
    }
}
