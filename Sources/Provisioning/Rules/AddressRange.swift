/// A block of IPv4 addresses in CIDR notation.
struct AddressRange: Hashable, Sendable {
    let first: UInt32
    let prefix: Int

    /// Reads `10.0.0.0/16`; bits after the prefix are cleared, as EC2 does.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Int(parts[1]), (0...32).contains(prefix) else { return nil }
        let octets = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard octets.count == 4, octets.allSatisfy({ $0 != nil }) else { return nil }
        let address = octets.compactMap { $0 }.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(address: address, prefix: prefix)
    }

    private init(address: UInt32, prefix: Int) {
        self.prefix = prefix
        first = prefix == 0 ? 0 : address & (UInt32.max << UInt32(32 - prefix))
    }

    var last: UInt32 { prefix == 32 ? first : first | (UInt32.max >> UInt32(prefix)) }

    func contains(_ other: AddressRange) -> Bool { first <= other.first && other.last <= last }
    func overlaps(_ other: AddressRange) -> Bool { first <= other.last && other.first <= last }

    var text: String {
        [24, 16, 8, 0].map { String(first >> UInt32($0) & 0xFF) }.joined(separator: ".") + "/\(prefix)"
    }

    /// The first block with this prefix inside that meets none of `taken`; looks at 4096 places at most.
    func free(prefix wanted: Int, beside taken: [AddressRange]) -> AddressRange? {
        guard wanted >= prefix, wanted <= 32 else { return nil }
        let step = UInt64(1) << UInt64(32 - wanted)
        var address = UInt64(first)
        for _ in 0..<4096 {
            guard address <= UInt64(last) else { return nil }
            let block = AddressRange(address: UInt32(address), prefix: wanted)
            if !taken.contains(where: block.overlaps) { return block }
            address += step
        }
        return nil
    }
}
