/// Chance that a seed repeats (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &self) }

    /// Whether a thing of this share, in thousandths, is so.
    mutating func hits(perMille share: Int) -> Bool { below(1000) < share }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// A place among `count` where the first ones come far more often, as popular things do.
    mutating func popular(_ count: Int) -> Int {
        let share = Double.random(in: 0..<1, using: &self)
        return min(count - 1, Int(share * share * Double(count)))
    }
}
