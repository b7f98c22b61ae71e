import CTerminal
import Glibc

/// The two ends of a terminal line and what wakes its reader: descriptors, modes and signals, without ncurses.
struct TerminalLine {
    let input: Int32
    let output: Int32
    /// Modes from before we came.
    let saved: termios
    private let signals: (read: Int32, write: Int32)
    private let waker: (read: Int32, write: Int32)

    /// - Throws: The reason why no terminal can be opened.
    init() throws(TerminalRefusal) {
        // Keys come from the terminal even when data is piped in; our own description may be set as we like.
        let path = "/dev/tty"
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw TerminalRefusal(reason: "there is no terminal to open at \(path)") }
        var modes = termios()
        guard tcgetattr(descriptor, &modes) == 0 else {
            close(descriptor)
            throw TerminalRefusal(reason: "the terminal does not tell its modes")
        }
        guard let signals = TerminalLine.pipe(), let waker = TerminalLine.pipe() else {
            close(descriptor)
            throw TerminalRefusal(reason: "no pipe can be opened")
        }
        input = descriptor
        output = descriptor
        saved = modes
        self.signals = signals
        self.waker = waker
    }

    private static func pipe() -> (Int32, Int32)? {
        var ends: [Int32] = [-1, -1]
        return terminal_pipe(&ends) == 0 ? (ends[0], ends[1]) : nil
    }

    func watchSignals() { terminal_watch_signals(signals.write) }

    func restoreModes() {
        var modes = saved
        tcsetattr(output, TCSADRAIN, &modes)
    }

    /// What was typed while nobody looked is dropped.
    func flushInput() { tcflush(input, TCIFLUSH) }

    func closeAll() {
        for descriptor in [input, signals.read, signals.write, waker.read, waker.write] { close(descriptor) }
    }

    /// Wakes `wait` from any thread; a full pipe has woken it already.
    var wake: @Sendable () -> Void {
        let descriptor = waker.write
        return {
            var byte: UInt8 = 1
            _ = Glibc.write(descriptor, &byte, 1)
        }
    }

    /// The kernel's word for the size; 80 by 24 when it has none.
    var size: Size {
        var window = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return Size(80, 24)
        }
        return Size(Int(window.ws_col), Int(window.ws_row))
    }

    func isWritable() -> Bool {
        var place = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        return poll(&place, 1, 0) > 0 && place.revents & Int16(POLLOUT) != 0
    }

    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let done = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if done < 0, errno == EINTR { continue }
            guard done > 0 else { return }
            bytes = bytes.dropFirst(done)
        }
    }
}

extension TerminalLine {
    /// Sleeps until something happens, then takes all there is.
    func wait(for timeout: Duration?, wantsWritable: Bool) -> [SessionEvent] {
        var places = [
            pollfd(fd: input, events: Int16(POLLIN) | (wantsWritable ? Int16(POLLOUT) : 0), revents: 0),
            pollfd(fd: signals.read, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.read, events: Int16(POLLIN), revents: 0),
        ]
        // Rounded up, or the last millisecond would be spent in a busy loop.
        let milliseconds = timeout.map { duration in
            let (seconds, atto) = duration.components
            return Int32(
                clamping: min(seconds, 1_000_000) * 1000 + (atto + 999_999_999_999_999) / 1_000_000_000_000_000)
        }
        guard poll(&places, 3, milliseconds ?? -1) > 0 else { return [] }
        var events: [SessionEvent] = []
        if places[1].revents != 0 { events += TerminalLine.drain(signals.read).compactMap(TerminalLine.event) }
        if places[2].revents != 0 {
            _ = TerminalLine.drain(waker.read)
            events.append(.woken)
        }
        if places[0].revents & Int16(POLLOUT) != 0 { events.append(.writable) }
        if places[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { events.append(readInput()) }
        return events
    }

    private static func event(_ signal: UInt8) -> SessionEvent? {
        switch Int32(signal) {
        case SIGWINCH: .resized
        case SIGTERM: .ending(.terminate)
        case SIGHUP: .ending(.hangUp)
        case SIGINT: .interrupt
        case SIGTSTP: .stop
        case SIGCONT: .continued
        default: nil
        }
    }

    /// Reads on while more is there, so that many queued keys cost one frame; a large paste comes in parts.
    private func readInput() -> SessionEvent {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < 1 << 20 {
            let count = read(input, &part, part.count)
            if count < 0, errno == EINTR { continue }
            // No bytes behind a ready poll: the terminal is gone.
            guard count > 0 else { return bytes.isEmpty ? .ending(.hangUp) : .input(bytes) }
            bytes += part.prefix(count)
            var place = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard poll(&place, 1, 0) > 0, place.revents & Int16(POLLIN) != 0 else { break }
        }
        return .input(bytes)
    }

    private static func drain(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { return bytes }
            bytes += part.prefix(count)
        }
    }

    func drainSignals() { _ = TerminalLine.drain(signals.read) }

    /// Asks the terminal who it is, and tells whether it answered within `milliseconds`.
    ///
    /// For terminals whose name has no description: those that answer understand the common sequences.
    func answersQuery(within milliseconds: Int32) -> Bool {
        var modes = saved
        cfmakeraw(&modes)
        guard tcsetattr(input, TCSANOW, &modes) == 0 else { return false }
        defer { restoreModes() }
        write("\u{1B}[c")
        var place = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard poll(&place, 1, milliseconds) > 0 else { return false }
        var part = [UInt8](repeating: 0, count: 256)
        let count = read(input, &part, part.count)
        return count > 2 && part[0] == 0x1B && part[1] == UInt8(ascii: "[")
    }
}
