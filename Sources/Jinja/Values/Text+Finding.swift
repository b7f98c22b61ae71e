import Foundation

extension Text {
    /// Where `needle` starts, as a byte offset at or after `from`.
    func firstOffset(of needle: Text, from: Int = 0) -> Int? {
        guard from <= byteCount else { return nil }
        guard !needle.isEmpty else { return from }
        var place = from
        while place + needle.byteCount <= byteCount {
            let room = byteCount - place - needle.byteCount + 1
            guard let found = memchr(start + place, Int32(needle.start[0]), room) else { return nil }
            place = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if Text.areEqual(start + place, needle.start, needle.byteCount) { return place }
            place += 1
        }
        return nil
    }

    /// Every place where `needle`, which is not empty, starts, without overlaps.
    func offsets(of needle: Text, limit: Int = .max) -> [Int] {
        var found: [Int] = []
        var start = 0
        while found.count < limit, let offset = firstOffset(of: needle, from: start) {
            found.append(offset)
            start = offset + needle.byteCount
        }
        return found
    }

    func trimmed(leading: Bool = true, trailing: Bool = true, _ isTrimmed: (Unicode.Scalar) -> Bool) -> Text {
        guard isASCII else {
            var part = scalars[...]
            if leading { part = part.drop(while: isTrimmed) }
            if trailing { while let last = part.last, isTrimmed(last) { part.removeLast() } }
            return Text(part, isSafe: isSafe)
        }
        var (low, high) = (0, byteCount)
        if leading { while low < high, isTrimmed(Unicode.Scalar(start[low])) { low += 1 } }
        if trailing { while high > low, isTrimmed(Unicode.Scalar(start[high - 1])) { high -= 1 } }
        return part(low..<high)
    }

    /// The spelling with `&<>"'` as entities; safe afterwards.
    var escaped: Text {
        if isSafe { return self }
        var out: [UInt8] = []
        out.reserveCapacity(byteCount + 16)
        for byte in bytes {
            if let entity = Text.entity(byte) { out.append(contentsOf: entity.bytes) } else { out.append(byte) }
        }
        return Text(bytes: out, isSafe: true)
    }

    static func entity(_ byte: UInt8) -> Text? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&#34;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
