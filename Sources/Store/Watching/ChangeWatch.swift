import Glibc

/// Tells of commits, by any process, without asking again and again: it sleeps until the log is written.
///
/// A notice says that something may have changed; several commits can be one notice.
package final class ChangeWatch: Sendable {
    /// Readable when there is a notice; for `poll` in a loop of one's own.
    package let descriptor: CInt

    /// - Parameter log: The database's log file, which is there while the database is open.
    init(log: String) throws(StoreError) {
        descriptor = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw StoreError(Files.Fault(code: errno, path: log)) }
        // A writer touches the file's times after its commit (IN_ATTRIB); others, such as sqlite3, only write to it.
        guard inotify_add_watch(descriptor, log, UInt32(IN_MODIFY | IN_ATTRIB)) >= 0 else {
            let fault = Files.Fault(code: errno, path: log)
            close(descriptor)
            throw StoreError(fault)
        }
    }

    deinit { close(descriptor) }

    /// Takes all notices that are there; `false` when there were none.
    @discardableResult
    package func drain() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var found = false
        while read(descriptor, &buffer, buffer.count) > 0 { found = true }
        return found
    }

    /// Waits for a notice without taking it.
    ///
    /// - Parameter milliseconds: Negative for ever.
    package func wait(milliseconds: CInt) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }
}

extension Store {
    /// What watches from now on; commits before are not told.
    package func watch() throws(StoreError) -> ChangeWatch {
        // Where nothing can be written there may be no log; then whoever writes one touches the file sooner or later.
        try ChangeWatch(log: Files.exists(path + "-wal") ? path + "-wal" : path)
    }

    /// A stream with an element after commits; it holds one element at most while nobody takes it.
    package func changes() throws(StoreError) -> AsyncStream<Void> {
        let watch = try watch()
        let stop = try StopSignal()
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.onTermination = { _ in stop.raise() }
        stop.thread { descriptor in
            var requests = [
                pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            while true {
                let count = poll(&requests, 2, -1)
                if count < 0, errno == EINTR { continue }
                guard count > 0, requests[1].revents == 0 else { return }
                if watch.drain() { continuation.yield() }
            }
        }
        return stream
    }
}
