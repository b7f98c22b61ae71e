import Terminal

/// Whose things a list shows: mine at first, everybody's at one key.
enum Owners {
    static func isMine(_ desk: Desk, showsAll: Bool) -> Bool { !desk.owner.isEmpty && !showsAll }

    /// Whose things are read; empty for everybody's.
    static func shown(_ desk: Desk, showsAll: Bool) -> String { showsAll ? "" : desk.owner }

    static func availability(_ owner: String) -> Availability {
        owner.isEmpty ? .no("baryon does not know who you are: start it with --owner NAME") : .yes
    }

    /// As heads show it; nothing where nobody has said who they are.
    static func word(_ desk: Desk, showsAll: Bool) -> Line {
        guard !desk.owner.isEmpty else { return Line() }
        return showsAll
            ? Line("everybody's", .dim) : Line(SafeText(untrusted: "mine: \(desk.owner)").truncated(to: 24), .info)
    }
}
