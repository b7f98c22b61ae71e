import Foundation

/// Python's arithmetic: whole numbers grow instead of overflowing, division floors.
enum Operators {
    enum Binary: String, BitwiseCopyable, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case floorDivide = "//"
        case modulo = "%"
        case power = "**"
    }

    static func apply(_ operation: Binary, _ left: Item, _ right: Item, _ renderer: Renderer) throws(Fault) -> Item {
        if case .undefined(let undefined) = left { throw undefined.fault }
        if case .text(let format) = left, operation == .modulo {
            return try PercentFormat.apply(format, right, renderer)
        }
        if case .undefined(let undefined) = right { throw undefined.fault }
        if let a = left.wholeNumber, let b = right.wholeNumber { return try whole(operation, a, b, renderer) }
        if let a = left.double, let b = right.double { return try floating(operation, a, b) }
        switch operation {
        case .add: if let sum = try concatenate(left, right) { return sum }
        case .multiply: if let product = try renderer.repeated(left, right) { return product }
        case .subtract, .divide, .floorDivide, .modulo, .power: break
        }
        let name = operation == .power ? "** or pow()" : operation.rawValue
        throw Fault(
            .type, "unsupported operand type(s) for \(name): '\(left.typeName)' and '\(right.typeName)'",
            hint: operation == .add && (left.isText || right.isText) ? "join text and other values with ~" : nil)
    }

    /// Sums, differences and products that an `Int` holds; the operator by its number.
    @inline(__always)
    static func quick(_ operation: Int32, _ a: Int, _ b: Int) -> Int? {
        let (result, overflow) =
            switch operation {
            case 0: a.addingReportingOverflow(b)
            case 1: a.subtractingReportingOverflow(b)
            case 2: a.multipliedReportingOverflow(by: b)
            default: (partialValue: 0, overflow: true)
            }
        return overflow ? nil : result
    }

    private static func whole(
        _ operation: Binary, _ a: Item, _ b: Item, _ renderer: Renderer
    ) throws(Fault) -> Item {
        if case .int(let a) = a, case .int(let b) = b {
            switch operation {
            case .add:
                let (sum, overflow) = a.addingReportingOverflow(b)
                if !overflow { return .int(sum) }
            case .subtract:
                let (difference, overflow) = a.subtractingReportingOverflow(b)
                if !overflow { return .int(difference) }
            case .multiply:
                let (product, overflow) = a.multipliedReportingOverflow(by: b)
                if !overflow { return .int(product) }
            case .divide:
                guard b != 0 else { throw Fault(.zeroDivision, "division by zero") }
                return .float(Double(a) / Double(b))
            case .floorDivide, .modulo:
                guard b != 0 else { throw zero(operation, isWhole: true) }
                if b == -1 { break }
                let rest = a % b
                let isOff = rest != 0 && (rest < 0) != (b < 0)
                return .int(operation == .modulo ? (isOff ? rest + b : rest) : (isOff ? a / b - 1 : a / b))
            case .power: break
            }
        }
        let (a, b) = (a.bigInt, b.bigInt)
        if operation != .add, operation != .subtract { try renderer.spend(a.digits.count * b.digits.count) }
        return try big(operation, a, b)
    }

    private static func big(_ operation: Binary, _ a: BigInt, _ b: BigInt) throws(Fault) -> Item {
        switch operation {
        case .add: return try sized(a + b)
        case .subtract: return try sized(a - b)
        case .multiply: return try sized(a * b)
        case .divide:
            guard !b.isZero else { throw Fault(.zeroDivision, "division by zero") }
            return .float(a.double / b.double)
        case .floorDivide, .modulo:
            guard !b.isZero else { throw zero(operation, isWhole: true) }
            let (quotient, remainder) = a.floorDivided(by: b)
            return .integer(operation == .modulo ? remainder : quotient)
        case .power: return try power(a, b)
        }
    }

    private static func sized(_ big: BigInt) throws(Fault) -> Item {
        if big.isTooBig { throw Fault(.limit, "a whole number must stay below 10,000 digits") }
        return .integer(big)
    }

    private static func power(_ base: BigInt, _ exponent: BigInt) throws(Fault) -> Item {
        if exponent.isNegative {
            guard !base.isZero else { throw Fault(.zeroDivision, "0.0 cannot be raised to a negative power") }
            return .float(pow(base.double, exponent.double))
        }
        guard base.bitCount > 1 else {
            let isOdd = (exponent.digits.first ?? 0) & 1 == 1
            if exponent.isZero { return .int(1) }
            return .integer(base.isNegative && !isOdd ? base.negated : base)
        }
        guard let count = exponent.int, count <= BigInt.limit * 32 / (base.bitCount - 1) else {
            throw Fault(.limit, "a whole number must stay below 10,000 digits")
        }
        var result = BigInt(1)
        var square = base
        var rest = count
        while rest > 0 {
            if rest & 1 == 1 { result = result * square }
            rest >>= 1
            if rest > 0 { square = square * square }
            if result.isTooBig { break }
        }
        return try sized(result)
    }

    private static func floating(_ operation: Binary, _ a: Double, _ b: Double) throws(Fault) -> Item {
        switch operation {
        case .add: return .float(a + b)
        case .subtract: return .float(a - b)
        case .multiply: return .float(a * b)
        case .divide:
            guard b != 0 else { throw Fault(.zeroDivision, "float division by zero") }
            return .float(a / b)
        case .floorDivide, .modulo:
            guard b != 0 else { throw zero(operation, isWhole: false) }
            var rest = fmod(a, b)
            var quotient = (a - rest) / b
            if rest != 0 {
                if (b < 0) != (rest < 0) {
                    rest += b
                    quotient -= 1
                }
            } else {
                rest = b < 0 ? -0.0 : 0
            }
            if operation == .modulo { return .float(rest) }
            let floor = quotient.rounded(.down)
            return .float(quotient - floor > 0.5 ? floor + 1 : floor)
        case .power:
            if a == 0, b < 0 { throw Fault(.zeroDivision, "0.0 cannot be raised to a negative power") }
            if a < 0, b != b.rounded() { throw Fault(.value, "a negative number must have a whole power") }
            let result = pow(a, b)
            if result.isInfinite, a.isFinite, b.isFinite { throw Fault(.overflow, "the power is too large") }
            return .float(result)
        }
    }

    private static func zero(_ operation: Binary, isWhole: Bool) -> Fault {
        if operation == .modulo {
            return Fault(.zeroDivision, isWhole ? "integer modulo by zero" : "float modulo by zero")
        }
        return Fault(.zeroDivision, isWhole ? "integer division or modulo by zero" : "float floor division by zero")
    }

    private static func concatenate(_ left: Item, _ right: Item) throws(Fault) -> Item? {
        switch (left, right) {
        case (.text(let a), .text(let b)): return .text(join(a, b))
        case (.list(let a), .list(let b)): return .list(a.items + b.items)
        case (.tuple(let a), .tuple(let b)): return .tuple(a.items + b.items)
        case (.text, _), (.list, _), (.tuple, _):
            let name = left.isText ? "str" : left.typeName
            throw Fault(
                .type, "can only concatenate \(name) (not \"\(right.typeName)\") to \(name)",
                hint: left.isText ? "join text and other values with ~" : nil)
        default: return nil
        }
    }

    /// Two texts in one; where one is safe, the other is escaped.
    static func join(_ a: Text, _ b: Text) -> Text {
        guard a.isSafe || b.isSafe else { return Text.joined(a, b, isSafe: false) }
        return Text.joined(a.escaped, b.escaped, isSafe: true)
    }

    static func negate(_ item: Item) throws(Fault) -> Item {
        switch item {
        case .undefined(let undefined): throw undefined.fault
        case .float(let double): return .float(-double)
        default:
            guard let whole = item.wholeNumber else {
                throw Fault(.type, "bad operand type for unary -: '\(item.typeName)'")
            }
            if case .int(let int) = whole, int != .min { return .int(-int) }
            return .integer(whole.bigInt.negated)
        }
    }

    static func plus(_ item: Item) throws(Fault) -> Item {
        if case .undefined(let undefined) = item { throw undefined.fault }
        if case .float = item { return item }
        guard let whole = item.wholeNumber else {
            throw Fault(.type, "bad operand type for unary +: '\(item.typeName)'")
        }
        return whole
    }
}

extension Item {
    var isText: Bool { if case .text = self { true } else { false } }
    var isMissing: Bool { if case .missing = self { true } else { false } }
    var isUndefined: Bool {
        switch self {
        case .undefined, .missing: true
        default: false
        }
    }

    /// A whole number, booleans included, as `.int` or `.big`.
    var wholeNumber: Item? {
        switch self {
        case .int, .big: self
        case .bool(let flag): .int(flag ? 1 : 0)
        default: nil
        }
    }

    var bigInt: BigInt {
        switch self {
        case .big(let big): big.value
        case .int(let int): BigInt(int)
        case .bool(let flag): BigInt(flag ? 1 : 0)
        default: BigInt(0)
        }
    }

    /// Any number as a binary one.
    var double: Double? {
        switch self {
        case .float(let double): double
        case .int(let int): Double(int)
        case .bool(let flag): flag ? 1 : 0
        case .big(let big): big.value.double
        default: nil
        }
    }

    /// What may index or count; `nil` for what Python would not take as an integer.
    var index: Int? {
        switch self {
        case .int(let int): int
        case .bool(let flag): flag ? 1 : 0
        case .big(let big): big.value.isNegative ? .min : .max
        default: nil
        }
    }

    func requireIndex() throws(Fault) -> Int {
        if case .undefined(let undefined) = self { throw undefined.fault }
        guard let index else {
            throw Fault(.type, "'\(typeName)' object cannot be interpreted as an integer")
        }
        return index
    }
}
