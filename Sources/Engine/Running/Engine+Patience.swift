import Catalog
import Documents
import Store

extension Engine {
    /// How long a runner waits for a workspace that another program has locked, in milliseconds.
    static let patienceMilliseconds: Int64 = 120_000

    /// Tries again while another program holds the lock: a deployment must not end for that.
    func patiently<Result>(_ body: () throws -> Result) async throws -> Result {
        try await Engine.patiently(clock, body)
    }

    static func patiently<Result>(
        _ clock: @Sendable () -> Instant, _ body: () throws -> Result
    ) async throws -> Result {
        let end = clock().adding(milliseconds: patienceMilliseconds)
        while true {
            do {
                return try body()
            } catch let error as StoreError {
                guard error.isLock, clock() < end else { throw error }
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// As `patiently`, with a refusal where that does not help.
    func patient<Result>(_ body: () throws -> Result) async throws(Refusal) -> Result {
        do {
            return try await patiently(body)
        } catch {
            throw Engine.refusal(error)
        }
    }
}

extension StoreError {
    /// Whether another program holds the lock, so that waiting helps.
    var isLock: Bool {
        if case .locked = self { true } else { false }
    }
}
