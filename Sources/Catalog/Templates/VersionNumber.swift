/// The number of a template version: `major.minor`, ordered.
package struct VersionNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `3.7`; `nil` for leading zeros, signs, and anything over 10 characters, as Proton has it.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 10,
            let major = VersionNumber.part(parts[0]), let minor = VersionNumber.part(parts[1])
        else { return nil }
        self.init(major, minor)
    }

    /// Reads one part: a decimal number without leading zeros.
    package static func part(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        guard text.utf8.count == 1 || text.utf8.first != 0x30 else { return nil }
        return Int(text)
    }

    package var description: String { "\(major).\(minor)" }

    package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
