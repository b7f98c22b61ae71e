import Catalog
import Documents
import Foundation
import GRDB

/// Reads a row's columns from left to right, in the order in which the query names them.
///
/// Nothing here traps: a file that somebody else wrote may hold anything.
struct Columns {
    private let row: Row
    private var index = 0

    init(_ row: Row) { self.row = row }

    private mutating func next() -> Int {
        defer { index += 1 }
        return index
    }

    mutating func optionalText() -> String? { row[next()] as String? }
    mutating func text() -> String { optionalText() ?? "" }
    mutating func optionalInt() -> Int? { row[next()] as Int? }
    mutating func int() -> Int { optionalInt() ?? 0 }
    mutating func bool() -> Bool { int() != 0 }
    mutating func bytes() -> [UInt8] { (row[next()] as Data?).map(Array.init) ?? [] }

    mutating func optionalInstant() -> Instant? {
        optionalInt().map { Instant(milliseconds: Int64($0)) }
    }

    mutating func instant() -> Instant { optionalInstant() ?? Instant(milliseconds: 0) }

    mutating func optionalNumber() -> VersionNumber? {
        let major = optionalInt()
        let minor = optionalInt()
        guard let major, let minor else { return nil }
        return VersionNumber(major, minor)
    }

    mutating func number() -> VersionNumber { optionalNumber() ?? VersionNumber(0, 0) }

    mutating func optionalDeployment() -> Deployment.ID? { optionalInt().map { Deployment.ID($0) } }

    mutating func optionalChoice<Choice: RawRepresentable<String>>(_: Choice.Type = Choice.self) throws -> Choice? {
        guard let text = optionalText() else { return nil }
        guard let choice = Choice(rawValue: text) else { throw damaged("holds \"\(text)\", which no Baryon writes") }
        return choice
    }

    mutating func choice<Choice: RawRepresentable<String>>(_: Choice.Type = Choice.self) throws -> Choice {
        guard let choice: Choice = try optionalChoice() else { throw damaged("lacks a value that every row has") }
        return choice
    }

    mutating func target() throws -> Target {
        let text = text()
        guard let target = Target(id: text) else { throw damaged("holds \"\(text)\" as a target") }
        return target
    }

    mutating func json() throws -> Value {
        let text = text()
        guard let value = StoredJSON.value(text) else { throw damaged("holds text that is not JSON") }
        return value
    }

    private func damaged(_ what: String) -> StoreError {
        .unreadable(path: "catalog.sqlite", cause: "a row \(what)")
    }
}
