/// A block of IPv4 or IPv6 addresses in CIDR notation.
struct AddressBlock: Hashable {
    let address: UInt128
    let prefix: Int
    /// 32 or 128.
    let width: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Int(parts[1]), prefix >= 0 else { return nil }
        let isLong = parts[0].utf8.contains(UInt8(ascii: ":"))
        guard let address = isLong ? Self.long(parts[0]) : Self.short(parts[0]) else { return nil }
        width = isLong ? 128 : 32
        guard prefix <= width else { return nil }
        self.prefix = prefix
        let hostBits = width - prefix
        self.address = hostBits == 128 ? 0 : (address >> UInt128(hostBits)) << UInt128(hostBits)
    }

    var text: String { "\(Self.text(address, width: width))/\(prefix)" }

    /// Whether every address of `other` is one of this block.
    func contains(_ other: AddressBlock) -> Bool {
        guard width == other.width, prefix <= other.prefix else { return false }
        let hostBits = width - prefix
        return hostBits == 128 || address >> UInt128(hostBits) == other.address >> UInt128(hostBits)
    }

    /// The first `count` blocks with `bits` host bits each; `nil` where they do not fit.
    func subnets(_ count: Int, bits: Int) -> [String]? {
        let subnetBits = width - bits - prefix
        guard bits >= 0, bits < width, subnetBits >= 0, (1...256).contains(count) else { return nil }
        guard subnetBits >= 9 || count <= 1 << subnetBits else { return nil }
        return (0..<count).map { index in
            Self.text(address + (UInt128(index) << UInt128(bits)), width: width) + "/\(width - bits)"
        }
    }

    private static func short(_ text: Substring) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt128?(0)) { sum, part in
            guard let sum, let part else { return nil }
            return sum << 8 | UInt128(part)
        }
    }

    private static func long(_ text: Substring) -> UInt128? {
        func groups(_ half: Substring) -> [UInt16]? {
            if half.isEmpty { return [] }
            let parts = half.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
            return parts.allSatisfy { $0 != nil } ? parts.compactMap { $0 } : nil
        }
        var halves = [text]
        if let gap = text.firstRange(of: "::") { halves = [text[..<gap.lowerBound], text[gap.upperBound...]] }
        guard let head = groups(halves[0]), let tail = halves.count == 2 ? groups(halves[1]) : [] else { return nil }
        let count = head.count + tail.count
        guard halves.count == 2 ? count < 8 : count == 8 else { return nil }
        let all = head + Array(repeating: 0, count: 8 - count) + tail
        return all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
    }

    private static func text(_ address: UInt128, width: Int) -> String {
        guard width == 128 else {
            return [24, 16, 8, 0].map { String(address >> UInt128($0) & 0xFF) }.joined(separator: ".")
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> UInt128(112 - 16 * $0)) }
        let gap = longestGap(groups)
        let head = groups[..<gap.lowerBound].map { String($0, radix: 16) }.joined(separator: ":")
        let tail = groups[gap.upperBound...].map { String($0, radix: 16) }.joined(separator: ":")
        return gap.isEmpty ? head : "\(head)::\(tail)"
    }

    /// The longest run of at least two zero groups (RFC 5952); empty at the end where there is none.
    private static func longestGap(_ groups: [UInt16]) -> Range<Int> {
        var best = 8..<8
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start >= 2, index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }
}
