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

    /// Binary search by bytes; a probe moves back to the start of its line.
    private static func line(of key: [UInt8]) -> String? {
        let bytes = UnsafeBufferPointer(start: baryon_facts_bytes(), count: baryon_facts_length())
        var low = 0
        var high = bytes.count
        while low < high {
            var start = (low + high) / 2
            while start > low, bytes[start - 1] != 0x0A { start -= 1 }
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let own = bytes[start..<end].prefix { $0 != 0x09 }
            if own.elementsEqual(key) { return String(decoding: bytes[start..<end], as: UTF8.self) }
            if own.lexicographicallyPrecedes(key) { low = min(end + 1, high) } else { high = start }
        }
        return nil
    }
}
