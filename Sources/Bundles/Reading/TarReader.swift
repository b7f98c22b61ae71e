import Documents

/// Reads tar archives: ustar, pax and GNU's long names; plain files only.
struct TarReader {
    private let bytes: ArraySlice<UInt8>
    private var offset: Int
    private var collector: FileCollector
    private var longName: String?
    private var paxPath: String?
    private var paxSize: Int?

    init(_ bytes: [UInt8], name: String, limits: BundleLimits) {
        self.bytes = bytes[...]
        offset = 0
        collector = FileCollector(name: name, limits: limits)
    }

    mutating func read() -> (files: BundleFiles?, findings: [Finding]) {
        while !collector.isFull, let header = nextHeader() {
            guard let size = paxSize ?? Self.number(header[field: 124, 12]), size >= 0, size <= bytes.count - offset
            else {
                collector.refuse(
                    "", "bundle.archive", "An archive must hold all of its files, but ends early.",
                    hint: "Pack or fetch it again.")
                break
            }
            let content = bytes[offset..<(offset + size)]
            offset = min(bytes.count, offset + (size + 511) / 512 * 512)
            take(header, content)
        }
        return (collector.result, collector.findings)
    }

    /// The next header whose checksum holds; nothing at the archive's end.
    private mutating func nextHeader() -> ArraySlice<UInt8>? {
        while offset + 512 <= bytes.count {
            let header = bytes[offset..<(offset + 512)]
            offset += 512
            if header.allSatisfy({ $0 == 0 }) { return nil }
            let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
            if Self.number(header[field: 148, 8]) == sum { return header }
            collector.refuse(
                "", "bundle.archive",
                "An archive must be a tar file, but its header at byte \(offset - 512) is damaged.",
                hint: "Pack it with tar -czf.")
            return nil
        }
        return nil
    }

    private mutating func take(_ header: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) {
        let type = header[header.startIndex + 156]
        switch type {
        case UInt8(ascii: "x"): readPax(content)
        case UInt8(ascii: "g"): break
        case UInt8(ascii: "L"): longName = String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
        case UInt8(ascii: "K"): break
        default:
            let path = Self.normalized(paxPath ?? longName ?? Self.path(header))
            paxPath = nil
            longName = nil
            paxSize = nil
            takeEntry(type, path, content)
        }
    }

    private mutating func takeEntry(_ type: UInt8, _ path: String, _ content: ArraySlice<UInt8>) {
        // What macOS adds for its own attributes is no part of a bundle.
        if path.split(separator: "/").last?.hasPrefix("._") == true || path.hasPrefix("__MACOSX/") { return }
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
            if path.hasSuffix("/") { return }
            collector.add(path, Array(content))
        case UInt8(ascii: "5"):
            let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
            if !trimmed.isEmpty, trimmed != "." { _ = collector.accepts(trimmed, size: 0) }
        case UInt8(ascii: "1"), UInt8(ascii: "2"):
            collector.refuse(
                path, "bundle.link", "A bundle must hold plain files, but \(path) is a link.",
                hint: "Pack with --dereference, or replace the link by the file.")
        default:
            collector.refuse(
                path, "bundle.link", "A bundle must hold plain files, but \(path) is a device or another special file.",
                hint: "Remove it and pack again.")
        }
    }

    private static func normalized(_ path: String) -> String {
        var path = path
        while path.hasPrefix("./") { path = String(path.dropFirst(2)) }
        return path
    }

    private static func path(_ header: ArraySlice<UInt8>) -> String {
        let name = String(decoding: header[field: 0, 100].prefix { $0 != 0 }, as: UTF8.self)
        // GNU's own magic has a space here, and no prefix.
        let isPosix = header[field: 257, 6].elementsEqual(Array("ustar\0".utf8))
        let prefix = isPosix ? String(decoding: header[field: 345, 155].prefix { $0 != 0 }, as: UTF8.self) : ""
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    /// An octal number, or GNU's binary one with its first bit set.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first & 0x80 != 0 {
            var value = Int(first & 0x7F)
            for byte in field.dropFirst() {
                guard value < 1 << 54 else { return nil }
                value = value << 8 | Int(byte)
            }
            return value
        }
        let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// Records of pax: length, space, key, equals sign, value, line end.
    private mutating func readPax(_ content: ArraySlice<UInt8>) {
        var rest = content
        while let space = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > space - rest.startIndex + 1, length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            rest = rest[(rest.startIndex + length)...]
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": paxPath = value
            case "size": paxSize = Int(value)
            default: break
            }
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate subscript(field start: Int, length: Int) -> ArraySlice<UInt8> {
        self[(startIndex + start)..<(startIndex + start + length)]
    }
}
