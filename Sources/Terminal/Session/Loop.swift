/// Runs an app on a terminal: sleeps, takes in all that has happened, draws once.
///
/// A plain function on the thread that calls it. It draws at once after a key; frames that only messages cause are
/// held so that two are `frameGap` apart. While nothing happens, nothing runs.
package struct Loop<Program: App, Session: TerminalSession> {
    package private(set) var app: Program
    package private(set) var session: Session
    /// Where answers and news are put, from any task.
    package let inbox: Inbox<Program.Message>
    private let start: (Program.Effect, LoopControl<Program.Message>) -> Void
    private var decoder = InputDecoder()
    private var shown: Surface?
    private var shownCursor: (Point?, Bool) = (nil, false)
    private var size: Size
    private var isDirty = true
    /// Something a person did is not drawn yet.
    private var isUrgent = true
    private var isBlocked = false
    private var lastFrame: Duration?
    private var tickAt: Duration?
    private var escapeAt: Duration?
    private var ending: Ending?
    private let escapeDelay: Duration
    private let frameGap: Duration = .milliseconds(33)

    /// - Parameters:
    ///   - app: The state to begin with; its first event is the size.
    ///   - session: The terminal, already taken.
    ///   - escapeDelay: How long a lone Esc waits for the rest of a sequence.
    ///   - start: Starts an effect and returns at once; answers go to the control's inbox.
    package init(
        _ app: Program,
        on session: Session,
        escapeDelay: Duration = .milliseconds(25),
        start: @escaping (Program.Effect, LoopControl<Program.Message>) -> Void
    ) {
        self.app = app
        self.session = session
        self.escapeDelay = escapeDelay
        self.start = start
        inbox = Inbox(wake: session.wake)
        size = session.size
    }

    /// Runs until the app sets its exit code or a signal ends it, and returns the code for the shell.
    package mutating func run() -> Int32 {
        send(.resize(size))
        while app.exitCode == nil, ending == nil {
            drawIfDue()
            take(session.wait(for: timeout))
        }
        return ending?.exitCode ?? app.exitCode ?? 0
    }

    private mutating func send(_ event: AppEvent<Program.Message>) {
        isDirty = true
        for effect in app.update(event) {
            let control = LoopControl(inbox: inbox)
            start(effect, control)
            if let child = control.child { runChild(child) }
        }
    }

    /// Lends the terminal to what runs in the foreground, such as an editor.
    private mutating func runChild(_ child: () -> Program.Message) {
        session.release()
        let message = child()
        session.takeBack()
        decoder = InputDecoder()
        shown = nil
        send(.message(message))
    }
}

/// What the start of an effect may do to the loop.
package final class LoopControl<Message: Sendable> {
    package let inbox: Inbox<Message>
    fileprivate var child: (() -> Message)?

    fileprivate init(inbox: Inbox<Message>) {
        self.inbox = inbox
    }

    /// Runs `body` with the terminal released, once this call has returned, and sends its message to the app.
    package func runInForeground(_ body: @escaping () -> Message) {
        child = body
    }
}

extension Loop {
    private var timeout: Duration? {
        let frameAt = isDirty && !isBlocked ? lastFrame.map { $0 + frameGap } : nil
        let next = [tickAt, escapeAt, frameAt].compactMap { $0 }.min()
        return next.map { max(.zero, $0 - session.now) }
    }

    private mutating func take(_ events: [SessionEvent]) {
        for event in events { take(event) }
        for message in inbox.takeAll() { send(.message(message)) }
        let now = session.now
        if let due = escapeAt, due <= now {
            escapeAt = nil
            take(decoder.flush())
        }
        if let due = tickAt, due <= now {
            tickAt = nil
            send(.tick(now))
        }
    }

    private mutating func take(_ event: SessionEvent) {
        switch event {
        case .input(let bytes):
            take(decoder.decode(bytes))
            escapeAt = decoder.isWaiting ? session.now + escapeDelay : nil
        case .resized:
            measure()
        case .woken:
            break
        case .writable:
            isBlocked = false
        case .interrupt:
            take([.key("Ctrl-C")])
            if app.exitCode != nil { ending = .interrupt }
        case .stop:
            session.stop()
            restart()
        case .continued:
            session.takeBack()
            restart()
        case .ending(let reason):
            send(.ending(reason))
            ending = reason
        }
    }

    private mutating func take(_ inputs: [InputDecoder.Input]) {
        for input in inputs where app.exitCode == nil {
            isUrgent = true
            switch input {
            case .key("Ctrl-Z"):
                session.stop()
                restart()
            case .key("Ctrl-L"):
                shown = nil
                isDirty = true
            case .key(let key): send(.key(key))
            case .paste(let text): send(.paste(text))
            }
        }
    }

    private mutating func restart() {
        decoder = InputDecoder()
        escapeAt = nil
        shown = nil
        isUrgent = true
        measure()
        send(.resumed)
    }

    private mutating func measure() {
        let current = session.size
        guard current != size else { return }
        size = current
        shown = nil
        isUrgent = true
        send(.resize(size))
    }

    private mutating func drawIfDue() {
        guard isDirty, !isBlocked else { return }
        let now = session.now
        if !isUrgent, let lastFrame, now < lastFrame + frameGap { return }
        measure()
        let screen = app.view(size)
        let runs = screen.surface.runs(over: shown)
        let cursor = (screen.cursor, screen.isCursorVisible)
        if shown == nil || !runs.isEmpty || cursor != shownCursor {
            guard session.present(screen, runs: runs, isFull: shown == nil) else {
                isBlocked = true
                return
            }
        }
        shown = screen.surface
        shownCursor = cursor
        isDirty = false
        isUrgent = false
        lastFrame = now
        // A tick that is already on its way is not put off by frames that keys cause.
        tickAt = screen.nextTick.map { wanted in
            guard let tickAt, tickAt > now else { return now + wanted }
            return min(tickAt, now + wanted)
        }
    }
}
