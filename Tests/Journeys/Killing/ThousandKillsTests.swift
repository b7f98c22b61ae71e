import Foundation
import Synchronization
import Testing

/// Processes are killed at random moments a thousand times, and everything ends as if nothing had happened.
///
/// `BARYON_KILLS` asks for more of them, `BARYON_KILL_SEED` for other moments.
@Suite struct ThousandKillsTests {
    private static func setting(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    @Test func `after a thousand kills all is as without, and each act in the account was done once`() throws {
        let began = Date()
        let seed = UInt64(Self.setting("BARYON_KILL_SEED", 20_261_128))
        let tally = KillTally(wanted: Self.setting("BARYON_KILLS", 1000))
        let whole = Mutex<KillPass.End?>(nil)
        let ends = Mutex<[KillPass.End]>([])
        // The undisturbed one beside two workspaces in which processes are killed.
        sideBySide(3) { lane in
            do {
                if lane == 0 {
                    let end = try KillPass().run()
                    return whole.withLock { $0 = end }
                }
                var round = UInt64(lane)
                repeat {
                    let end = try KillPass(tally, seed: seed &+ round).run()
                    ends.withLock { $0.append(end) }
                    round += 2
                } while !tally.isEnough
            } catch {
                Issue.record("seed \(seed), lane \(lane): \(error)")
            }
        }
        let expected = try #require(whole.withLock { $0 })
        #expect(expected.repeated == 0)
        let figures = tally.figures
        for end in ends.withLock({ $0 }) {
            Self.expectSame(end.state, expected.state)
            Self.expectSame(end.events.joined(separator: "\n"), expected.events.joined(separator: "\n"))
            #expect(end.effects == expected.effects)
        }
        #expect(figures.kills >= tally.wanted)
        let count = ends.withLock { $0.count }
        let repeated = ends.withLock { $0.reduce(0) { $0 + $1.repeated } }
        print("seed \(seed): \(figures.kills) kills of 20 deployments, \(count) times from an empty workspace")
        for (moment, count) in figures.moments.sorted(by: { $0.key < $1.key }) { print("  \(moment): \(count)") }
        print(
            "  \(figures.restarts) restarts, \(expected.effects.count) acts each time,",
            "\(repeated) asked for again and found done, \(Int(Date().timeIntervalSince(began))) s")
    }

    /// Says the first lines that differ, not two whole workspaces.
    private static func expectSame(_ found: String, _ expected: String, _ place: SourceLocation = #_sourceLocation) {
        guard found != expected else { return }
        let (new, old) = (found.split(separator: "\n"), expected.split(separator: "\n"))
        let differing = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }
        let first = differing?.offset ?? min(new.count, old.count)
        let range = max(0, first - 3)..<(first + 6)
        let shown = [old, new].map { lines in
            lines.indices.filter(range.contains).map { String(lines[$0]) }.joined(separator: "\n")
        }
        Issue.record("expected:\n\(shown[0])\nfound:\n\(shown[1])", sourceLocation: place)
    }
}
