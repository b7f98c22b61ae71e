/// A terminal as the loop sees it; there is a real one and one in memory.
package protocol TerminalSession {
    /// Asked at the start of every frame.
    var size: Size { get }
    /// A monotonic time.
    var now: Duration { get }
    /// Wakes `wait` from any thread.
    var wake: @Sendable () -> Void { get }

    /// Sleeps until something happens or the time is over, then returns all that has happened.
    mutating func wait(for timeout: Duration?) -> [SessionEvent]

    /// Writes what differs from what is shown. False when the terminal cannot take it now: `wait` reports `writable`.
    mutating func present(_ screen: Screen, runs: [Run], isFull: Bool) -> Bool

    /// Gives the terminal back to the shell or to a child program.
    mutating func release()
    /// Takes it again; the next frame must be a full one.
    mutating func takeBack()
    /// Stops the process, as `^Z` does, until the shell continues it. The terminal is released meanwhile.
    mutating func stop()
}

/// What a terminal can report.
package enum SessionEvent: Hashable, Sendable {
    case input([UInt8])
    case resized
    case woken
    /// The terminal takes output again.
    case writable
    case interrupt
    case stop
    case continued
    case ending(Ending)
}
