import Glibc

/// A thread that sleeps in `poll`, and the pipe that ends it.
final class StopSignal: Sendable {
    private let reading: CInt
    private let writing: CInt

    init() throws(StoreError) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw StoreError(Files.Fault(code: errno, path: "pipe"))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        close(reading)
        close(writing)
    }

    func raise() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    /// Runs `body` on a thread of its own, with the descriptor that becomes readable when it has to end.
    func thread(_ body: @escaping @Sendable (CInt) -> Void) {
        let work = Work { body(self.reading) }
        var id = pthread_t()
        let result = pthread_create(
            &id, nil,
            { box in
                guard let box else { return nil }
                Unmanaged<Work>.fromOpaque(box).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        guard result == 0 else { return }
        pthread_detach(id)
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
