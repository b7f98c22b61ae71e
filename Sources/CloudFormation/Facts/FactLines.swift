internal import CEmbedded

/// Embedded lines, sorted by their first field and searched where they lie: nothing is decoded but the line asked for.
struct FactLines: Sendable {
    /// What is known of resource types and runtimes.
    static let facts = FactLines(length: baryon_facts_length(), bytes: { baryon_facts_bytes() })
    /// Which properties resource types take.
    static let shapes = FactLines(length: baryon_shapes_length(), bytes: { baryon_shapes_bytes() })

    private let length: Int
    private let bytes: @Sendable () -> UnsafePointer<UInt8>
    /// Where each line starts, found once: without it every probe of a search would look for its line.
    private let starts: [Int]

    private init(length: Int, bytes: @escaping @Sendable () -> UnsafePointer<UInt8>) {
        self.length = length
        self.bytes = bytes
        let text = bytes()
        var starts: [Int] = length > 0 ? [0] : []
        for offset in 0..<length where text[offset] == 0x0A && offset + 1 < length { starts.append(offset + 1) }
        self.starts = starts
    }

    /// The fields of the line whose first field is `key`, by their name; a field without `=` has the name "".
    func fields(of key: String) -> [Substring: Substring]? {
        guard let line = line(of: key) else { return nil }
        var fields: [Substring: Substring] = [:]
        for field in line.split(separator: "\t").dropFirst() {
            let parts = field.split(separator: "=", maxSplits: 1)
            guard let first = parts.first else { continue }
            if parts.count == 2 { fields[first] = parts[1] } else { fields[""] = first }
        }
        return fields
    }

    func hasLine(_ key: String) -> Bool {
        line(of: key) != nil
    }

    /// The whole line whose first field is `key`, found by binary search over bytes.
    func line(of key: String) -> String? {
        let key = Array(key.utf8)
        let bytes = UnsafeBufferPointer(start: bytes(), count: length)
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            let end = middle + 1 < starts.count ? starts[middle + 1] - 1 : bytes.count
            let line = bytes[starts[middle]..<end]
            let order = Self.compare(key, with: line)
            if order == 0 { return String(decoding: line.prefix { $0 != 0x0A }, as: UTF8.self) }
            if order > 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Below zero where `key` comes before the first field of `line`; a field ends at its tab.
    private static func compare(_ key: [UInt8], with line: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var index = line.startIndex
        for byte in key {
            guard index < line.endIndex, line[index] != 0x09 else { return 1 }
            if byte != line[index] { return Int(byte) - Int(line[index]) }
            index += 1
        }
        return index == line.endIndex || line[index] == 0x09 ? 0 : -1
    }
}
