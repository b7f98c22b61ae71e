/// A terminal for tests: input is a script, frames are kept, time passes only while the loop sleeps.
package struct MemoryTerminal: TerminalSession {
    /// One thing that happens; each is a separate wake-up of the loop.
    package enum Step: Hashable, Sendable {
        /// A script of keys, as `KeyEvent.script` reads it, all queued at once.
        case keys(String)
        case bytes([UInt8])
        case paste(String)
        case resize(Size)
        case pause(Duration)
        case event(SessionEvent)
    }

    package private(set) var size: Size
    package private(set) var now: Duration = .zero
    package let wake: @Sendable () -> Void = {}
    private var steps: ArraySlice<Step>
    package private(set) var frames: [Screen] = []
    /// What the terminal shows, made from the differences it was sent: must equal the last frame.
    package private(set) var shown: Surface
    package private(set) var releases = 0

    package init(_ size: Size = Size(80, 24), _ steps: [Step] = []) {
        self.size = size
        self.steps = steps[...]
        shown = Surface(size)
    }

    package mutating func wait(for timeout: Duration?) -> [SessionEvent] {
        if let timeout, timeout <= .zero { return [] }
        // What a loop waits for comes before the next step: ticks, held frames, a lone Esc.
        if let timeout, timeout <= .milliseconds(33) {
            now += timeout
            return []
        }
        guard let step = steps.popFirst() else { return [.ending(.hangUp)] }
        switch step {
        case .keys(let text): return [.input(KeyEvent.script(text).flatMap(\.bytes))]
        case .bytes(let bytes): return [.input(bytes)]
        case .paste(let text): return [.input(Array("\u{1B}[200~\(text)\u{1B}[201~".utf8))]
        case .resize(let size):
            self.size = size
            return [.resized]
        case .pause(let length):
            let slept = min(length, timeout ?? length)
            now += slept
            if slept < length { steps.insert(.pause(length - slept), at: steps.startIndex) }
            return []
        case .event(let event): return [event]
        }
    }

    package mutating func present(_ screen: Screen, runs: [Run], isFull: Bool) -> Bool {
        if isFull || shown.size != screen.surface.size { shown = Surface(screen.surface.size) }
        shown.apply(runs)
        frames.append(screen)
        return true
    }

    package mutating func release() { releases += 1 }
    package mutating func takeBack() {}
    package mutating func stop() { releases += 1 }
}

extension KeyEvent {
    /// What a terminal sends for the key: the other direction of `InputDecoder`.
    package var bytes: [UInt8] {
        let alt: [UInt8] = modifiers.contains(.alt) ? [0x1B] : []
        let number = 1 + Int(modifiers.rawValue)
        func csi(_ text: String) -> [UInt8] { Array("\u{1B}[\(text)".utf8) }
        func cursor(_ letter: String) -> [UInt8] { csi(number == 1 ? letter : "1;\(number)\(letter)") }
        func tilde(_ code: Int) -> [UInt8] { csi(number == 1 ? "\(code)~" : "\(code);\(number)~") }
        switch key {
        case .character(let character):
            guard modifiers.contains(.ctrl), let ascii = character.asciiValue else {
                return alt + Array(String(character).utf8)
            }
            return alt + [ascii == 0x20 ? 0 : ascii & 0x1F]
        case .enter: return alt + [0x0D]
        // Behind a lone Esc comes a pause; in a script the sequence that newer terminals send stands for both.
        case .escape: return csi("27u")
        case .tab: return modifiers.contains(.shift) ? csi("Z") : alt + [0x09]
        case .backspace: return alt + [0x7F]
        case .insert: return tilde(2)
        case .delete: return tilde(3)
        case .pageUp: return tilde(5)
        case .pageDown: return tilde(6)
        case .up: return cursor("A")
        case .down: return cursor("B")
        case .right: return cursor("C")
        case .left: return cursor("D")
        case .end: return cursor("F")
        case .home: return cursor("H")
        case .function(let number):
            let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
            return number >= 1 && number <= codes.count ? tilde(codes[number - 1]) : []
        }
    }
}
