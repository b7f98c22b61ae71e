import Synchronization

/// How far a look at an account has come.
package struct AdoptionProgress: Hashable, Sendable {
    /// What is being done, such as `12 of 200 stacks read`.
    package var words: String
    package var done: Int
    /// Of how many; 0 where that is not known.
    package var total: Int
    /// Calls of the provider until now.
    package var calls: Int

    package init(words: String = "", done: Int = 0, total: Int = 0, calls: Int = 0) {
        self.words = words
        self.done = done
        self.total = total
        self.calls = calls
    }
}

/// Counts calls, and tells whenever something has moved.
final class AdoptionMeter: Sendable {
    private let state = Mutex(AdoptionProgress())
    private let tell: @Sendable (AdoptionProgress) -> Void

    init(_ tell: @escaping @Sendable (AdoptionProgress) -> Void) { self.tell = tell }

    func say(_ words: String) {
        move { ($0.words, $0.done, $0.total) = (words, 0, 0) }
    }

    /// `12 of 200 stacks read`.
    func say(_ done: Int, of total: Int, _ words: String) {
        move { ($0.words, $0.done, $0.total) = ("\(done) of \(total) \(words)", done, total) }
    }

    func count() { move { $0.calls += 1 } }

    private func move(_ change: (inout AdoptionProgress) -> Void) {
        tell(
            state.withLock { state in
                change(&state)
                return state
            })
    }
}
