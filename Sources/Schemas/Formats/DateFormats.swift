/// Dates and times of RFC 3339.
enum DateFormats {
    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], 4), let month = number(parts[1], 2),
            let day = number(parts[2], 2), (1...12).contains(month)
        else { return false }
        return (1...days(in: month, of: year)).contains(day)
    }

    static func isDateTime(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 11, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
        return isDate(bytes[..<10]) && isTime(bytes[11...])
    }

    /// `12:00:00.5Z`; second 60 only where the day ends in UTC.
    static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 9 else { return false }
        let start = bytes.startIndex
        guard let hour = number(bytes[start..<start + 2], 2), bytes[start + 2] == UInt8(ascii: ":"),
            let minute = number(bytes[start + 3..<start + 5], 2), bytes[start + 5] == UInt8(ascii: ":"),
            let second = number(bytes[start + 6..<start + 8], 2), hour < 24, minute < 60, second <= 60
        else { return false }
        var rest = bytes[(start + 8)...]
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return false }
            rest = rest[fraction.endIndex...]
        }
        guard let offset = offset(rest) else { return false }
        guard second == 60 else { return true }
        return (hour * 60 + minute - offset + 2880) % 1440 == 1439
    }

    /// Minutes east of UTC.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 6 else { return nil }
        let start = bytes.startIndex
        guard let hour = number(bytes[start + 1..<start + 3], 2), bytes[start + 3] == UInt8(ascii: ":"),
            let minute = number(bytes[start + 4..<start + 6], 2), hour < 24, minute < 60
        else { return nil }
        return (hour * 60 + minute) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ count: Int) -> Int? {
        guard bytes.count == count, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
