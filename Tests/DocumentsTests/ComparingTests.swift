import Documents
import Testing

@Suite struct ComparingTests {
    @Test func `edits name what changed, came and went`() {
        let old: Value = ["a": 1, "b": ["x": 1, "y": 2], "c": [1, 2, 3], "d": "gone"]
        let new: Value = ["a": 1, "b": ["x": 1, "y": 3, "z": 4], "c": [1, 3]]
        let edits = old.edits(to: new)
        #expect(edits.map { "\($0.pointer)" } == ["/b/y", "/b/z", "/c/1", "/d"])
        #expect(edits[2].old == 2 && edits[2].new == nil)
        #expect(old.edits(to: old).isEmpty)
    }

    @Test func `an instance added in front is one edit`() {
        let old: Value = [["name": "a"], ["name": "b"]]
        let new: Value = [["name": "c"], ["name": "a"], ["name": "b"]]
        #expect(old.edits(to: new) == [Edit(pointer: Pointer(["0"]), old: nil, new: ["name": "c"])])
    }

    @Test func `a line diff is shortest and numbered`() {
        let diff = LineDiff(old: "a\nb\nc\nd\n", new: "a\nc\nx\nd\n")
        #expect(diff.lines.map(\.kind) == [.kept, .removed, .kept, .added, .kept])
        #expect(diff.lines[3].newNumber == 3 && diff.lines[3].text == "x")
        #expect(LineDiff(old: "a", new: "a\n").isEmpty)
        #expect(LineDiff(old: "e\u{301}", new: "é").lines.count == 2)
    }

    @Test func `any two texts are told apart line by line`() {
        var random = Seeded(state: 3)
        for _ in 0..<500 {
            let old = (0..<Int(random.next() >> 33) % 12).map { _ in random.pick(["a", "b", "c"]) }
            let new = (0..<Int(random.next() >> 33) % 12).map { _ in random.pick(["a", "b", "c"]) }
            let diff = LineDiff(old: old.joined(separator: "\n"), new: new.joined(separator: "\n"))
            #expect(diff.lines.filter { $0.kind != .added }.map(\.text) == old)
            #expect(diff.lines.filter { $0.kind != .removed }.map(\.text) == new)
            let kept = diff.lines.count { $0.kind == .kept }
            #expect(kept == longestCommon(old, new))
        }
    }

    private func longestCommon(_ old: [String], _ new: [String]) -> Int {
        var table = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
        for i in old.indices {
            for j in new.indices {
                table[i + 1][j + 1] = old[i] == new[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
            }
        }
        return table[old.count][new.count]
    }

    @Test func `hunks hold changes with their surroundings`() {
        let old = (1...30).map(String.init)
        var new = old
        new[4] = "x"
        new[6] = "y"
        new[25] = "z"
        let hunks = LineDiff(old: old.joined(separator: "\n"), new: new.joined(separator: "\n")).hunks(context: 2)
        #expect(hunks.map(\.count) == [9, 6])
    }
}
