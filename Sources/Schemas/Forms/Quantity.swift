package import Documents

/// Numbers as people write them: `1.5Gi` where MiB are asked for, `2h` where minutes are, `1,024`.
package enum Quantity {
    /// The number in `unit` that the text stands for; `nil` where it stands for none.
    package static func number(_ text: String, unit: String?) -> Number? {
        let compact = text.filter { !$0.isWhitespace && $0 != "_" }
        let digits = compact.prefix { $0.isASCII && ($0.isNumber || ".,+-".contains($0)) }
        guard let plain = ungrouped(digits), let amount = Double(plain), amount.isFinite else { return nil }
        let suffix = compact.dropFirst(digits.count).lowercased()
        if suffix.isEmpty { return Number(json: plain) ?? number(amount) }
        guard let unit = unit?.lowercased() else { return nil }
        if suffix == unit { return number(amount) }
        for measure in [bytes(like: unit), time] {
            guard let own = measure[unit], let given = measure[suffix] else { continue }
            return number(amount * given / own)
        }
        return nil
    }

    /// Without commas where they stand between groups of three digits.
    private static func ungrouped(_ digits: Substring) -> String? {
        let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1 else { return digits.isEmpty ? nil : String(digits) }
        let isGrouped = groups.dropFirst().enumerated().allSatisfy { index, group in
            let whole = index == groups.count - 2 ? group.prefix { $0 != "." } : group
            return whole.count == 3 && whole.allSatisfy(\.isNumber)
        }
        return isGrouped && !groups[0].isEmpty ? groups.joined() : nil
    }

    private static func number(_ amount: Double) -> Number? {
        if amount == amount.rounded(), abs(amount) < 1e15 { return Number(Int(amount)) }
        return Number(amount)
    }

    private static let time: [String: Double] = {
        var table: [String: Double] = [:]
        for (names, milliseconds) in [
            (["ms", "millis", "milliseconds"], 1.0), (["s", "sec", "secs", "second", "seconds"], 1000),
            (["m", "min", "mins", "minute", "minutes"], 60_000), (["h", "hour", "hours"], 3_600_000),
            (["d", "day", "days"], 86_400_000), (["w", "week", "weeks"], 604_800_000),
        ] {
            for name in names { table[name] = milliseconds }
        }
        return table
    }()

    /// A bare letter counts in thousands or in 1024s as the unit that is asked for does.
    private static func bytes(like unit: String) -> [String: Double] {
        var table: [String: Double] = ["b": 1]
        let bare: Double = unit.hasSuffix("ib") ? 1024 : 1000
        var (binary, decimal, own) = (1.0, 1.0, 1.0)
        for letter in ["k", "m", "g", "t"] {
            (binary, decimal, own) = (binary * 1024, decimal * 1000, own * bare)
            table[letter] = own
            table[letter + "i"] = binary
            table[letter + "ib"] = binary
            table[letter + "b"] = decimal
        }
        return table
    }
}
