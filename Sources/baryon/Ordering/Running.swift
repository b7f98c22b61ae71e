import Synchronization

/// One task at a time, that can be cancelled from a signal and waited for.
final class Running: Sendable {
    private struct State {
        var task: Task<Void, any Error>?
        var isEnded = true
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Whether nothing runs; throws what the last task threw.
    func isIdle() async throws -> Bool {
        let (task, isEnded) = state.withLock { ($0.task, $0.isEnded) }
        guard isEnded else { return false }
        try await task?.value
        return true
    }

    /// Does nothing once cancelled.
    func start(_ body: @escaping @Sendable () async throws -> Void) {
        state.withLock { state in
            guard !state.isCancelled else { return }
            state.isEnded = false
            state.task = Task { try await body() }
        }
    }

    func end() { state.withLock { $0.isEnded = true } }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.task?.cancel()
        }
    }

    func wait() async throws { try await state.withLock { $0.task }?.value }
}
