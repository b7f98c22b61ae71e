import CEmbedded
import Testing

/// The lines of facts and shapes are searched where they lie, so their order is a promise.
@Suite struct FactLinesTests {
    enum Kind: CaseIterable {
        case facts, shapes

        var lines: [Substring] {
            let bytes: UnsafeBufferPointer<UInt8> =
                switch self {
                case .facts: UnsafeBufferPointer(start: baryon_facts_bytes(), count: baryon_facts_length())
                case .shapes: UnsafeBufferPointer(start: baryon_shapes_bytes(), count: baryon_shapes_length())
                }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
    }

    @Test(arguments: Kind.allCases) func `lines are sorted by their first field, each once`(kind: Kind) {
        let keys = kind.lines.map { $0.prefix { $0 != "\t" } }
        #expect(keys.count > 1_500)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `every shape that is named is there`() {
        let lines = Kind.shapes.lines
        let numbers = Set(lines.filter { $0.hasPrefix("#") }.map { $0.dropFirst().prefix { $0 != "\t" } })
        let members = lines.map { $0.split { $0 == "\t" || $0 == "," }.dropFirst() }.joined()
        let named = members.compactMap { $0.split { $0 == ":" || $0 == "*" }.dropFirst().first }
        #expect(named.count > 5_000)
        #expect(named.allSatisfy(numbers.contains))
    }
}
