package import Catalog
internal import Foundation

/// How often a provider is asked, and what time it is.
///
/// The first question follows quickly, so that an endpoint on this machine feels quick; the next ones ever later.
package struct Pacing: Sendable {
    package var first: Duration
    package var longest: Duration
    package var sleep: @Sendable (Duration) async throws -> Void
    package var now: @Sendable () -> Instant

    package init(
        first: Duration = .milliseconds(300), longest: Duration = .seconds(5),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        now: @escaping @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
    ) {
        self.first = first
        self.longest = longest
        self.sleep = sleep
        self.now = now
    }

    package static let standard = Pacing()

    /// Waits before the question after `count` ones in a row that brought nothing.
    func wait(after count: Int) async throws {
        try Task.checkCancellation()
        var pause = first
        for _ in 0..<min(count, 16) where pause < longest { pause = pause * 3 / 2 }
        try await sleep(min(pause, longest))
    }
}
