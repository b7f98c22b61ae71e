import Foundation

/// What a rendering has written so far, and the figures that every instruction may touch.
struct Output: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    /// Bytes that may be written before more room is needed: never more than the limit.
    private var capacity: Int
    private var blockSize: Int
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
        blockSize = BlockPool.size(for: capacity)
        self.capacity = min(blockSize, limit)
        start = BlockPool.take(blockSize).assumingMemoryBound(to: UInt8.self)
    }

    deinit { BlockPool.give(start, blockSize) }

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
        let wanted = BlockPool.size(for: max(count + size, capacity * 2))
        let larger = BlockPool.take(wanted).assumingMemoryBound(to: UInt8.self)
        larger.update(from: start, count: count)
        BlockPool.give(start, blockSize)
        start = larger
        blockSize = wanted
        capacity = min(wanted, limit)
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
