/// A column of a table.
package struct Column: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable { case left, right }

    package var title: SafeText
    /// At least so many columns, or the column is dropped.
    package var minimum: Int
    /// At most so many; what is left over is shared by the columns that may grow.
    package var maximum: Int
    package var alignment: Alignment
    /// 0 is never dropped; the highest goes first when the room is short.
    package var priority: Int
    package var elision: SafeText.Elision

    package init(
        _ title: SafeText,
        _ minimum: Int,
        upTo maximum: Int? = nil,
        _ alignment: Alignment = .left,
        priority: Int = 0,
        elision: SafeText.Elision = .end
    ) {
        self.title = title
        self.minimum = max(1, minimum)
        self.maximum = max(self.minimum, maximum ?? minimum)
        self.alignment = alignment
        self.priority = priority
        self.elision = elision
    }
}

/// Rows under headed columns; only what is on the screen is asked for, so any number of rows costs the same.
package struct Table<ID: Hashable & Sendable> {
    package var columns: [Column]
    package var count: Int
    package var id: (Int) -> ID
    /// One line a column, for the row at an index; a single line takes the whole width.
    package var cells: (Int) -> [Line]
    /// Stands in the middle when there are no rows.
    package var empty: SafeText
    package var hasHeader: Bool
    package var isFocused: Bool

    package init(
        _ columns: [Column],
        count: Int,
        id: @escaping (Int) -> ID,
        empty: SafeText = "nothing here",
        hasHeader: Bool = true,
        isFocused: Bool = true,
        cells: @escaping (Int) -> [Line]
    ) {
        self.columns = columns
        self.count = count
        self.id = id
        self.cells = cells
        self.empty = empty
        self.hasHeader = hasHeader
        self.isFocused = isFocused
    }

    /// Rows that fit into a height: what to pass to `ListState.move` as the page.
    package func page(height: Int) -> Int {
        max(0, height - (hasHeader ? 1 : 0))
    }

    /// Columns of the gutter: pointer, mark, blank.
    private let gutter = 5
    private let gap = 2

    /// Draws the table and returns where the selected row stands, for the hardware cursor.
    @discardableResult
    package func draw(_ state: ListState<ID>, in rect: Rect, on surface: inout Surface) -> Point? {
        var body = rect
        let lead = rect.width >= 30 ? gutter : 3
        var inner = rect
        _ = inner.takeLeft(lead)
        let layout = Self.layout(columns, width: inner.width, gap: gap)
        if hasHeader { drawHeader(layout, in: body.takeTop(1), inner: inner, on: &surface) }
        guard count > 0 else {
            surface.draw(
                empty.truncated(to: max(0, inner.width)), in: Rect(inner.x, body.y, inner.width, min(1, body.height)),
                .dim)
            return nil
        }
        let selected = state.selection == nil ? nil : state.index
        let shown = state.window.visible(height: body.height, count: count, selected: selected)
        var cursor: Point?
        for row in shown {
            let place = body.takeTop(1)
            let isSelected = row == state.index && state.selection == id(row)
            drawRow(
                row, layout, in: place, lead: lead, isMarked: state.marks.contains(id(row)), isSelected, on: &surface)
            if isSelected { cursor = Point(place.x + min(1, max(0, place.width - 1)), place.y) }
        }
        return cursor
    }

    private func drawHeader(_ layout: [Placed], in rect: Rect, inner: Rect, on surface: inout Surface) {
        for place in layout {
            let title = Line(columns[place.index].title, .dim)
            drawCell(title, place, in: Rect(inner.x, rect.y, inner.width, rect.height), on: &surface)
        }
    }

    private func drawRow(
        _ row: Int, _ layout: [Placed], in rect: Rect, lead: Int, isMarked: Bool, _ isSelected: Bool,
        on surface: inout Surface
    ) {
        let cells = cells(row)
        let inner = Rect(rect.x + lead, rect.y, rect.width - lead, rect.height)
        if isSelected { surface.draw(SafeText(clean: String(Character(Glyph.pointer))), in: rect.moved(1), .accent) }
        if isMarked {
            surface.draw(SafeText(clean: String(Character(Glyph.mark))), in: rect.moved(lead > 3 ? 3 : 2), .mark)
        }
        if cells.count == 1, columns.count > 1 {
            surface.draw(cells[0].truncated(to: inner.width), in: inner)
        } else {
            for place in layout where place.index < cells.count {
                drawCell(cells[place.index], place, in: inner, on: &surface)
            }
        }
        if isSelected, isFocused { surface.restyle(rect, .selection) }
    }

    private func drawCell(_ line: Line, _ place: Placed, in rect: Rect, on surface: inout Surface) {
        let area = Rect(rect.x + place.x, rect.y, place.width, rect.height)
        let column = columns[place.index]
        let text = line.truncated(to: place.width, column.elision)
        switch column.alignment {
        case .left: surface.draw(text, in: area)
        case .right: surface.drawRight(text, in: area)
        }
    }
}

extension Table {
    /// A column that is shown: which, where and how wide.
    struct Placed: Hashable {
        var index: Int
        var x: Int
        var width: Int
    }

    /// Drops columns of low priority until the rest fits, then lets those grow that may, all at the same pace.
    static func layout(_ columns: [Column], width: Int, gap: Int) -> [Placed] {
        var kept = Array(columns.indices)
        func needed() -> Int {
            kept.reduce(0) { $0 + columns[$1].minimum } + gap * max(0, kept.count - 1)
        }
        while needed() > width,
            let worst = kept.max(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) }),
            columns[worst].priority > 0
        {
            kept.removeAll { $0 == worst }
        }
        let widths = shares(of: max(0, width - needed()), among: kept.map { columns[$0] })
        var x = 0
        return zip(kept, widths).compactMap { index, share in
            let wide = min(share, max(0, width - x))
            defer { x += wide + gap }
            return wide > 0 ? Placed(index: index, x: x, width: wide) : nil
        }
    }

    /// The widths of columns that share what is left over; the first ones get what can't be shared evenly.
    private static func shares(of spare: Int, among columns: [Column]) -> [Int] {
        var widths = columns.map(\.minimum)
        var spare = spare
        while spare > 0 {
            let growing = columns.indices.filter { widths[$0] < columns[$0].maximum }
            guard !growing.isEmpty else { break }
            let step = max(1, spare / growing.count)
            for index in growing where spare > 0 {
                let extra = min(step, spare, columns[index].maximum - widths[index])
                widths[index] += extra
                spare -= extra
            }
        }
        return widths
    }
}

extension Rect {
    /// The part from `columns` on.
    func moved(_ columns: Int) -> Rect {
        Rect(x + columns, y, width - columns, height)
    }
}
