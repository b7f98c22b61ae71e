/// Archives of formats that bundles are not read from, known by their first bytes.
enum OtherArchive {
    private static let marks: [(bytes: [UInt8], name: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive"), ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz"), ([0x42, 0x5A, 0x68], "compressed with bzip2"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"), ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
        ([0x52, 0x61, 0x72, 0x21], "a rar archive"),
    ]

    /// As a sentence goes on behind "is"; `nil` for what may be a tar archive.
    static func name(of bytes: [UInt8]) -> String? {
        marks.first { bytes.starts(with: $0.bytes) }?.name
    }
}
