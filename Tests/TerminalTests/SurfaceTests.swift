import Testing

@testable import Terminal

@Suite struct SurfaceTests {
    @Test func `text is cut at the edge of its part`() {
        var surface = Surface(Size(8, 2))
        surface.draw("abcdef", in: Rect(1, 0, 4, 1))
        surface.draw("xyz", in: Rect(6, 1, 9, 1), .ok)
        #expect(surface.rows == [" abcd", "      xy"])
        #expect(surface.styleRows == [" ....", "      oo"])
    }

    @Test func `a wide glyph never straddles an edge`() {
        var surface = Surface(Size(5, 1))
        surface.draw("日本語", in: surface.bounds)
        #expect(surface.rows == ["日本"])
        surface.draw("x", in: Rect(1, 0, 1, 1))
        #expect(surface.rows == [" x本"])
    }

    @Test func `marks stay on their letter`() {
        var surface = Surface(Size(4, 1))
        #expect(surface.draw("e\u{301}a", in: surface.bounds) == 2)
        #expect(surface.rows == ["e\u{301}a"])
    }

    @Test func `a box keeps its corners and its inside`() {
        var surface = Surface(Size(4, 3))
        surface.drawBox(surface.bounds)
        #expect(surface.rows == ["┌──┐", "│  │", "└──┘"])
        #expect(surface.inASCII().rows == ["+--+", "|  |", "+--+"])
    }

    @Test func `every role has its own letter`() {
        #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    }

    @Test(arguments: 0..<60) func `the difference makes the new picture of the old`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let size = Size(Int.random(in: 0...40, using: &dice), Int.random(in: 0...8, using: &dice))
        var old = Surface(size)
        scribble(on: &old, &dice)
        var new = old
        scribble(on: &new, &dice)
        var shown = old
        shown.apply(new.runs(over: old))
        #expect(shown.rows == new.rows)
        #expect(shown.styleRows == new.styleRows)
        #expect(new.runs(over: shown).isEmpty)
        for run in new.runs(over: nil) {
            #expect(SafeText(clean: run.text).width == run.columns)
        }
    }

    @Test(arguments: 0..<40) func `copying keeps every glyph whole`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var source = Surface(Size(20, 4))
        scribble(on: &source, &dice)
        var target = Surface(Size(20, 4))
        scribble(on: &target, &dice)
        target.draw(source, at: Point(Int.random(in: -5...15, using: &dice), Int.random(in: -2...3, using: &dice)))
        for y in 0..<4 {
            let wide = (0..<20).reduce(0) { $0 + Int(target[$1, y].width) }
            #expect(wide == 20)
        }
    }

    private func scribble(on surface: inout Surface, _ dice: inout Dice) {
        for _ in 0..<6 {
            let rect = Rect(
                Int.random(in: -3...surface.width + 2, using: &dice), Int.random(in: -1...surface.height, using: &dice),
                Int.random(in: 0...30, using: &dice), 1)
            let role = Role.allCases[Int.random(in: 0..<Role.allCases.count, using: &dice)]
            surface.draw(SafeText(untrusted: dice.hostileText(upTo: 20)), in: rect, Style(role))
        }
    }

    @Test func `shares never exceed the length`() {
        #expect(Share.divide(20, among: [.fixed(5), .flexible(1), .flexible(2)], gap: 1) == [5, 4, 9])
        #expect(Share.divide(3, among: [.fixed(5), .flexible(1)], gap: 1) == [2, 0])
        #expect(Share.divide(0, among: [.fixed(5), .flexible(1)], gap: 3) == [0, 0])
    }
}
