/// A pattern as a table of states: one step for each scalar of a text, whatever the pattern looks like.
///
/// Patterns with look-around, back references, word boundaries or Unicode properties have none, and neither have those
/// whose table would be too big.
struct PatternAutomaton: Sendable {
    private static let mostStates = 400

    /// The class of each ASCII scalar, then a row for each state: where each class leads, and last the end of the text.
    ///
    /// A place in the table, or a verdict.
    private let table: [UInt32]
    private let alphabet: PatternAlphabet

    private static let firstRow = 128
    private static let matched = UInt32.max
    private static let failed = UInt32.max - 1

    /// Whether the pattern matches anywhere in `text`.
    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(matches)
    }

    /// Whether the pattern matches anywhere in a text of UTF-8.
    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        table.withUnsafeBufferPointer { table in
            var row = Self.firstRow
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                let kind: Int
                if byte < 0x80 {
                    kind = Int(table[Int(byte)])
                    index += 1
                } else {
                    kind = alphabet.scalarClass(Self.decode(bytes, &index))
                }
                let next = table[row + kind]
                if next >= Self.failed { return next == Self.matched }
                row = Int(next)
            }
            return table[row + alphabet.count] == Self.matched
        }
    }

    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32 {
        let lead = bytes[index]
        let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var code = UInt32(lead) & (0xFF >> UInt32(count + 1))
        for offset in 1..<count where index + offset < bytes.count {
            code = code << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        index += count
        return code
    }
}

extension PatternAutomaton {
    private enum Verdict {
        case no
        case atEnd
        case always
        /// Nothing that follows can match.
        case never
    }

    /// Builds the table; `nil` where the pattern has what a table can't hold.
    init?(_ syntax: PatternSyntax) {
        var graph = PatternGraph()
        guard let end = graph.add(syntax, from: 0) else { return nil }
        graph.accepting = end
        guard let alphabet = PatternAlphabet(graph.sets) else { return nil }
        let steps = PatternSteps(graph, alphabet)
        let restart = steps.closure(of: [0], atStart: false)
        var states = [steps.closure(of: [0], atStart: true)]
        // State 0 is the start of the text and nothing else: `^` holds only there.
        var known: [PatternSteps.States: Int] = [:]
        var verdicts: [Verdict] = []
        var targets: [[Int]] = []
        // One for all: a new one for each step took most of the time.
        var target = restart
        while verdicts.count < states.count {
            let index = verdicts.count
            let state = states[index]
            guard !state.contains(end) else {
                verdicts.append(.always)
                targets.append([])
                continue
            }
            var row: [Int] = []
            for kind in 0..<alphabet.count {
                target.copy(restart)
                steps.step(state, kind, into: &target)
                let place = known[target] ?? states.count
                if place == states.count {
                    guard states.count < Self.mostStates else { return nil }
                    known[target] = place
                    states.append(target)
                }
                row.append(place)
            }
            let canEnd = steps.canEnd(state, atStart: index == 0)
            verdicts.append(canEnd ? .atEnd : row.allSatisfy { $0 == index } ? .never : .no)
            targets.append(row)
        }
        self.alphabet = alphabet
        table = Self.table(verdicts, targets, alphabet)
    }

    private static func table(_ verdicts: [Verdict], _ targets: [[Int]], _ alphabet: PatternAlphabet) -> [UInt32] {
        var table = (0..<128).map { UInt32(alphabet.scalarClass($0)) }
        let width = alphabet.count + 1
        table.reserveCapacity(firstRow + verdicts.count * width)
        for (verdict, row) in zip(verdicts, targets) {
            switch verdict {
            case .always: table += Array(repeating: matched, count: width)
            case .never: table += Array(repeating: failed, count: width)
            case .no, .atEnd:
                table += row.map { place in
                    switch verdicts[place] {
                    case .always: matched
                    case .never: failed
                    case .no, .atEnd: UInt32(firstRow + place * width)
                    }
                }
                table.append(verdict == .atEnd ? matched : failed)
            }
        }
        return table
    }
}

/// All scalars cut into classes that no set of a pattern tells apart.
struct PatternAlphabet: Sendable {
    /// Where each interval begins, over all scalars.
    private var boundaries: [UInt32] = []
    private var classes: [UInt8] = []
    /// For each class, whether each set has it.
    private(set) var members: [[Bool]] = []

    var count: Int { members.count }

    init?(_ sets: [ScalarSet]) {
        var starts: Set<UInt32> = [0]
        for range in sets.flatMap(\.ranges) {
            starts.insert(range.lowerBound)
            if range.upperBound < ScalarSet.last { starts.insert(range.upperBound + 1) }
        }
        guard starts.count <= 1000 else { return nil }
        boundaries = starts.sorted()
        var known: [[Bool]: UInt8] = [:]
        for start in boundaries {
            let signature = sets.map { $0.contains(start) }
            if known[signature] == nil {
                guard members.count < 200 else { return nil }
                known[signature] = UInt8(members.count)
                members.append(signature)
            }
            classes.append(known[signature] ?? 0)
        }
    }

    func scalarClass(_ code: UInt32) -> Int {
        var low = 0
        var high = boundaries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if boundaries[middle] <= code { low = middle } else { high = middle }
        }
        return Int(classes[low])
    }
}
