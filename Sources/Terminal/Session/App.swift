/// What a program is to the loop: a state that events change and that can be looked at.
package protocol App {
    /// What effects answer with.
    associatedtype Message: Sendable
    /// What is to be done outside; a value, so that tests can read it.
    associatedtype Effect: Sendable

    /// Takes in one event, at once and for every event there is.
    mutating func update(_ event: AppEvent<Message>) -> [Effect]

    /// The picture of this state, and nothing else: called at any time, at any size.
    func view(_ size: Size) -> Screen

    /// When set, the loop ends with this exit code.
    var exitCode: Int32? { get }
}

/// What can happen to a program.
package enum AppEvent<Message: Sendable>: Sendable {
    case key(KeyEvent)
    case paste(String)
    /// The first event, and whenever the size has changed.
    case resize(Size)
    /// The time has come that the last view asked for, as a monotonic time.
    case tick(Duration)
    case message(Message)
    /// The terminal was given back, or a child program ended: data may be old.
    case resumed
    /// The program must end: save what is unsaved. Effects of this event are started, then the loop ends.
    case ending(Ending)
}

/// Why a program must end.
package enum Ending: Hashable, Sendable {
    /// `interrupt` where a signal, not a key, asked an app to stop and it did.
    case terminate, hangUp, interrupt

    /// What shells expect of a program that a signal ended.
    package var exitCode: Int32 {
        switch self {
        case .terminate: 143
        case .hangUp: 129
        case .interrupt: 130
        }
    }
}

extension AppEvent: Equatable where Message: Equatable {}

/// One frame, and what the terminal should be doing with it.
package struct Screen: Sendable {
    package var surface: Surface
    /// Where the hardware cursor stands: the selected row or the edited character; screen readers follow it.
    package var cursor: Point?
    package var isCursorVisible: Bool
    /// After this time the view wants a tick; nil where nothing on the screen changes by itself.
    package var nextTick: Duration?

    package init(
        _ surface: Surface, cursor: Point? = nil, isCursorVisible: Bool = false, nextTick: Duration? = nil
    ) {
        self.surface = surface
        self.cursor = cursor
        self.isCursorVisible = isCursorVisible
        self.nextTick = nextTick
    }
}
