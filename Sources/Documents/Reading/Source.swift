/// A text with its name and line starts.
///
/// Offsets are UTF-8 bytes; lines and columns count from 1. A byte order mark at the start is no part of the bytes.
package struct Source: Sendable {
    package let name: String
    package let bytes: [UInt8]
    package let hasByteOrderMark: Bool
    private let lineStarts: [Int]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let bytes = hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
        lineStarts = starts
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    package var lineCount: Int { lineStarts.count }

    /// The number of the line that holds `offset`, from 1.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Where line `number` starts; the end of the text when there is no such line.
    package func offset(ofLine number: Int) -> Int {
        number >= 1 && number <= lineStarts.count ? lineStarts[number - 1] : bytes.count
    }

    /// The offset of a line and a column, both from 1; the end of the line when it is shorter.
    package func offset(line: Int, column: Int) -> Int {
        var offset = offset(ofLine: line)
        var left = column - 1
        while left > 0, offset < bytes.count, bytes[offset] != 0x0A {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            left -= 1
        }
        return offset
    }

    /// Line `number` without its end; empty when there is none.
    package func lineText(_ number: Int) -> String {
        guard number >= 1, number <= lineStarts.count else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The place of the bytes `offset ..< offset + length`.
    package func place(at offset: Int, length: Int = 1) -> Place {
        let offset = min(max(0, offset), bytes.count)
        let line = line(at: offset)
        let start = lineStarts[line - 1]
        let column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
        let end = min(bytes.count, offset + max(1, length))
        let covered = String(decoding: bytes[min(offset, end)..<end], as: UTF8.self)
            .unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }.count
        return Place(file: name, line: line, column: column, length: covered, sourceLine: lineText(line))
    }

    /// The place of a line and column that a reader reported, both from 1.
    package func place(line: Int, column: Int, length: Int = 1) -> Place {
        Place(file: name, line: line, column: column, length: length, sourceLine: lineText(line))
    }
}
