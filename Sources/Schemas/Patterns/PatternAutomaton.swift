/// A pattern as a table of states: one step for each scalar of a text, whatever the pattern looks like.
///
/// Patterns with look-around, back references, word boundaries or Unicode properties have none, and neither have those
/// whose table would be too big.
struct PatternAutomaton: Sendable {
    private static let mostStates = 400

    /// The class of each ASCII scalar.
    private let asciiClasses: [UInt8]
    /// Where each class after the first begins, over all scalars.
    private let boundaries: [UInt32]
    /// The class of the interval that begins at each boundary.
    private let intervalClasses: [UInt8]
    private let classCount: Int
    /// Next state by state and class.
    private let steps: [UInt16]
    private let accepts: [Verdict]

    private enum Verdict: UInt8 {
        case no
        case atEnd
        case always
        /// Nothing that follows can match.
        case never
    }

    /// Whether the pattern matches anywhere in `text`.
    func matches(_ text: String) -> Bool {
        var state = 0
        if accepts[0] == .always { return true }
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                let kind: Int
                if byte < 0x80 {
                    kind = Int(asciiClasses[Int(byte)])
                    index += 1
                } else {
                    kind = scalarClass(Self.decode(bytes, &index))
                }
                state = Int(steps[state * classCount + kind])
                switch accepts[state] {
                case .always: return true
                case .never: return false
                case .no, .atEnd: continue
                }
            }
            return accepts[state] != .no && accepts[state] != .never
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

    private func scalarClass(_ code: UInt32) -> Int {
        var low = 0
        var high = boundaries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if boundaries[middle] <= code { low = middle } else { high = middle }
        }
        return Int(intervalClasses[low])
    }
}

extension PatternAutomaton {
    /// Builds the table; `nil` where the pattern has what a table can't hold.
    init?(_ syntax: PatternSyntax) {
        var graph = PatternGraph()
        guard let end = graph.add(syntax, from: 0) else { return nil }
        graph.accepting = end
        guard let alphabet = Alphabet(graph.sets) else { return nil }
        boundaries = alphabet.boundaries
        intervalClasses = alphabet.classes
        classCount = alphabet.representatives.count
        var ascii = [UInt8](repeating: 0, count: 128)
        for code in 0..<128 { ascii[code] = alphabet.scalarClass(UInt32(code)) }
        asciiClasses = ascii

        let begin = graph.closure(of: [0], atStart: true)
        let restart = graph.closure(of: [0], atStart: false)
        var known: [[Int]: UInt16] = [begin: 0]
        var states = [begin]
        var steps: [UInt16] = []
        var accepts: [Verdict] = []
        var index = 0
        while index < states.count {
            let state = states[index]
            let verdict = Self.verdict(of: state, in: graph, atStart: index == 0)
            accepts.append(verdict)
            for code in alphabet.representatives {
                var target = verdict == .always ? state : graph.step(state, code)
                if verdict != .always { target = graph.merged(target, restart) }
                if let seen = known[target], seen != 0 || target == begin && verdict == .always {
                    steps.append(seen)
                } else {
                    guard states.count < Self.mostStates else { return nil }
                    // State 0 is the start of the text and nothing else: `^` holds only there.
                    known[target] = UInt16(states.count)
                    steps.append(UInt16(states.count))
                    states.append(target)
                }
            }
            index += 1
        }
        self.steps = steps
        self.accepts = Self.withDeadEnds(accepts, steps, classCount)
    }

    private static func verdict(of state: [Int], in graph: PatternGraph, atStart: Bool) -> Verdict {
        if state.contains(graph.accepting) { return .always }
        return graph.closure(of: state, atStart: atStart, atEnd: true).contains(graph.accepting) ? .atEnd : .no
    }

    /// Marks the states that only lead to themselves and do not accept.
    private static func withDeadEnds(_ accepts: [Verdict], _ steps: [UInt16], _ width: Int) -> [Verdict] {
        var accepts = accepts
        for state in accepts.indices where accepts[state] == .no {
            let targets = steps[state * width..<(state + 1) * width]
            if targets.allSatisfy({ Int($0) == state }) { accepts[state] = .never }
        }
        return accepts
    }
}

/// All scalars cut into classes that no set of a pattern tells apart.
private struct Alphabet {
    var boundaries: [UInt32] = []
    var classes: [UInt8] = []
    var representatives: [UInt32] = []

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
                guard representatives.count < 200 else { return nil }
                known[signature] = UInt8(representatives.count)
                representatives.append(start)
            }
            classes.append(known[signature] ?? 0)
        }
    }

    func scalarClass(_ code: UInt32) -> UInt8 {
        let after = boundaries.firstIndex { $0 > code } ?? boundaries.count
        return classes[after - 1]
    }
}
