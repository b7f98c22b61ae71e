import Documents
import Foundation
import Jinja

/// Cases recorded from Python's Jinja2, read from outside the project.
enum Cases {
    static let folder: String = {
        if let folder = ProcessInfo.processInfo.environment["BARYON_CASES"] { return folder }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("../shared/cases").standardizedFileURL.path
    }()

    static var areAbsent: Bool { !FileManager.default.fileExists(atPath: folder + "/jinja") }

    static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: folder + "/" + path).map { Array($0) }
    }

    static func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) ?? []).sorted()
    }

    /// A JSON file as a value, for tests alone: members keep their order, numbers their spelling.
    static func json(_ path: String) -> Value? {
        guard let bytes = bytes(path) else { return nil }
        var reader = CaseReader(bytes: bytes)
        return reader.value()
    }
}

/// Just enough JSON for trusted files.
private struct CaseReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func space() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ byte: Character) -> Bool {
        space()
        guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
        position += 1
        return true
    }

    mutating func value() -> Value? {
        space()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            position += 1
            var members: [(String, Value)] = []
            if take("}") { return .object(Object()) }
            repeat {
                guard let key = value()?.string, take(":"), let value = value() else { return nil }
                members.append((key, value))
            } while take(",")
            return take("}") ? .object(Object(members)) : nil
        case UInt8(ascii: "["):
            position += 1
            var items: [Value] = []
            if take("]") { return .list([]) }
            repeat {
                guard let value = value() else { return nil }
                items.append(value)
            } while take(",")
            return take("]") ? .list(items) : nil
        case UInt8(ascii: "\""): return string()
        default: return word()
        }
    }

    private mutating func string() -> Value? {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else { return nil }
        position += 1
        let literal = Data(bytes[start..<position])
        return (try? JSONDecoder().decode(String.self, from: literal)).map { .string($0) }
    }

    private mutating func word() -> Value? {
        let start = position
        while position < bytes.count, !",]} \n".utf8.contains(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return Number(json: word).map { .number($0) }
        }
    }
}
