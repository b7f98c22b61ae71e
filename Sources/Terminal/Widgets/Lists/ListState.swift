/// What a list remembers: which thing is selected, which are marked, what part is shown.
///
/// Selection and marks hold identities, not row numbers: rows may come, go and be sorted anew below them.
package struct ListState<ID: Hashable & Sendable>: Sendable, Equatable {
    package private(set) var selection: ID?
    /// Where the selection was last seen: where it goes when its row is gone.
    package private(set) var index = 0
    package var marks: Set<ID> = []
    package var window = Window()
    /// Columns that are scrolled away on the left.
    package var column = 0
    /// Where a range of marks was begun.
    package private(set) var anchor: ID?

    package init(selection: ID? = nil) {
        self.selection = selection
    }

    package mutating func select(_ id: ID?, at index: Int) {
        selection = id
        self.index = max(0, index)
    }

    /// Moves through `count` rows of which `page` are on the screen.
    package mutating func move(_ move: Move, count: Int, page: Int, id: (Int) -> ID) {
        guard count > 0 else { return select(nil, at: 0) }
        let start = selection == nil ? (move == .down ? -1 : index) : index
        let target = move.target(from: start, count: count, page: page)
        select(id(target), at: target)
        window.follow(height: page, count: count, selected: target)
    }

    /// Finds the selection again after the rows have changed; if it is gone, takes the row that is in its place.
    package mutating func reconcile(count: Int, id: (Int) -> ID) {
        guard count > 0 else { return select(nil, at: 0) }
        if let selection {
            if index < count, id(index) == selection { return }
            if let found = (0..<count).first(where: { id($0) == selection }) {
                // The row keeps its place on the screen.
                window.top = max(0, window.top + found - index)
                return select(selection, at: found)
            }
        }
        let place = min(index, count - 1)
        select(id(place), at: place)
    }

    package mutating func toggleMark() {
        guard let selection else { return }
        if marks.remove(selection) == nil { marks.insert(selection) }
        anchor = selection
    }

    /// Marks all of these, or takes the marks away where all have one.
    package mutating func toggleMarks(of ids: [ID]) {
        if ids.allSatisfy(marks.contains) {
            marks.subtract(ids)
        } else {
            marks.formUnion(ids)
        }
    }

    /// Marks everything between where a mark was last set and the selection.
    package mutating func markRange(count: Int, id: (Int) -> ID) {
        guard selection != nil, index < count else { return }
        let start = anchor.flatMap { anchor in (0..<count).first { id($0) == anchor } } ?? index
        for row in min(start, index)...max(start, index) { marks.insert(id(row)) }
        anchor = selection
    }
}
