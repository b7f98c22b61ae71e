import Documents

/// How long the words may be that people leave: they are shown in rows and kept for ever.
enum Words {
    static let longestOwner = 100
    static let longestReason = 2000

    static func check(owner: String? = nil, why: String = "") throws(Refusal) {
        var findings: [Finding] = []
        if let owner, owner.unicodeScalars.count > longestOwner {
            findings.append(
                Finding(
                    "owner.length",
                    "The owner's name must have at most \(longestOwner) characters, but has \(owner.unicodeScalars.count)."
                ))
        }
        if let owner, owner.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            findings.append(
                Finding("owner.characters", "The owner's name must stand on one line, but has a control character."))
        }
        if why.unicodeScalars.count > longestReason {
            findings.append(
                Finding(
                    "why.length",
                    "The reason must have at most \(longestReason) characters, but has \(why.unicodeScalars.count).",
                    hint: "Keep the rest elsewhere, and say where."))
        }
        if !findings.isEmpty { throw Refusal(findings) }
    }

    /// The finding for a name that has a meaning of its own where targets are named.
    static func reserved(_ name: String, _ what: String, among reserved: [String]) -> Finding? {
        guard reserved.contains(name) else { return nil }
        return Finding(
            "name.reserved", "\(what) must not be \(name): that word means something else in --set and in targets.",
            hint: "Choose another name.")
    }
}
