import Dispatch
import Foundation
import Synchronization

/// Takes the signals that ask a program to end, so that it can finish its step; a second one ends it at once.
final class SignalWatch: Sendable {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    private let first = Mutex<Int32?>(nil)

    init(_ action: @escaping @Sendable (Int32) -> Void) {
        Signals.shared.take(SignalWatch.numbers) { [weak self] number in
            guard let self else { return }
            let isSecond = first.withLock { first in
                defer { first = first ?? number }
                return first != nil
            }
            if isSecond { _exit(128 + number) }
            action(number)
        }
    }

    /// The signal that came; `nil` while none has.
    var received: Int32? { first.withLock { $0 } }

    func stop() { Signals.shared.giveBack(SignalWatch.numbers) }
}

/// The process's signals; there is one set of them.
private final class Signals: @unchecked Sendable {
    static let shared = Signals()

    /// Guarded by `lock`.
    private var sources: [any DispatchSourceSignal] = []
    private let lock = NSLock()

    func take(_ numbers: [Int32], _ action: @escaping @Sendable (Int32) -> Void) {
        lock.withLock {
            for number in numbers {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { action(number) }
                source.resume()
                sources.append(source)
            }
        }
    }

    func giveBack(_ numbers: [Int32]) {
        lock.withLock {
            for source in sources { source.cancel() }
            sources = []
            for number in numbers { signal(number, SIG_DFL) }
        }
    }
}
