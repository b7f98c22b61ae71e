import Testing

@testable import Terminal

/// Counts keys, ticks on request, and leaves on `q`.
private struct Counter: App {
    enum Effect: Equatable, Sendable { case fetch, edit }

    var events: [AppEvent<String>] = []
    var wantsTick = false
    var exitCode: Int32?

    mutating func update(_ event: AppEvent<String>) -> [Effect] {
        events.append(event)
        switch event {
        case .key("q"): exitCode = 7
        case .key("f"): return [.fetch]
        case .key("e"): return [.edit]
        case .key("t"): wantsTick = true
        case .tick: wantsTick = false
        case .key, .paste, .resize, .message, .resumed, .ending: break
        }
        return []
    }

    func view(_ size: Size) -> Screen {
        var surface = Surface(size)
        surface.draw("\(events.count) events", in: surface.bounds)
        return Screen(surface, nextTick: wantsTick ? .seconds(2) : nil)
    }
}

@Suite struct LoopTests {
    private func run(_ steps: [MemoryTerminal.Step]) -> (code: Int32, app: Counter, terminal: MemoryTerminal) {
        var loop = Loop(Counter(), on: MemoryTerminal(Size(20, 3), steps)) { effect, control in
            switch effect {
            case .fetch: control.inbox.post("fetched")
            case .edit: control.runInForeground { "edited" }
            }
        }
        let code = loop.run()
        return (code, loop.app, loop.session)
    }

    @Test func `all queued keys are taken in before one frame is drawn`() {
        let result = run([.keys(String(repeating: "j", count: 200)), .keys("q")])
        #expect(result.code == 7)
        #expect(result.app.events.count == 202)
        #expect(result.terminal.frames.map { $0.surface.rows[0] } == ["1 events", "201 events"])
        #expect(result.terminal.shown.rows == result.terminal.frames.last?.surface.rows)
    }

    @Test func `effects answer by messages`() {
        let result = run([.keys("f"), .keys("q")])
        #expect(result.app.events == [.resize(Size(20, 3)), .key("f"), .message("fetched"), .key("q")])
    }

    @Test func `a child program has the terminal to itself`() {
        let result = run([.keys("e"), .keys("q")])
        #expect(result.app.events.contains(.message("edited")))
        #expect(result.terminal.releases == 1)
    }

    @Test func `time comes only when it was asked for`() {
        let result = run([.pause(.seconds(60)), .keys("t"), .pause(.seconds(60)), .keys("q")])
        #expect(result.app.events.count { if case .tick = $0 { true } else { false } } == 1)
        #expect(result.terminal.frames.count == 3)
    }

    @Test func `a lone Esc is a key after its delay`() {
        let result = run([.bytes([0x1B]), .keys("q")])
        #expect(result.app.events.contains(.key("Esc")))
    }

    @Test func `a new size is an event and a full frame`() {
        let result = run([.resize(Size(10, 2)), .keys("q")])
        #expect(result.app.events.contains(.resize(Size(10, 2))))
        #expect(result.terminal.shown.size == Size(10, 2))
    }

    @Test func `signals end the loop with the shell's code`() {
        #expect(run([.event(.ending(.terminate))]).code == 143)
        let result = run([])
        #expect(result.code == 129)
        #expect(result.app.events.last == .ending(.hangUp))
    }

    @Test func `an interrupt is the key, and a stop is resumed`() {
        let result = run([.event(.interrupt), .keys("<Ctrl-Z>"), .keys("q")])
        #expect(result.app.events.contains(.key("Ctrl-C")))
        #expect(result.app.events.contains(.resumed))
        #expect(result.terminal.releases == 1)
    }
}
