import Foundation
import FuzzTargets
import Testing

/// The fuzzers' seeds, what fuzzing found, and changes of both by a seeded generator.
///
/// A trap ends the test program: there is nothing to expect but to come back.
@Suite struct FuzzTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Seeds")

    private static func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
        let folder = folder.appending(path: target.rawValue)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }.map { Array(try Data(contentsOf: $0)) }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `what strangers wrote is taken or refused, whatever it is`(target: FuzzTarget) throws {
        let seeds = try Self.seeds(target)
        #expect(seeds.count > 1)
        var dice = Dice(state: 0xBA27)
        for seed in seeds {
            target.run(seed)
            for _ in 0..<40 { target.run(dice.changed(seed, by: seeds)) }
        }
    }
}

/// SplitMix64: the same changes on every machine.
private struct Dice {
    var state: UInt64

    mutating func roll(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, count)))
    }

    /// The bytes with some of them gone, doubled, swapped for others or for a piece of another seed.
    mutating func changed(_ bytes: [UInt8], by others: [[UInt8]]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...roll(4) {
            let start = roll(bytes.count + 1)
            let end = min(bytes.count, start + roll(24))
            switch roll(4) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: roll(bytes.count + 1))
            case 2: if start < bytes.count { bytes[start] = UInt8(roll(256)) }
            default:
                let other = others[roll(others.count)]
                let from = roll(other.count + 1)
                bytes.insert(contentsOf: other[from..<min(other.count, from + roll(40))], at: start)
            }
        }
        return bytes
    }
}
