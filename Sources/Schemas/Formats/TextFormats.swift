/// Formats of text that are neither dates nor addresses of hosts.
enum TextFormats {
    static func isUUID(_ bytes: [UInt8]) -> Bool {
        bytes.count == 36
            && bytes.indices.allSatisfy { index in
                [8, 13, 18, 23].contains(index) ? bytes[index] == UInt8(ascii: "-") : bytes[index].isHexadecimal
            }
    }

    /// RFC 4648 with padding.
    static func isBase64(_ bytes: [UInt8]) -> Bool {
        guard bytes.count.isMultiple(of: 4) else { return false }
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return padding <= 2
            && bytes.dropLast(padding).allSatisfy {
                $0.isLetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
            }
    }

    /// The addresses of RFC 5321: a dotted or quoted local part, and a domain or an address in brackets.
    static func isEmail(_ bytes: [UInt8]) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), bytes.count <= 254 else { return false }
        let local = bytes[..<at]
        let domain = bytes[(at + 1)...]
        guard isLocalPart(local) else { return false }
        guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 else {
            return AddressFormats.isHostname(domain)
        }
        let address = domain.dropFirst().dropLast()
        if address.starts(with: "IPv6:".utf8) { return AddressFormats.isIPv6(Array(address.dropFirst(5))) }
        return AddressFormats.isIPv4(address)
    }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...64).contains(bytes.count) else { return false }
        let quote = UInt8(ascii: "\"")
        if bytes.first == quote, bytes.last == quote, bytes.count > 2 {
            var isEscaped = false
            for byte in bytes.dropFirst().dropLast() {
                guard (0x20..<0x7F).contains(byte) else { return false }
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == quote {
                    return false
                }
            }
            return !isEscaped
        }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { $0.isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
    }

    /// RFC 3986 with a scheme.
    static func isURI(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, first.isLetter,
            bytes[..<colon].allSatisfy({ $0.isLetterOrDigit || "+-.".utf8.contains($0) })
        else { return false }
        var rest = bytes[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard isURIPart(rest[(hash + 1)...], also: "/?:@") else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard isURIPart(rest[(mark + 1)...], also: "/?:@") else { return false }
            rest = rest[..<mark]
        }
        guard rest.starts(with: "//".utf8) else { return isURIPart(rest, also: "/:@") }
        let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
        return isAuthority(authority) && isURIPart(rest[authority.endIndex...], also: "/:@")
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            guard isURIPart(bytes[..<at], also: ":") else { return false }
            host = bytes[(at + 1)...]
        }
        var port = host[host.endIndex...]
        if host.first == UInt8(ascii: "["), let close = host.lastIndex(of: UInt8(ascii: "]")) {
            port = host[(close + 1)...]
            guard AddressFormats.isIPv6(Array(host[..<close].dropFirst())) else { return false }
        } else {
            if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
                port = host[colon...]
                host = host[..<colon]
            }
            guard isURIPart(host, also: "") else { return false }
        }
        return port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit)
    }

    private static func isURIPart(_ bytes: ArraySlice<UInt8>, also extra: String) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, bytes[index + 1].isHexadecimal, bytes[index + 2].isHexadecimal else {
                    return false
                }
                index += 3
                continue
            }
            guard byte.isLetterOrDigit || "-._~!$&'()*+,;=".utf8.contains(byte) || extra.utf8.contains(byte) else {
                return false
            }
            index += 1
        }
        return true
    }
}
