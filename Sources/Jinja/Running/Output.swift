import Foundation

/// What a rendering has written so far, and the figures that every instruction may touch.
struct Output: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int
    let limit: Int
    /// Whether printed text is escaped.
    var escapes: Bool
    /// Scalars before the `{{` that is being printed, for filters that indent.
    var column = 0
    var captures = 0
    var steps = 0

    init(limit: Int, escapes: Bool, capacity: Int) {
        self.limit = limit
        self.escapes = escapes
        self.capacity = max(64, min(capacity, limit))
        start = UnsafeMutablePointer<UInt8>.allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    @inline(__always)
    mutating func append(_ bytes: UnsafePointer<UInt8>, _ size: Int) throws(Fault) {
        if count + size > capacity { try grow(by: size) }
        memcpy(start + count, bytes, size)
        count += size
    }

    @inline(__always)
    mutating func append(_ text: Text) throws(Fault) { try append(text.start, text.byteCount) }

    mutating func appendEscaped(_ text: Text) throws(Fault) {
        for byte in text.bytes {
            if let entity = Text.entity(byte) {
                try append(entity)
            } else {
                if count == capacity { try grow(by: 1) }
                start[count] = byte
                count += 1
            }
        }
    }

    /// A whole number in digits.
    @inline(__always)
    mutating func append(_ number: Int) throws(Fault) {
        if count + 20 > capacity { try grow(by: 20) }
        count += Decimal.write(number, to: start + count)
    }

    /// Takes back what was written from `offset` on.
    mutating func cut(to offset: Int) { count = offset }

    @inline(never)
    private mutating func grow(by size: Int) throws(Fault) {
        guard count + size <= limit else {
            throw Fault(.limit, "the output must stay below \(limit) bytes")
        }
        let wanted = min(limit, max(count + size, capacity * 2))
        guard let larger = realloc(start, wanted) else { throw Fault(.limit, "no memory is left for the output") }
        start = larger.assumingMemoryBound(to: UInt8.self)
        capacity = wanted
    }
}

/// Digits of whole numbers.
enum Decimal {
    /// Writes at most 20 bytes; gives how many.
    @inline(__always)
    static func write(_ number: Int, to place: UnsafeMutablePointer<UInt8>) -> Int {
        var rest = number.magnitude
        if rest < 10, number >= 0 {
            place[0] = 0x30 + UInt8(truncatingIfNeeded: rest)
            return 1
        }
        var length = number < 0 ? 2 : 1
        var bound: UInt = 10
        while length < 20, rest >= bound {
            length += 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { break }
            bound = next
        }
        var position = length
        repeat {
            position -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            place[position] = 0x30 + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        if number < 0 { place[0] = UInt8(ascii: "-") }
        return length
    }
}
