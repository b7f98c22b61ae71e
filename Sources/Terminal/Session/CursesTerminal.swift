import CNCurses
import CTerminal
import Glibc

/// The real terminal, written through ncurses: the only file that knows it.
///
/// ncurses finds the cheapest bytes for a new picture; everything else (keys, modes, signals, sizes) is ours. One
/// thread owns it. `close` must be called on every way out; crashes and signals are seen to here.
package final class CursesTerminal: TerminalSession {
    private let line: TerminalLine
    private var screen: OpaquePointer?
    private let file: UnsafeMutablePointer<FILE>
    private var paints: Paints
    private let isASCII: Bool
    private let crashMessage: String
    private var isTaken = false
    private var isBlocked = false
    private var current: Size
    /// Worth telling once: the description that had to stand in.
    package private(set) var notes: [String] = []

    /// Takes the terminal.
    ///
    /// - Throws: Why that cannot be; nothing has been written then, and the caller goes on in lines.
    package init(_ settings: TerminalSettings) throws(TerminalRefusal) {
        let environment = settings.environment
        let isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let descriptions: [String]
        switch TerminalChoice.decide(environment, isInteractive: isInteractive) {
        case .plain(let reason): throw TerminalRefusal(reason: reason)
        case .screen(let names): descriptions = names
        }
        let hasUTF8 = CursesTerminal.setLocale(environment)
        line = try TerminalLine()
        guard let opened = fdopen(line.output, "r+") else {
            line.closeAll()
            throw TerminalRefusal(reason: "the terminal cannot be opened for writing")
        }
        file = opened
        guard let (screen, name) = CursesTerminal.open(descriptions, environment, line, file) else {
            line.closeAll()
            throw TerminalRefusal(reason: "no description of a terminal such as '\(descriptions[0])' is installed")
        }
        self.screen = screen
        if name != environment["TERM"] {
            notes.append("TERM '\(environment["TERM"] ?? "")' is not known here; \(name) is used in its place")
        }
        isASCII = settings.isASCII || !hasUTF8
        crashMessage = settings.crashMessage
        current = line.size
        paints = Paints(settings.theme, wantsColor: TerminalChoice.wantsColor(environment))
        setUp()
    }

    package var size: Size { line.size }
    package var wake: @Sendable () -> Void { line.wake }

    package var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    /// Another theme from the next full frame on.
    package func use(_ theme: Theme) {
        paints = Paints(theme, wantsColor: paints.wantsColor, after: paints)
        shim_redraw_all()
    }

    package func wait(for timeout: Duration?) -> [SessionEvent] {
        line.wait(for: timeout, wantsWritable: isBlocked)
    }

    package func present(_ screen: Screen, runs: [Run], isFull: Bool) -> Bool {
        // A slow line takes no new frame; the newest state is drawn when it does.
        guard line.isWritable() else {
            isBlocked = true
            return false
        }
        isBlocked = false
        let size = screen.surface.size
        if size != current || isFull {
            current = size
            resizeterm(Int32(max(1, size.height)), Int32(max(1, size.width)))
            shim_redraw_all()
            werase(shim_screen())
        }
        let surface = isASCII ? screen.surface.inASCII() : nil
        for run in surface?.runs(over: nil) ?? runs { put(run) }
        let cursor = screen.cursor ?? Point(0, max(0, size.height - 1))
        wmove(shim_screen(), Int32(clamping: cursor.y), Int32(clamping: cursor.x))
        curs_set(screen.isCursorVisible && screen.cursor != nil ? 1 : 0)
        wrefresh(shim_screen())
        return true
    }

    private func put(_ run: Run) {
        let paint = paints.number(of: run.style)
        let text = CursesTerminal.placeable(run.text)
        shim_put(Int32(run.y), Int32(run.x), text, Int32(text.count), paint.attributes, Int32(paint.pair))
    }

    /// The run's characters; where the C library counts columns differently, question marks keep the place.
    private static func placeable(_ text: String) -> [wchar_t] {
        var result: [wchar_t] = []
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let character = wchar_t(bitPattern: scalar.value)
            let columns = ScalarWidth.columns(scalar)
            if scalar.isASCII || wcwidth(character) == Int32(columns) {
                result.append(character)
            } else {
                for _ in 0..<columns { result.append(0x3F) }
            }
        }
        return result
    }
}

extension CursesTerminal {
    package func release() {
        guard isTaken else { return }
        isTaken = false
        line.write(CursesTerminal.modesOff)
        endwin()
        line.restoreModes()
        terminal_disarm()
        terminal_ignore_signals()
    }

    package func takeBack() {
        guard !isTaken else {
            // Continued after a stop that nobody announced: the shell has had the terminal meanwhile.
            reset_prog_mode()
            line.write(CursesTerminal.modesOn)
            shim_redraw_all()
            return
        }
        line.flushInput()
        line.drainSignals()
        reset_prog_mode()
        enter()
        shim_redraw_all()
    }

    package func stop() {
        release()
        terminal_stop()
        takeBack()
    }

    /// Gives the terminal back for good.
    package func close() {
        guard let screen else { return }
        release()
        self.screen = nil
        delscreen(screen)
        fclose(file)
    }

    private func setUp() {
        raw()
        noecho()
        nonl()
        keypad(shim_screen(), true)
        intrflush(shim_screen(), false)
        scrollok(shim_screen(), false)
        leaveok(shim_screen(), false)
        def_prog_mode()
        enter()
    }

    private func enter() {
        isTaken = true
        line.watchSignals()
        // Prepared when the modes are entered: a crash has no time to think.
        let restore =
            CursesTerminal.modesOff
            + ["rmkx", "cnorm", "sgr0", "op", "rmcup"].compactMap { (name: String) in
                shim_string(name).map { String(cString: $0) }
            }.map(CursesTerminal.withoutPadding).joined() + "\r"
        var saved = line.saved
        terminal_arm(line.output, &saved, restore, crashMessage)
        line.write(CursesTerminal.modesOn)
    }

    /// Bracketed paste; ncurses knows nothing of it.
    private static let modesOn = "\u{1B}[?2004h"
    private static let modesOff = "\u{1B}[?2004l"

    /// Descriptions write delays as `$<5>`; no terminal of today needs them.
    private static func withoutPadding(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "$") {
            result += rest[..<start]
            rest = rest[start...]
            guard rest.dropFirst().first == "<", let end = rest.firstIndex(of: ">") else {
                result.append(rest.removeFirst())
                continue
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func open(
        _ names: [String], _ environment: [String: String], _ line: TerminalLine, _ file: UnsafeMutablePointer<FILE>
    ) -> (OpaquePointer, String)? {
        for name in names {
            let isGuess = name != environment["TERM"]
            // Only a terminal that answers like an xterm is taken for one.
            if name == "xterm-256color", isGuess, !line.answersQuery(within: 200) { continue }
            if let screen = newterm(name, file, file) { return (screen, name) }
        }
        return nil
    }

    /// True when characters beyond ASCII can be written.
    private static func setLocale(_ environment: [String: String]) -> Bool {
        let isSet = setlocale(LC_CTYPE, "") != nil
        func isUTF8() -> Bool { nl_langinfo(nl_item(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false }
        if isSet, isUTF8() { return true }
        guard TerminalChoice.asksForUTF8(environment) else { return false }
        for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8() {
            return true
        }
        return false
    }
}

/// The theme's paints as ncurses numbers them: a pair of colours gets a number when it is first used.
private struct Paints {
    let wantsColor: Bool
    private let theme: Theme
    private let depth: ColorDepth
    private var pairs: [[Int]: Int]
    private let limit: Int

    init(_ theme: Theme, wantsColor: Bool, after old: Paints? = nil) {
        // How many colours and pairs there are is known only once colour was started.
        if old == nil, wantsColor, has_colors() {
            start_color()
            use_default_colors()
        }
        let colors = wantsColor ? Int(shim_colors()) : 0
        depth = ColorDepth(count: colors, isDirect: shim_is_direct())
        self.theme = depth == .none ? .monochrome : theme
        self.wantsColor = wantsColor
        // Pair numbers are short integers in the calls that all versions have.
        limit = min(Int(shim_pairs()), Int(Int16.max))
        pairs = old?.pairs ?? [:]
    }

    mutating func number(of style: Style) -> (attributes: attr_t, pair: Int) {
        let paint = theme.paint(for: style)
        var attributes: attr_t = 0
        if paint.attributes.contains(.bold) { attributes |= shim_bold() }
        if paint.attributes.contains(.underline) { attributes |= shim_underline() }
        if paint.attributes.contains(.reverse) { attributes |= shim_reverse() }
        guard depth != .none else { return (attributes, 0) }
        let colors = [paint.foreground.number(at: depth) ?? -1, paint.background.number(at: depth) ?? -1]
        if colors == [-1, -1] { return (attributes, 0) }
        if let known = pairs[colors] { return (attributes, known) }
        let next = pairs.count + 1
        guard next < limit, init_extended_pair(Int32(next), Int32(colors[0]), Int32(colors[1])) == OK else {
            return (attributes, 0)
        }
        pairs[colors] = next
        return (attributes, next)
    }
}
