import Documents
import Foundation

/// A file that a case needs and that can't be read.
struct UnreadableCase: Error, CustomStringConvertible {
    let description: String
}

/// Reads the files of cases.
struct CaseFiles {
    let directory: String

    func path(_ name: String) -> String { directory + "/" + name }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func bytes(_ name: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(name)) else {
            throw UnreadableCase(description: "could not read \(path(name))")
        }
        return Array(data)
    }

    /// Cases are big and trusted; the limits of specs do not hold for them.
    func json(_ name: String) throws -> Value {
        let source = Source(name: name, bytes: try bytes(name))
        let (document, findings) = Document.read(
            source, as: .json, limits: Limits(bytes: 1 << 28, depth: 512, nodes: 50_000_000))
        guard let document else { throw UnreadableCase(description: findings.first?.text ?? "could not read \(name)") }
        return document.value
    }
}
