internal import CEmbedded

/// The embedded lines of facts, searched where they lie: nothing is decoded but the line that was asked for.
enum FactLines {
    /// The fields of the line whose first field is `key`, by their name; a field without `=` has the name "".
    static func fields(of key: String) -> [Substring: Substring]? {
        guard let line = line(of: Array(key.utf8)) else { return nil }
        var fields: [Substring: Substring] = [:]
        for field in line.split(separator: "\t").dropFirst() {
            let parts = field.split(separator: "=", maxSplits: 1)
            guard let first = parts.first else { continue }
            if parts.count == 2 { fields[first] = parts[1] } else { fields[""] = first }
        }
        return fields
    }

    static func hasLine(_ key: String) -> Bool {
        line(of: Array(key.utf8)) != nil
    }

    /// Where each line starts, found once: without it every probe of a search would look for its line.
    private static let starts: [Int] = {
        let length = baryon_facts_length()
        let bytes = baryon_facts_bytes()
        var starts: [Int] = length > 0 ? [0] : []
        for offset in 0..<length where bytes[offset] == 0x0A && offset + 1 < length { starts.append(offset + 1) }
        return starts
    }()

    /// Binary search by bytes.
    private static func line(of key: [UInt8]) -> String? {
        let bytes = UnsafeBufferPointer(start: baryon_facts_bytes(), count: baryon_facts_length())
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            let end = middle + 1 < starts.count ? starts[middle + 1] - 1 : bytes.count
            let line = bytes[starts[middle]..<end]
            let order = compare(key, with: line)
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
