import Engine
import Synchronization

/// The runner inside this program: one task at most.
final class RunnerTask: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Carries out what is queued; `ended` gets a sentence where that failed.
    func start(_ engine: Engine, _ options: RunnerOptions, ended: @escaping @Sendable (String?) -> Void) {
        task.withLock { task in
            task = Task {
                do throws(Refusal) {
                    try await engine.run(options)
                    ended(nil)
                } catch {
                    ended(error.sentence)
                }
            }
        }
    }

    /// Lets the running step end, gives the lease back and starts a detached runner; gives the reason if it can't.
    func handOver(_ engine: Engine, _ options: RunnerOptions) async -> String? {
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
        do throws(Refusal) {
            try engine.startDetachedRunner(options)
            return nil
        } catch {
            return error.sentence
        }
    }
}
