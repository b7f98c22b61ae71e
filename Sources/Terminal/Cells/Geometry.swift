/// A place in a grid, counted from the upper left corner, which is 0, 0.
package struct Point: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(_ x: Int, _ y: Int) {
        self.x = x
        self.y = y
    }
}

/// An extent in columns and rows, never negative.
package struct Size: Hashable, Sendable {
    package let width: Int
    package let height: Int

    /// No grid is wider or higher than this, whatever a terminal claims.
    package static let limit = 4096

    package init(_ width: Int, _ height: Int) {
        self.width = min(max(0, width), Size.limit)
        self.height = min(max(0, height), Size.limit)
    }

    package var area: Int { width * height }
}

/// A part of a grid: what a widget may draw into.
package struct Rect: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package init(_ size: Size) {
        self.init(0, 0, size.width, size.height)
    }

    package var right: Int { x + width }
    package var bottom: Int { y + height }
    package var isEmpty: Bool { width == 0 || height == 0 }
    package var size: Size { Size(width, height) }

    package func contains(_ point: Point) -> Bool {
        point.x >= x && point.x < right && point.y >= y && point.y < bottom
    }

    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(left, top, min(right, other.right) - left, min(bottom, other.bottom) - top)
    }

    package func inset(_ columns: Int, _ rows: Int) -> Rect {
        Rect(x + min(columns, width / 2), y + min(rows, height / 2), width - 2 * columns, height - 2 * rows)
    }

    /// The row at `index`, counted from the top; empty when there is none.
    package func row(_ index: Int) -> Rect {
        guard index >= 0, index < height else { return Rect(x, y, width, 0) }
        return Rect(x, y + index, width, 1)
    }

    /// A rectangle of at most `size` in the middle of this one.
    package func centered(_ size: Size) -> Rect {
        let wide = min(size.width, width)
        let high = min(size.height, height)
        return Rect(x + (width - wide) / 2, y + (height - high) / 2, wide, high)
    }
}

extension Rect {
    /// Takes up to `count` rows off the top and returns them.
    package mutating func takeTop(_ count: Int) -> Rect {
        let taken = min(max(0, count), height)
        defer {
            y += taken
            height -= taken
        }
        return Rect(x, y, width, taken)
    }

    package mutating func takeBottom(_ count: Int) -> Rect {
        let taken = min(max(0, count), height)
        height -= taken
        return Rect(x, y + height, width, taken)
    }

    package mutating func takeLeft(_ count: Int) -> Rect {
        let taken = min(max(0, count), width)
        defer {
            x += taken
            width -= taken
        }
        return Rect(x, y, taken, height)
    }

    package mutating func takeRight(_ count: Int) -> Rect {
        let taken = min(max(0, count), width)
        width -= taken
        return Rect(x + width, y, taken, height)
    }

    /// Divides the width among `parts`, left to right, with `gap` columns between two parts.
    package func columns(_ parts: [Share], gap: Int = 0) -> [Rect] {
        var left = x
        return Share.divide(width, among: parts, gap: gap).map { wide in
            defer { left += wide + gap }
            return Rect(left, y, wide, height).intersection(self)
        }
    }

    package func rows(_ parts: [Share], gap: Int = 0) -> [Rect] {
        var top = y
        return Share.divide(height, among: parts, gap: gap).map { high in
            defer { top += high + gap }
            return Rect(x, top, width, high).intersection(self)
        }
    }
}

/// How much of a length one part of a layout gets.
package enum Share: Hashable, Sendable {
    case fixed(Int)
    /// A weight among the parts that share what the fixed ones leave.
    case flexible(Int)

    /// The lengths of all parts; their sum with the gaps never exceeds `length`.
    package static func divide(_ length: Int, among parts: [Share], gap: Int = 0) -> [Int] {
        var left = max(0, length - gap * max(0, parts.count - 1))
        var sizes = [Int](repeating: 0, count: parts.count)
        for (index, part) in parts.enumerated() {
            guard case .fixed(let wanted) = part else { continue }
            sizes[index] = min(max(0, wanted), left)
            left -= sizes[index]
        }
        var weight = parts.reduce(0) { sum, part in
            if case .flexible(let weight) = part { sum + max(0, weight) } else { sum }
        }
        for (index, part) in parts.enumerated() {
            guard case .flexible(let own) = part, weight > 0, own > 0 else { continue }
            sizes[index] = left * own / weight
            left -= sizes[index]
            weight -= own
        }
        return sizes
    }
}
