import Testing

@testable import Terminal

@Suite struct NameIndexTests {
    private let index = NameIndex(["payments-api/prod-eu", "orders-api/dev", "Payments-DB/prod", "straße", ""])

    @Test(arguments: [
        ("", [0, 1, 2, 3, 4]), ("api", [0, 1]), ("prod pay", [0, 2]), ("PAY", [0, 2]), ("STRASSE", []), ("aß", [3]),
        ("eu prod payments", [0]),
    ])
    func `words match in any order`(query: String, found: [Int]) {
        let matches = index.matches(query)
        #expect(matches.indices == found)
        #expect(matches.isFuzzy == found.isEmpty)
    }

    @Test func `without a hit, letters in order are taken, the best first`() {
        #expect(index.matches("pdbp") == NameIndex.Matches(indices: [2], isFuzzy: true))
        #expect(index.matches("oad").indices == [1])
        #expect(index.matches("zzz").indices.isEmpty)
    }

    @Test func `highlights point at what matched`() {
        let text: SafeText = "Payments-API"
        #expect(NameIndex.highlights(of: "api pay", in: text, isFuzzy: false) == [0..<3, 9..<12])
        #expect(NameIndex.highlights(of: "pa", in: text, isFuzzy: true) == [0..<2])
        let line = Line(text, .text, highlighting: [0..<3, 9..<12], as: .match)
        #expect(line.spans.map(\.text.string) == ["Pay", "ments-", "API"])
        #expect(line.plain == text.string)
    }

    @Test(arguments: 0..<30) func `a search finds what a plain one finds`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let names = (0..<200).map { _ in
            String((0..<Int.random(in: 0...8, using: &dice)).map { _ in "abc-".randomElement(using: &dice) ?? "a" })
        }
        let query = String((0..<3).map { _ in "abc".randomElement(using: &dice) ?? "a" })
        let expected = names.indices.filter { names[$0].contains(query) }
        let matches = NameIndex(names).matches(query)
        if !expected.isEmpty { #expect(matches.indices == expected) } else { #expect(matches.isFuzzy) }
    }
}
