import Testing

@testable import Terminal

@Suite struct LogPaneTests {
    private func pane(_ count: Int, limit: Int = 100) -> LogPane {
        var pane = LogPane(limit: limit)
        for index in 0..<count { pane.append(LogLine(untrusted: "line \(index)")) }
        return pane
    }

    private func rows(_ pane: LogPane, _ width: Int = 20, _ height: Int = 3) -> [String] {
        var surface = Surface(Size(width, height))
        pane.draw(in: surface.bounds, on: &surface)
        return surface.rows
    }

    @Test func `it follows until one scrolls up, and again at the end`() {
        var pane = pane(10)
        #expect(rows(pane) == ["line 7", "line 8", "line 9"])
        pane.move(.up, height: 3)
        pane.append(LogLine(untrusted: "new"))
        #expect(!pane.follows)
        #expect(rows(pane) == ["line 6", "line 7", "line 8"])
        pane.move(.last, height: 3)
        #expect(pane.follows)
        #expect(rows(pane).last == "new")
    }

    @Test func `what is dropped is counted`() {
        let pane = pane(126)
        #expect(pane.droppedCount == 26)
        #expect(pane.lines.count == 100)
    }

    @Test func `filter, errors, wrap and following do not touch each other`() {
        var pane = pane(30)
        pane.append(LogLine(untrusted: "line 31 broke", isError: true))
        pane.append(LogLine(untrusted: "other broke", isError: true))
        pane.filter = "1 LINE"
        pane.wraps = true
        #expect(rows(pane, 9, 3) == ["line 21", "line 31", "  broke"])
        pane.showsErrorsOnly = true
        #expect(pane.shown.map(\.plain) == ["line 31 broke"])
        pane.filter = ""
        #expect(pane.shown.map(\.plain) == ["line 31 broke", "other broke"])
        #expect(pane.follows && pane.wraps)
    }

    @Test func `sideways it goes as far as the longest line, and not at all while it wraps`() {
        var pane = LogPane()
        pane.append(LogLine(untrusted: "0123456789"))
        pane.moveSideways(100, width: 6)
        #expect(rows(pane, 6, 1) == ["456789"])
        pane.moveSideways(-100, width: 6)
        pane.wraps = true
        pane.moveSideways(4, width: 6)
        #expect(rows(pane, 6, 2).first == "012345")
    }

    @Test func `it is emptied without losing how it is shown`() {
        var pane = pane(126)
        pane.filter = "x"
        pane.clear()
        #expect(pane.lines.isEmpty && pane.droppedCount == 0 && pane.filter == "x")
    }

    @Test func `colours become roles and all other sequences vanish`() {
        let line = LogLine(untrusted: "\u{1B}[1;31mError\u{1B}[0m: \u{1B}]0;title\u{7}x\u{1B}[2Ky\u{1B}(B\u{9B}").line
        #expect(line.plain == "Error: xy(B<U+009B>")
        #expect(line.spans.first == Span("Error", Style(.fail, .bold)))
        #expect(LogLine(untrusted: "\u{1B}]52;c;aGk=\u{1B}\\ok").line.plain == "ok")
        #expect(LogLine(untrusted: "cut \u{1B}[3").line.plain.hasPrefix("cut "))
    }
}
