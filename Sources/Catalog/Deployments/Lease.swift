/// The right to carry one deployment out, for a while.
package struct Lease: Hashable, Sendable {
    /// Who holds it: `host:process:start`, so that a dead owner on this host is known as dead at once.
    package var owner: String
    /// Grows with each claim; whoever writes with an older one is refused.
    package var fence: Int
    package var expiresAt: Instant

    package init(owner: String, fence: Int, expiresAt: Instant) {
        self.owner = owner
        self.fence = fence
        self.expiresAt = expiresAt
    }
}
