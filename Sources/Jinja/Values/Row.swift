/// Items in a row that grows, in the memory of an arena: quicker than an array, and never freed by itself.
struct Row<Element: BitwiseCopyable>: BitwiseCopyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int
    /// It outlives its rows.
    private let arena: Unmanaged<Arena>

    init(capacity: Int, in arena: Arena) {
        start = arena.allocate(capacity, of: Element.self)
        self.capacity = capacity
        self.arena = Unmanaged.passUnretained(arena)
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        (start + count).initialize(to: element)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let more = max(8, capacity * 2)
        let place = arena._withUnsafeGuaranteedRef { $0.allocate(more, of: Element.self) }
        place.update(from: start, count: count)
        start = place
        capacity = more
    }

    /// Cuts off what stands from `count` on.
    mutating func cut(to count: Int) { self.count = min(count, self.count) }

    /// A row of its own with the same items.
    func copy() -> Row {
        var row = arena._withUnsafeGuaranteedRef { Row(capacity: capacity, in: $0) }
        row.start.update(from: start, count: count)
        row.count = count
        return row
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count)
            return start[index]
        }
        nonmutating set {
            precondition(index >= 0 && index < count)
            start[index] = newValue
        }
    }

    @inline(__always)
    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count -= 1
        return start[count]
    }

    var last: Element? { count > 0 ? start[count - 1] : nil }
    var items: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}
