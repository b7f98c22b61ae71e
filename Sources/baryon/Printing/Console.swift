import Documents
import Foundation
import Glibc
import Terminal

/// Standard output for results, standard error for talk.
///
/// All text is made harmless on the way, to terminals and to pipes: what reads a pipe is often a terminal in the end.
enum Console {
    static let isOutTerminal = isatty(STDOUT_FILENO) == 1
    static let isTalkTerminal = isatty(STDERR_FILENO) == 1
    /// Whether there is a person who can be asked.
    static let canAsk = isatty(STDIN_FILENO) == 1 && isTalkTerminal

    /// Whether results are JSON: refusals are results too then.
    static let isJSON = {
        let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
        return words.contains("--output=json") || zip(words, words.dropFirst()).contains { $0 == ("--output", "json") }
    }()

    /// A result: one or more lines.
    static func out(_ text: String) { print(safe(text)) }

    /// What somebody wrote, such as a spec: the same, byte by byte, unless it goes to a terminal.
    static func document(_ text: String) { print(isOutTerminal ? safe(text) : text) }

    static func out(_ value: Value) { print(escaped(value.json(.pretty))) }

    /// One line of JSON.
    static func line(_ value: Value) { print(escaped(value.json())) }

    static func talk(_ text: String) {
        write(safe(text) + "\n", to: STDERR_FILENO)
    }

    /// A line that the next one takes the place of; nothing where talk goes to a file.
    static func progress(_ text: String) {
        guard isTalkTerminal else { return }
        write("\r\u{1B}[K" + safe(text), to: STDERR_FILENO)
    }

    static func endProgress() {
        if isTalkTerminal { write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private static func print(_ text: String) {
        if StandardStreams.isOutClosed {
            talk("error: Baryon could not write its output: standard output is closed.")
            exit(1)
        }
        write(text + "\n", to: STDOUT_FILENO)
    }

    static func report(_ findings: [Finding]) {
        for finding in findings { talk(text(of: finding)) }
    }

    /// The finding with its caret below the place, though characters of the line are shown otherwise than written.
    static func text(of finding: Finding) -> String {
        finding.text { line in
            String(repeating: " ", count: SafeText(untrusted: line, limit: .max).width)
        }
    }

    /// Asks one line; `nil` at the end of input.
    static func ask(_ question: String) -> String? {
        write(safe(question), to: STDERR_FILENO)
        return readLine(strippingNewline: true)
    }

    /// Asks for a secret: what is typed is not shown. `nil` at the end of input.
    ///
    /// Ctrl-C ends the line here and acts once the terminal shows again what is typed, whoever catches it.
    static func askHidden(_ question: String) -> String? {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return ask(question) }
        let interrupt: UInt8 = 3
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = interrupt }
        write(safe(question), to: STDERR_FILENO)
        tcsetattr(STDIN_FILENO, TCSANOW, &hidden)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        tcsetattr(STDIN_FILENO, TCSANOW, &shown)
        write("\n", to: STDERR_FILENO)
        guard count > 0 else { return nil }
        guard !bytes[..<count].contains(interrupt) else {
            raise(SIGINT)
            return nil
        }
        return String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private static func safe(_ text: String) -> String {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            SafeText(untrusted: String(Substring(line.last == 0x0D ? line.dropLast() : line)), limit: .max).string
        }.joined(separator: "\n")
    }

    /// JSON in which nothing hides or turns the direction round; outside of its texts it is plain ASCII.
    private static func escaped(_ json: String) -> String {
        guard !json.utf8.allSatisfy({ $0 < 0x80 }) else { return json }
        var text = ""
        for scalar in json.unicodeScalars {
            if scalar.properties.generalCategory == .format {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The columns of the terminal that results go to; `nil` where they go elsewhere.
    static let columns: Int? = {
        var size = winsize()
        guard isOutTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }()

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

    /// A spec alone, as it was written.
    static func show(_ output: OutputOptions, spec: String) {
        if output.isJSON {
            out(JSON.object([("spec", .string(spec))]))
        } else {
            document(spec.hasSuffix("\n") ? String(spec.dropLast()) : spec)
        }
    }
}
