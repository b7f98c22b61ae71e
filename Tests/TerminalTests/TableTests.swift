import Testing

@testable import Terminal

@Suite struct TableTests {
    private let names = ["alpha", "beta", "gamma", "delta", "epsilon"]

    private func table(_ rows: [String]) -> Table<String> {
        Table(
            [
                Column("NAME", 6, upTo: 20, elision: .middle), Column("USED", 4, .right, priority: 1),
                Column("NOTE", 8, priority: 2),
            ],
            count: rows.count, id: { rows[$0] }
        ) { row in
            [Line(SafeText(untrusted: rows[row])), Line("\(row * 7)"), Line("note \(row)", .dim)]
        }
    }

    @Test func `columns line up and the selected row is one colour`() {
        var surface = Surface(Size(44, 4))
        var state = ListState<String>(selection: "alpha")
        state.move(.down, count: 5, page: 3) { names[$0] }
        state.toggleMark()
        let cursor = table(names).draw(state, in: surface.bounds, on: &surface)
        #expect(
            surface.rows == [
                "     NAME                  USED  NOTE",
                "     alpha                    0  note 0",
                " ▸ * beta                     7  note 1",
                "     gamma                   14  note 2",
            ])
        #expect(surface.styleRows[2] == String(repeating: "s", count: 44))
        #expect(cursor == Point(1, 2))
    }

    @Test func `columns go by priority when the room is short`() {
        var surface = Surface(Size(20, 2))
        table(names).draw(ListState(), in: surface.bounds, on: &surface)
        #expect(surface.rows == ["   NAME         USED", "   alpha           0"])
        surface = Surface(Size(9, 2))
        table(names).draw(ListState(), in: surface.bounds, on: &surface)
        #expect(surface.rows == ["   NAME", "   alpha"])
    }

    @Test func `the list scrolls only when the selection would leave it`() {
        var state = ListState<Int>()
        let id = { (row: Int) in row }
        for _ in 0..<12 { state.move(.down, count: 100, page: 10, id: id) }
        #expect(state.index == 11 && state.window.top == 2)
        for _ in 0..<9 { state.move(.up, count: 100, page: 10, id: id) }
        #expect(state.index == 2 && state.window.top == 2)
        state.move(.last, count: 100, page: 10, id: id)
        #expect(state.index == 99 && state.window.top == 90)
        state.move(.halfUp, count: 100, page: 10, id: id)
        #expect(state.index == 94 && state.window.top == 90)
    }

    @Test func `the selection follows its identity`() {
        var state = ListState<String>()
        state.select("gamma", at: 2)
        let sorted = names.sorted().reversed().map { $0 }
        state.reconcile(count: 5) { sorted[$0] }
        #expect(state.selection == "gamma" && sorted[state.index] == "gamma")
        let fewer = ["alpha", "beta"]
        state.select("gamma", at: 2)
        state.reconcile(count: 2) { fewer[$0] }
        #expect(state.selection == "beta" && state.index == 1)
        state.reconcile(count: 0) { _ in "" }
        #expect(state.selection == nil)
    }

    @Test func `only visible rows are asked for`() {
        var asked = 0
        let big = Table([Column("N", 5)], count: 100_000, id: { $0 }) { row in
            asked += 1
            return ["\(row)"]
        }
        var surface = Surface(Size(40, 20))
        big.draw(ListState(), in: surface.bounds, on: &surface)
        #expect(asked == 19)
    }

    @Test func `a range of marks reaches from the last mark to the selection`() {
        var state = ListState<String>(selection: "alpha")
        state.toggleMark()
        state.select("gamma", at: 2)
        state.markRange(count: 5) { names[$0] }
        #expect(state.marks == ["alpha", "beta", "gamma"])
    }
}
