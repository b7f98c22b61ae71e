import Documents
import Schemas
import Terminal

/// Changing entries, and what stands in them with them.
extension FormModel.Section {
    /// Takes a key for an entry; `false` where it means nothing there.
    mutating func type(_ key: KeyEvent, at index: Int) -> Bool {
        if entries[index].isFixed { return false }
        let before = entries[index].edits
        defer { if entries.indices.contains(index), entries[index].edits != before { touch(index) } }
        if key == "Ctrl-_" { return undo(at: index) }
        switch (entries[index].role, entries[index].widget) {
        case (.table, .table): return typeTable(key, at: index)
        case (.table, .none) where key == "+":
            entries[index].change(.table(TableInput([])), kids: [])
            return addRow(to: index)
        case (.branch, .branch(var input)):
            guard input.handle(key) else { return false }
            choose(input.chosen, at: index)
            return true
        case (_, _): return entries[index].type(key)
        }
    }

    mutating func paste(_ text: String, at index: Int) -> Bool {
        guard !entries[index].isFixed, entries[index].paste(text) else { return false }
        touch(index)
        return true
    }

    /// Gives a value as a person would; with `nil` back to the default, or to nothing.
    mutating func give(_ value: Value?, at index: Int) {
        let given = value ?? entries[index].standard
        let kids = kids(of: index)
        entries[index].give(given, kids: entries[index].role.holdsEntries ? Array(entries[kids]) : nil)
        if entries[index].role.holdsEntries {
            let whole = layout(entries[index].part).whole(entries[index], given)
            entries.replaceSubrange(index..<kids.upperBound, with: whole)
        }
        touch(index)
    }

    private mutating func undo(at index: Int) -> Bool {
        let kids = kids(of: index)
        guard let last = entries[index].undo() else { return false }
        if let old = last.kids { entries.replaceSubrange(kids, with: old) }
        return true
    }

    /// Something in these was answered: a list or an object that was the default is given as a whole from now on.
    private mutating func touch(_ index: Int) {
        let ancestors = ancestors(of: index)
        for ancestor in ancestors where !entries[ancestor].isSet { entries[ancestor].mark() }
        if let table = ancestors.last(where: { entries[$0].hasNames }) { point(from: table) }
    }

    /// Chooses a branch; one that is new gets the defaults of its fields.
    mutating func choose(_ branch: Int?, at index: Int) {
        guard case .branch(var input) = entries[index].widget else { return }
        let kids = kids(of: index)
        let slots = slots(of: index)
        input.choose(branch)
        entries[index].change(.branch(input), kids: Array(entries[kids]))
        guard let branch, input.bases[branch].object?.isEmpty ?? false,
            slots[branch].allSatisfy({ !entries[$0].isSet })
        else { return }
        let new = layout(entries[index].part).branch(branch, of: entries[index], nil, givesStandards: true)
        entries.replaceSubrange(slots[branch], with: new)
    }
}

// MARK: - Rows

extension FormModel.Section {
    private mutating func typeTable(_ key: KeyEvent, at index: Int) -> Bool {
        switch key {
        case "Up": return step(-1, in: index)
        case "Down": return step(1, in: index)
        case "+": return addRow(to: index)
        case "Ctrl-Y": return copyRow(in: index)
        case "Ctrl-X", "Del", "Backspace": return removeRow(in: index)
        case "Alt-Up": return moveRow(by: -1, in: index)
        case "Alt-Down": return moveRow(by: 1, in: index)
        default: return false
        }
    }

    private mutating func step(_ count: Int, in index: Int) -> Bool {
        guard case .table(var table) = entries[index].widget, table.step(count) else { return false }
        entries[index].widget = .table(table)
        return true
    }

    /// Whether there are as many rows as there may be.
    func isFull(_ index: Int) -> Bool {
        guard let most = entries[index].mostRows else { return false }
        return entries[index].rowCount >= most
    }

    /// Adds an empty row at the end, and puts the cursor on it; `false` where there is no room.
    mutating func addRow(to index: Int) -> Bool {
        guard !isFull(index) else { return false }
        changeRows(of: index) { rows, table, layout, entry in
            let base: Value = (entry.hasNames ? entry.field.entry("") : entry.field.item(0))?.firstValue ?? .null
            rows.append(layout.row(rows.count, of: entry, base == .null ? nil : base, name: ""))
            table.bases.append(base)
            table.row = rows.count - 1
        }
        return true
    }

    /// Puts a copy of the row with the cursor behind it; an entry's name, and what each must have alone, is not copied.
    private mutating func copyRow(in index: Int) -> Bool {
        guard case .table(let table) = entries[index].widget, !table.isAtEnd, !isFull(index) else { return false }
        changeRows(of: index) { rows, table, _, _ in
            var copy = rows[table.row]
            for place in copy.indices where copy[place].role == .name || copy[place].field.isUnique {
                copy[place].take(nil)
                copy[place].wasLeft = false
            }
            rows.insert(copy, at: table.row + 1)
            table.bases.insert(table.bases[table.row], at: table.row + 1)
            table.row += 1
        }
        return true
    }

    private mutating func removeRow(in index: Int) -> Bool {
        guard case .table(let table) = entries[index].widget, !table.isAtEnd else { return true }
        changeRows(of: index) { rows, table, _, _ in
            rows.remove(at: table.row)
            table.bases.remove(at: table.row)
        }
        return true
    }

    private mutating func moveRow(by count: Int, in index: Int) -> Bool {
        guard case .table(let table) = entries[index].widget, table.bases.indices.contains(table.row),
            table.bases.indices.contains(table.row + count)
        else { return true }
        changeRows(of: index) { rows, table, _, _ in
            rows.swapAt(table.row, table.row + count)
            table.bases.swapAt(table.row, table.row + count)
            table.row += count
        }
        return true
    }

    private mutating func changeRows(
        of index: Int,
        _ change: (inout [[FormModel.Entry]], inout TableInput, FormLayout, FormModel.Entry) -> Void
    ) {
        guard case .table(var table) = entries[index].widget else { return }
        let kids = kids(of: index)
        let old = Array(entries[kids])
        var rows = slots(of: index).map { Array(entries[$0]) }
        change(&rows, &table, layout(entries[index].part), entries[index])
        for slot in rows.indices {
            for place in rows[slot].indices where rows[slot][place].depth == entries[index].depth + 1 {
                rows[slot][place].slot = slot
            }
        }
        entries[index].change(.table(table), kids: old)
        entries.replaceSubrange(kids, with: rows.joined())
        point(from: index)
    }

    /// Gives the fields of all rows, in this table and in those in it, their places as the rows stand now.
    mutating func point(from index: Int) {
        for place in index..<end(of: index) {
            guard case .table = entries[place].widget else { continue }
            let position = entries[place].field.pointer.steps.count
            for (slot, row) in slots(of: place).enumerated() {
                let step = entries[place].hasNames ? name(ofRow: row) : String(slot)
                for kid in row where entries[kid].field.pointer.steps[position] != step {
                    entries[kid].field = entries[kid].field.moved(step: position, to: step)
                }
            }
        }
    }
}

extension FormModel.Entry {
    /// The most rows that it may have; `nil` where there is no limit.
    var mostRows: Int? {
        switch field.kind {
        case .list(_, let counts), .table(_, let counts), .map(_, let counts): counts.maximum
        case .text, .multiline, .choice, .checks, .flag, .number, .section, .branches, .file, .secret, .yaml: nil
        }
    }

    /// Whether the cursor is behind the last row of a table.
    var isAtEnd: Bool { if case .table(let table) = widget { table.isAtEnd } else { false } }

    var rowCount: Int {
        switch widget {
        case .table(let table): table.bases.count
        case .rows(let rows): rows.rows.count
        case .pairs(let input): input.pairs.count
        case .line, .number, .masked, .text, .yaml, .check, .choice, .list, .checks, .branch, .page, .none: 0
        }
    }
}

extension FormModel.Entry.Role {
    var holdsEntries: Bool {
        switch self {
        case .table, .page, .branch: true
        case .leaf, .name: false
        }
    }
}

extension Field {
    /// What a new row of these starts from: its default, else nothing that is a value of its kind.
    fileprivate var firstValue: Value {
        if let defaultValue { return defaultValue }
        return isSection ? .object(Object()) : .null
    }
}
