import Catalog
import Engine
import Synchronization

/// Work on an account that goes on away from the keys: it can be looked at meanwhile, and ended.
final class AdoptionWork: Sendable {
    /// What is done, as a heading says it.
    let title: String
    private let state = Mutex(State())

    private struct State {
        var progress = AdoptionProgress()
        var isCancelled = false
        var task: Task<Answer, Never>?
    }

    enum Answer: Sendable {
        case scanned(Connection, AccountScan)
        case adopted([AdoptedTarget])
        case refused(Refusal)
    }

    /// What work ended with; a page takes only that of its own.
    struct Ended: Sendable {
        var work: AdoptionWork
        var answer: Answer
    }

    init(_ title: String) { self.title = title }

    var progress: AdoptionProgress { state.withLock(\.progress) }
    var isCancelled: Bool { state.withLock(\.isCancelled) }

    /// Asks it to end; what it ended with is told as ever, for it may have come to its end before.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.task?.cancel()
        }
    }

    func run(
        _ act: @escaping @Sendable (@escaping @Sendable (AdoptionProgress) -> Void) async throws(Refusal) -> Answer
    ) async -> Ended {
        let task = Task { () -> Answer in
            if self.isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
            do throws(Refusal) {
                return try await act { progress in self.state.withLock { $0.progress = progress } }
            } catch {
                return .refused(error)
            }
        }
        state.withLock { state in
            state.task = task
            if state.isCancelled { task.cancel() }
        }
        return Ended(work: self, answer: await task.value)
    }
}
