import Catalog
import Testing

@Suite struct VersionLineTests {
    private func line(_ published: [VersionNumber], drafts: [VersionNumber] = []) -> VersionLine {
        var line = VersionLine(entries: [], recommended: nil, minors: [:])
        for number in published + drafts { line.add(number) }
        for number in published { line.publish(number) }
        return line
    }

    @Test func `no major means the next major, a major means its next minor`() {
        let line = line([VersionNumber(1, 0), VersionNumber(1, 4), VersionNumber(3, 0)])
        #expect(line.next(major: nil) == VersionNumber(4, 0))
        #expect(line.next(major: 1) == VersionNumber(1, 5))
        #expect(line.next(major: 2) == VersionNumber(2, 0))
        #expect(VersionLine(entries: [], recommended: nil, minors: [:]).next(major: nil) == VersionNumber(1, 0))
    }

    @Test func `publishing recommends only what is higher`() {
        var line = line([VersionNumber(1, 1), VersionNumber(2, 0)], drafts: [VersionNumber(1, 0)])
        line.publish(VersionNumber(1, 0))
        #expect(line.recommended == VersionNumber(2, 0))
        #expect(line.recommended(inMajor: 1) == VersionNumber(1, 1))
    }

    @Test func `withdrawing falls back to the highest published version that is left`() {
        var line = line([VersionNumber(1, 0), VersionNumber(1, 1)])
        line.retire(VersionNumber(1, 1), as: .withdrawn)
        #expect(line.recommended == VersionNumber(1, 0))
        #expect(VersionDrift(running: VersionNumber(1, 1), in: line) == .back)
        #expect(Recommendation.moves(from: VersionNumber(1, 1), in: line).map(\.to) == [VersionNumber(1, 0)])
        line.retire(VersionNumber(1, 0), as: .withdrawn)
        #expect(line.recommended == nil)
        #expect(Recommendation.moves(from: VersionNumber(1, 0), in: line).isEmpty)
    }

    @Test func `a major stands beside the newest minor of the running major`() {
        let line = line([VersionNumber(1, 0), VersionNumber(1, 1), VersionNumber(2, 0)])
        let moves = Recommendation.moves(from: VersionNumber(1, 0), in: line)
        #expect(moves.map(\.to) == [VersionNumber(1, 1), VersionNumber(2, 0)])
        #expect(moves.map(\.step) == [.minor, .major])
        #expect(VersionDrift(running: VersionNumber(1, 0), in: line) == .major)
    }

    @Test(arguments: ["1", "01.0", "1.", ".1", "1.0.0", "-1.0", "1.00", "12345678.90"])
    func `what is no version number is refused`(text: String) {
        #expect(VersionNumber(text) == nil)
    }
}
