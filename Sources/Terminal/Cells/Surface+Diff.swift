/// Neighbouring cells of one row that share a style: the unit in which a terminal is written.
package struct Run: Hashable, Sendable {
    package let x: Int
    package let y: Int
    package let style: Style
    package var text: String
    package var columns: Int
}

extension Surface {
    /// What must be written over `old` so that it looks like this surface; everything when the sizes differ.
    ///
    /// A run never starts or ends inside a wide glyph, old or new. Short stretches of equal cells between two
    /// changes are written again, which is cheaper than moving the cursor.
    package func runs(over old: Surface?) -> [Run] {
        guard let old, old.size == size else {
            return (0..<height).flatMap { runs(row: $0, from: 0, to: width) }
        }
        var result: [Run] = []
        for y in 0..<height {
            guard let (first, last) = changedSpan(row: y, old) else { continue }
            result += runs(row: y, from: first, to: last + 1)
        }
        return result
    }

    /// The first and last column of a row that differ, widened to whole glyphs.
    private func changedSpan(row y: Int, _ old: Surface) -> (Int, Int)? {
        let base = y * width
        guard var first = (0..<width).first(where: { differs(base + $0, old) }),
            var last = (0..<width).last(where: { differs(base + $0, old) })
        else { return nil }
        while first > 0, cells[base + first].isContinuation || old.cells[base + first].isContinuation { first -= 1 }
        while last + 1 < width, cells[base + last + 1].isContinuation || old.cells[base + last + 1].isContinuation {
            last += 1
        }
        return (first, last)
    }

    private func differs(_ index: Int, _ old: Surface) -> Bool {
        let new = cells[index]
        let was = old.cells[index]
        // Table indices mean something only within one surface.
        guard new.tableIndex != nil, was.tableIndex != nil else { return new != was }
        return new.style != was.style || new.width != was.width
            || !text(of: new).utf8.elementsEqual(old.text(of: was).utf8)
    }

    private func runs(row y: Int, from start: Int, to end: Int) -> [Run] {
        var result: [Run] = []
        for x in start..<max(start, end) {
            let cell = self[x, y]
            if cell.isContinuation { continue }
            if let last = result.indices.last, result[last].style == cell.style {
                result[last].text += text(of: cell)
                result[last].columns += Int(cell.width)
            } else {
                result.append(Run(x: x, y: y, style: cell.style, text: text(of: cell), columns: Int(cell.width)))
            }
        }
        return result
    }

    /// Writes runs as a terminal would: how tests show that a difference is complete.
    package mutating func apply(_ runs: [Run]) {
        for run in runs {
            draw(SafeText(clean: run.text), in: Rect(run.x, run.y, run.columns, 1), run.style)
        }
    }
}

extension Surface {
    /// The text of each row, blanks at the end left out.
    package var rows: [String] {
        (0..<height).map { y in
            let row = (0..<width).reduce(into: "") { $0 += text(of: self[$1, y]) }
            return String(row[..<(row.lastIndex { $0 != " " }.map(row.index(after:)) ?? row.startIndex)])
        }
    }

    /// The role letters of each row; a blank in the text role is a blank, and those at the end are left out.
    package var styleRows: [String] {
        (0..<height).map { y in
            let row: [Character] = (0..<width).map { x in
                let cell = self[x, y]
                return cell.glyph == 0x20 && cell.style == .text ? " " : cell.style.role.letter
            }
            return String(row[..<((row.lastIndex { $0 != " " } ?? -1) + 1)])
        }
    }
}
