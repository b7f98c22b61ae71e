import Documents
import Engine
import Foundation

/// A spec as the person gave it: a file, or standard input as `-`.
struct SpecFile {
    var name: String
    var text: String

    /// More than any spec may have; what is longer is not read on.
    private static let longest = 8 << 20

    init?(_ path: String?) throws {
        guard let path else { return nil }
        name = path == "-" ? "standard input" : path
        text = try SpecFile.text(path, name: name)
    }

    /// Reads UTF-8 text; a sentence says what is wrong with the file.
    static func text(_ path: String, name: String) throws -> String {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(name) }
        defer { if file != STDIN_FILENO { close(file) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= longest {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw unreadable(name) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard bytes.count <= longest else {
            throw Refusal("spec.size", "\(name) must have at most \(longest >> 20) MiB, but has more.")
        }
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw Refusal(
                "spec.empty", "\(name) must hold a document, but is empty.",
                hint: "Start with proton: EnvironmentSpec or proton: ServiceSpec.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal("spec.encoding", "\(name) must be UTF-8 text, but is not.")
        }
        return text
    }

    private static func unreadable(_ name: String) -> Refusal {
        let cause = String(cString: strerror(errno))
        return Refusal("file.unreadable", "Could not read \(name): \(cause).", hint: "Check the path and its rights.")
    }
}
