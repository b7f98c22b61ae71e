import Foundation

/// What a rendering has written so far, and the figures that every instruction may touch.
struct Output: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    /// Bytes that may be written before more room is needed: never more than the limit.
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
        self.capacity = max(1, min(capacity, limit))
        start = Output.room(self.capacity, instead: nil)
    }

    deinit { free(start) }

    /// What was written, handed over without a copy; nothing can be written afterwards.
    mutating func take() -> OutputBytes {
        let taken = OutputBytes(start, count)
        (count, capacity) = (0, 1)
        start = Output.room(1, instead: nil)
        return taken
    }

    /// Room for `size` bytes; what stood in the old one stands in it. Large rooms grow without being copied.
    private static func room(_ size: Int, instead old: UnsafeMutablePointer<UInt8>?) -> UnsafeMutablePointer<UInt8> {
        guard let room = realloc(old, size) else { fatalError("no memory is left") }
        return room.assumingMemoryBound(to: UInt8.self)
    }

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
        if count + 20 > capacity {
            // Few bytes are left: only those that the number has may be asked for.
            try append(Item.int(number).text())
            return
        }
        count += Decimal.write(number, to: start + count)
    }

    /// Takes back what was written from `offset` on.
    mutating func cut(to offset: Int) { count = offset }

    @inline(never)
    private mutating func grow(by size: Int) throws(Fault) {
        guard count + size <= limit else {
            throw Fault(.limit, "the output must stay below \(limit) bytes")
        }
        capacity = min(limit, max(count + size, capacity * 2))
        start = Output.room(capacity, instead: start)
    }
}

/// The bytes of a finished rendering.
final class OutputBytes: @unchecked Sendable {
    private let start: UnsafeMutablePointer<UInt8>
    let count: Int

    fileprivate init(_ start: UnsafeMutablePointer<UInt8>, _ count: Int) {
        self.start = start
        self.count = count
    }

    deinit { free(start) }

    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
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
