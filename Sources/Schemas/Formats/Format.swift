import Documents

/// The formats that are checked; every other name is a hint and passes.
package enum Format: String, Sendable, CaseIterable {
    case int32, int64, float, double, byte, binary, date, uuid, email, ipv4, ipv6, uri, hostname, password
    case dateTime = "date-time"

    /// What a value must be, in words.
    var rule: String {
        switch self {
        case .int32: "a whole number from -2147483648 to 2147483647"
        case .int64: "a whole number from -9223372036854775808 to 9223372036854775807"
        case .float: "a number that 32 bits can hold"
        case .double: "a number that 64 bits can hold"
        case .byte: "text in base64"
        case .binary, .password: "text"
        case .date: "a date"
        case .dateTime: "a date and time with zone"
        case .uuid: "a UUID"
        case .email: "an e-mail address"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI"
        case .hostname: "a host name"
        }
    }

    var example: String? {
        switch self {
        case .int32, .int64, .float, .double, .binary, .password: nil
        case .byte: "aGVsbG8="
        case .date: "2024-01-31"
        case .dateTime: "2024-01-31T12:00:00Z"
        case .uuid: "123e4567-e89b-12d3-a456-426614174000"
        case .email: "name@example.com"
        case .ipv4: "10.0.0.1"
        case .ipv6: "2001:db8::1"
        case .uri: "https://example.com/path"
        case .hostname: "www.example.com"
        }
    }

    /// Whether the format speaks of numbers; the others speak of text.
    var isNumeric: Bool {
        switch self {
        case .int32, .int64, .float, .double: true
        case .byte, .binary, .date, .dateTime, .uuid, .email, .ipv4, .ipv6, .uri, .hostname, .password: false
        }
    }

    func accepts(_ number: Number) -> Bool {
        switch self {
        case .int32: number.int.map { Int32(exactly: $0) != nil } ?? !number.isWhole
        case .int64: number.int != nil || !number.isWhole
        case .float: Float(number.double).isFinite
        case .double: number.double.isFinite
        case .byte, .binary, .date, .dateTime, .uuid, .email, .ipv4, .ipv6, .uri, .hostname, .password: true
        }
    }

    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return switch self {
        case .int32, .int64, .float, .double, .binary, .password: true
        case .byte: TextFormats.isBase64(bytes)
        case .date: DateFormats.isDate(bytes[...])
        case .dateTime: DateFormats.isDateTime(bytes)
        case .uuid: TextFormats.isUUID(bytes)
        case .email: TextFormats.isEmail(bytes)
        case .ipv4: AddressFormats.isIPv4(bytes[...])
        case .ipv6: AddressFormats.isIPv6(bytes)
        case .uri: TextFormats.isURI(bytes)
        case .hostname: AddressFormats.isHostname(bytes[...])
        }
    }
}

extension Number {
    /// Whether the value has no fraction, however it is written.
    var isWhole: Bool {
        if isWrittenAsInteger { return true }
        return digits.exponent >= 0
    }
}
