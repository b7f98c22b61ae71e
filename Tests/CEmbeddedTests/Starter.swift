import CEmbedded
import Documents
import Foundation
import Schemas
import Testing

/// The starter catalog as the program carries it, and as it lies on disk.
enum Starter {
    struct File {
        let path: String
        let bytes: [UInt8]

        var text: String {
            get throws { try #require(String(validating: bytes, as: UTF8.self)) }
        }
    }

    static var files: [File] {
        get throws {
            try (0..<baryon_starter_count()).map { index in
                let path = try #require(String(validatingCString: baryon_starter_path(index)))
                let content = UnsafeBufferPointer(
                    start: baryon_starter_bytes(index), count: baryon_starter_length(index))
                return File(path: path, bytes: Array(content))
            }
        }
    }

    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/CEmbedded/starter", directoryHint: .isDirectory)

    static func pathsOnDisk() throws -> [String] {
        let root = directory.path(percentEncoded: false)
        let walk = try #require(FileManager.default.enumerator(atPath: root))
        var paths: [String] = []
        for case let path as String in walk where walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
            paths.append(path)
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func document(_ path: String) throws -> Document {
        let file = try #require(try files.first { $0.path == path })
        let (document, findings) = Document.read(Source(name: path, bytes: file.bytes), as: .spec)
        return try #require(document, "\(findings.map(\.text))")
    }

    /// The schema of the input type that `kind` names, such as "service_input_type".
    static func schema(_ version: String, _ kind: String) throws -> Schema {
        let document = try document("\(version)/schema/schema.yaml")
        let type = try #require(document.value["schema"]?[kind]?.string)
        return Schema(document, root: Pointer(["schema", "types", type]))
    }
}
