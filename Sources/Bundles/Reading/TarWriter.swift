/// Packs files as a tar archive that depends on nothing but their paths and bytes.
enum TarWriter {
    static func archive(_ files: [BundleFiles.File]) -> [UInt8] {
        var bytes: [UInt8] = []
        for file in files {
            let path = Array(file.path.utf8)
            if path.count > 100 {
                let record = paxRecord("path", path)
                bytes += header(name: Array("pax".utf8), size: record.count, type: UInt8(ascii: "x")) + padded(record)
            }
            bytes += header(name: path, size: file.bytes.count, type: UInt8(ascii: "0")) + padded(file.bytes)
        }
        return bytes + Array(repeating: 0, count: 1024)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + Array(repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let body = Array(" \(key)=".utf8) + value + [0x0A]
        // The length counts its own digits.
        var length = body.count + 1
        while String(length).utf8.count + body.count != length { length = String(length).utf8.count + body.count }
        return Array(String(length).utf8) + body
    }

    private static func header(name: [UInt8], size: Int, type: UInt8) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { header[offset + index] = byte }
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8)
        }
        put(name.prefix(100), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put(Array("        ".utf8), at: 148)
        header[156] = type
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], at: 148)
        return header
    }
}
