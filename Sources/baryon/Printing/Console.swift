import Documents
import Foundation
import Glibc
import Terminal

/// Standard output for results, standard error for talk.
///
/// What goes to a terminal is made harmless on the way.
enum Console {
    static let isOutTerminal = isatty(STDOUT_FILENO) == 1
    static let isTalkTerminal = isatty(STDERR_FILENO) == 1
    /// Whether there is a person who can be asked.
    static let canAsk = isatty(STDIN_FILENO) == 1 && isTalkTerminal

    /// A result: one or more lines.
    static func out(_ text: String) {
        write((isOutTerminal ? safe(text) : text) + "\n", to: STDOUT_FILENO)
    }

    static func out(_ value: Value) { out(value.json(.pretty)) }

    static func talk(_ text: String) {
        write((isTalkTerminal ? safe(text) : text) + "\n", to: STDERR_FILENO)
    }

    static func report(_ findings: [Finding]) {
        for finding in findings { talk(finding.text) }
    }

    /// Asks one line; `nil` at the end of input.
    static func ask(_ question: String) -> String? {
        write(safe(question), to: STDERR_FILENO)
        return readLine(strippingNewline: true)
    }

    private static func safe(_ text: String) -> String {
        SafeText.lines(untrusted: text).map(\.string).joined(separator: "\n")
    }

    /// A reader that went away ends the output quietly; any other fault ends the program with a sentence.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                return
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                let cause = String(cString: strerror(errno))
                if descriptor == STDOUT_FILENO { talk("error: Baryon could not write its output: \(cause).") }
                exit(1)
            }
        }
    }
}

extension Console {
    /// A result in the form that was asked for.
    static func show(_ output: OutputOptions, json: () -> Value, text: () -> String) {
        if output.isJSON { out(json()) } else { out(text()) }
    }
}
