import Glibc

/// The three streams that every program starts with, as they were found.
enum StandardStreams {
    /// Whether standard output was closed.
    nonisolated(unsafe) private(set) static var isOutClosed = false

    /// Puts something that swallows everything where a stream is closed.
    ///
    /// Else the next file that is opened, such as the catalog's, would get its number, and what is printed would be
    /// written into it. To be called before anything is opened.
    static func secure() {
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
            if stream == STDOUT_FILENO { isOutClosed = true }
            // The lowest free number is this one: those below are open by now.
            _ = open("/dev/null", O_RDWR)
        }
    }
}
