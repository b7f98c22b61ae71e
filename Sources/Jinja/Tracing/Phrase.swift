/// An expression as its instructions spell it: what made one value on the stack.
struct Phrase {
    /// As a person would write it; `nil` where that can't be told or is long.
    let text: String?
    /// The instructions, the last of which pushed the value.
    let range: ClosedRange<Int>
    /// Whether it is written out in the template.
    var isConstant = false

    private static let longest = 80
    private static let deepest = 24

    /// The text without brackets around all of it.
    func title(in unit: Unit) -> String? {
        switch unit.code[range.upperBound].operation {
        case .binary, .concatenate: text.map { String($0.dropFirst().dropLast()) }
        default: text
        }
    }

    init(_ text: String?, _ range: ClosedRange<Int>, isConstant: Bool = false) {
        self.text = text.flatMap { $0.unicodeScalars.count > Phrase.longest ? nil : $0 }
        self.range = range
        self.isConstant = isConstant
    }

    /// The phrase whose last instruction is at `end`; `nil` where it is none, such as the body of a call block.
    static func ending(at end: Int, in unit: Unit, depth: Int = 0) -> Phrase? {
        guard depth < deepest, end >= 0 else { return nil }
        if let choice = choice(endingAt: end, in: unit, depth) { return choice }
        let instruction = unit.code[end]
        guard let count = unit.operandCount(of: instruction) else { return nil }
        var parts: [Phrase] = []
        var next = end - 1
        for _ in 0..<count {
            guard let part = ending(at: next, in: unit, depth: depth + 1) else { return nil }
            parts.insert(part, at: 0)
            next = part.range.lowerBound - 1
        }
        return Phrase(
            unit.spelling(of: instruction, parts.map(\.text)), (next + 1)...end,
            isConstant: instruction.operation == .constant)
    }

    /// The phrases of the last `count` values that were pushed before `end`.
    static func all(_ count: Int, before end: Int, in unit: Unit) -> [Phrase?] {
        var phrases: [Phrase?] = []
        var next = end - 1
        while phrases.count < count, let phrase = ending(at: next, in: unit) {
            phrases.append(phrase)
            next = phrase.range.lowerBound - 1
        }
        return Array(repeating: nil, count: count - phrases.count) + phrases.reversed()
    }

    /// `a and b`, `a if b else c` and the like: a jump leads behind the last instruction.
    private static func choice(endingAt end: Int, in unit: Unit, _ depth: Int) -> Phrase? {
        let statement = unit.places[end].statement
        var first: Int?
        var index = end - 1
        while index >= 0, unit.places[index].statement == statement {
            let instruction = unit.code[index]
            switch instruction.operation {
            case .jump, .jumpUnlessKeeping, .jumpIfKeeping: if instruction.a == end + 1 { first = index }
            case .compareChain: if instruction.b == end + 1 { first = index }
            default: break
            }
            index -= 1
        }
        guard let first else { return nil }
        switch unit.code[first].operation {
        case .jump:
            // Over the other branch, which the test leads to.
            var test = first - 1
            while test >= 0, unit.code[test].operation != .jumpUnless || unit.code[test].a != first + 1 { test -= 1 }
            return ending(at: test - 1, in: unit, depth: depth + 1).map { Phrase(nil, $0.range.lowerBound...end) }
        case .compareChain:
            let right = ending(at: first - 1, in: unit, depth: depth + 1)
            let left = right.flatMap { ending(at: $0.range.lowerBound - 1, in: unit, depth: depth + 1) }
            return left.map { Phrase(nil, $0.range.lowerBound...end) }
        default:
            return ending(at: first - 1, in: unit, depth: depth + 1).map { Phrase(nil, $0.range.lowerBound...end) }
        }
    }
}

extension Unit {
    /// How many values an instruction takes to push one; `nil` for what does otherwise.
    fileprivate func operandCount(of instruction: Instruction) -> Int? {
        let (a, b) = (Int(instruction.a), Int(instruction.b))
        switch instruction.operation {
        case .constant, .load, .loadSoft, .path, .pathSoft, .loopField: return 0
        case .attribute, .negate, .plus, .not, .isDefined: return 1
        case .item, .binary, .compare, .filterDefault: return 2
        case .slice: return 4
        case .list, .tuple, .concatenate: return a
        case .map: return 2 * a
        case .filter, .test, .callMethod: return b + 1
        case .filterShaped, .testShaped: return shapes[b].count + 1
        case .call: return shapes[a].count + 1
        default: return nil
        }
    }

    /// Where a failing instruction left its values: how far below the top, and how many.
    func operands(of instruction: Instruction) -> (below: Int, count: Int) {
        switch instruction.operation {
        case .emit, .emitFiltered, .jumpUnless, .store, .unpack, .storeMember, .loopSelect, .extends, .include,
            .importModule:
            (0, 1)
        case .loopStart: (0, instruction.c == 0 ? 1 : 0)
        case .jumpUnlessKeeping, .jumpIfKeeping, .pushEscapes: (1, 1)
        case .map, .concatenate: (0, operandCount(of: instruction) ?? 0)
        case .compareChain: (1, 2)
        default: operandCount(of: instruction).map { $0 == 0 ? (0, 0) : (1, $0) } ?? (0, 0)
        }
    }

    private func spelling(of name: Int32) -> String { names[Int(name)].text.string }

    fileprivate func spelling(of instruction: Instruction, _ parts: [String?]) -> String? {
        if instruction.operation == .constant {
            let item = constants[Int(instruction.a)]
            return item.isUndefined ? "" : (try? item.repr())?.string
        }
        let known = parts.compactMap(\.self)
        guard known.count == parts.count else { return nil }
        let (a, b) = (Int(instruction.a), Int(instruction.b))
        let rest = known.dropFirst().filter { !$0.isEmpty }.joined(separator: ", ")
        let list = rest.isEmpty ? "" : "(\(rest))"
        switch instruction.operation {
        case .load, .loadSoft: return spelling(of: instruction.b)
        case .path, .pathSoft: return spelling(of: paths[b], upTo: paths[b].count)
        case .loopField: return LoopField(rawValue: instruction.b).map { "loop.\($0)" }
        case .attribute: return "\(known[0]).\(spelling(of: instruction.a))"
        case .item: return "\(known[0])[\(known[1])]"
        case .negate: return "-\(known[0])"
        case .binary: return "(\(known[0]) \(Operators.Binary.all[a].rawValue) \(known[1]))"
        case .concatenate: return "(\(known.joined(separator: " ~ ")))"
        case .filter: return "\(known[0])|\(filters[a].signature.name)\(list)"
        case .filterShaped where shapes[b].named.isEmpty: return "\(known[0])|\(filters[a].signature.name)\(list)"
        case .filterDefault: return "\(known[0])|default\(list)"
        case .callMethod: return "\(known[0]).\(spelling(of: instruction.a))(\(rest))"
        case .call where shapes[a].named.isEmpty: return "\(known[0])(\(rest))"
        default: return nil
        }
    }

    func spelling(of path: Path, upTo count: Int) -> String {
        (0..<count).reduce(path.root.text.string) { "\($0).\(path.steps[$1].name.text.string)" }
    }
}
