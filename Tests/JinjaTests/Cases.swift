import Documents
import Foundation

/// The cases from outside that a checkout may have beside it.
enum Cases {
    static let folder: String = {
        if let folder = ProcessInfo.processInfo.environment["BARYON_CASES"] { return folder }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "../shared/cases").standardized.path
    }()

    static var areAbsent: Bool { !FileManager.default.fileExists(atPath: folder + "/jinja") }

    static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: folder + "/" + path).map { Array($0) }
    }

    static func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) ?? []).sorted()
    }

    static func json(_ path: String) -> Value? {
        guard let bytes = bytes(path) else { return nil }
        let limits = Limits(bytes: 1 << 26, nodes: 10_000_000)
        return Document.read(Source(name: path, bytes: bytes), as: .json, limits: limits).0?.value
    }
}
