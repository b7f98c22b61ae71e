import Documents
import Foundation
import Testing

/// The cases from outside that a checkout may have beside it.
enum Cases {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["BARYON_CASES"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "../shared/cases").standardized
    }()

    /// The value of a JSON file; `nil`, with a word about it, where there are no cases.
    static func json(_ path: String) throws -> Value? {
        try read(path, as: .json)?.value
    }

    static func read(_ path: String, as profile: Document.Profile) throws -> Document? {
        let url = root.appending(path: path)
        guard let data = try? Data(contentsOf: url) else {
            print("skipped: no cases at \(url.path)")
            return nil
        }
        let source = Source(name: url.lastPathComponent, bytes: Array(data))
        let (document, findings) = Document.read(source, as: profile, limits: Limits(bytes: 1 << 24, nodes: 10_000_000))
        let read: Document = try #require(document, "\(path): \(findings)")
        return read
    }
}

extension Object {
    subscript(text key: String) -> String { self[key]?.string ?? "" }
}
