internal import Foundation

/// A text in a file that only this user can read, in a fresh directory, for as long as a call lasts.
///
/// Arguments of a program can be read by every user of the machine; such a file can't.
enum PrivateFile {
    /// - Throws: An `AWSFault` where there is no room, or what `body` throws.
    static func with<Result>(
        _ text: String, in environment: [String: String], body: (String) async throws -> Result
    ) async throws -> Result {
        let root = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(root)/baryon-aws-XXXXXX".utf8CString)
        guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) else {
            throw refusal(root)
        }
        let directory = String(cString: made)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/input.json"
        guard write(Array(text.utf8), to: path) else { throw refusal(root) }
        return try await body(path)
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func refusal(_ root: String) -> AWSFault {
        AWSFault(
            .noRoom, "Could not write a temporary file in \(root): \(String(cString: strerror(errno))).",
            hint: "Free some room, or set TMPDIR to another directory.")
    }
}
