import Foundation
import Synchronization

/// Random numbers that are the same in every run: a failure can be looked for again by its seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// How many processes were killed, and when; shared by what runs side by side.
final class KillTally: Sendable {
    struct Figures {
        var kills = 0
        var restarts = 0
        /// Kills by what the deployment was doing.
        var moments: [String: Int] = [:]
    }

    let wanted: Int
    private let state = Mutex(Figures())

    init(wanted: Int) { self.wanted = wanted }

    var figures: Figures { state.withLock { $0 } }
    var isEnough: Bool { state.withLock { $0.kills >= wanted } }

    func add(killedWhile moment: String) {
        state.withLock { figures in
            figures.kills += 1
            figures.restarts += 1
            figures.moments[moment, default: 0] += 1
        }
    }
}
