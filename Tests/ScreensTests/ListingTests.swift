import Catalog
import Engine
import Synchronization
import Terminal
import Testing

@testable import Screens

/// Names in memory that somebody else may change.
private final class Shelf: Sendable {
    let names: Mutex<[String]>
    init(_ names: [String]) { self.names = Mutex(names) }
}

private struct ShelfRow: Sendable, Identifiable { var id: String }

private struct ShelfSource: ListSource {
    let shelf: Shelf
    static func == (left: ShelfSource, right: ShelfSource) -> Bool { left.shelf === right.shelf }

    private var all: [String] { shelf.names.withLock { $0 } }

    func page(_ engine: Engine, offset: Int, limit: Int) -> (rows: [ShelfRow], total: Int) {
        (all.dropFirst(offset).prefix(limit).map(ShelfRow.init), all.count)
    }

    func names(_ engine: Engine) -> NamedKeys {
        all.enumerated().reduce(into: NamedKeys()) { $0.append(key: $1.offset, name: $1.element) }
    }

    func rows(_ engine: Engine, _ keys: [Int]) -> [ShelfRow] {
        let all = all
        return keys.filter { $0 < all.count }.map { ShelfRow(id: all[$0]) }
    }

    func place(_ engine: Engine, of id: String) -> Int? { all.firstIndex(of: id) }
}

@Suite struct ListingTests {
    private let bench: FormBench
    private let shelf = Shelf((0..<1000).map { "name-\(String($0 + 1000).dropFirst())" })

    init() throws { bench = try FormBench() }

    private func listing() throws -> Listing<ShelfSource> {
        var list = Listing(ShelfSource(shelf: shelf))
        try list.load(bench.engine, height: 20)
        return list
    }

    private func type(_ keys: [KeyEvent], into list: inout Listing<ShelfSource>) throws {
        for key in keys {
            let isTaken = try list.handle(key, page: 20, bench.engine)
            #expect(isTaken, "\(key)")
        }
    }

    /// Reads what is to be read in the background; a second reading must not be asked for meanwhile.
    private func read(_ list: inout Listing<ShelfSource>) async throws -> Bool {
        let work = list.work()
        let second = list.work()
        #expect(second == nil)
        let begun = try #require(work)
        let answer = await begun(bench.engine)
        return list.take(answer, bench.engine)
    }

    @Test func `any row can be gone to, and is there`() throws {
        var list = try listing()
        #expect(list.position.string == "1/1000")
        for (keys, expected) in [
            (["j", "j", "PgDn"], 22), (["G"], 999), (["PgUp"], 979), (["g"], 0), (["k"], 0),
        ] as [([KeyEvent], Int)] {
            try type(keys, into: &list)
            #expect(list.state.index == expected)
            #expect(list.selected?.id == shelf.names.withLock { $0[expected] })
            for near in max(0, expected - 20)..<min(1000, expected + 20) { #expect(list.row(at: near) != nil) }
        }
    }

    @Test func `a filter goes over all rows, keeps the selected one, and gives it back`() throws {
        var list = try listing()
        try type(["G", "k", "k"], into: &list)
        try type(["/", "9", "9"], into: &list)
        #expect(list.count == 19)
        #expect(list.selected?.id == "name-997")
        #expect(list.takesFirst("q"))
        try type(["Down", "Enter"], into: &list)
        #expect(list.selected?.id == "name-998")
        #expect(!list.takesFirst("q"))
        try type(["Esc"], into: &list)
        #expect(list.position.string == "999/1000")
        #expect(list.selected?.id == "name-998")
    }

    @Test func `names are read in the background once somebody filters`() async throws {
        var list = try listing()
        let early = list.work()
        #expect(early == nil)
        try type(["/"], into: &list)
        let isTaken = try await read(&list)
        #expect(isTaken)
        let others = list.take("another's", bench.engine)
        #expect(!others)
        try type(["0", "0", "0"], into: &list)
        #expect(list.count == 1)
        let late = list.work()
        #expect(late == nil)
    }

    @Test func `the selection stays with its row when others come and go`() throws {
        var list = try listing()
        try type(["PgDn", "j"], into: &list)
        #expect(list.selected?.id == "name-021")
        shelf.names.withLock { $0.insert("a-first-one", at: 0) }
        try list.load(bench.engine, height: 20)
        #expect(list.selected?.id == "name-021")
        #expect(list.state.index == 22)
        shelf.names.withLock { $0.removeAll { $0 == "name-021" } }
        try list.load(bench.engine, height: 20)
        #expect(list.selected?.id == "name-022")
        shelf.names.withLock { $0.removeLast(990) }
        try list.load(bench.engine, height: 20)
        #expect(list.position.string == "10/10")
        shelf.names.withLock { $0.removeAll() }
        try list.load(bench.engine, height: 20)
        #expect(list.selected == nil)
        try type(["j", "G"], into: &list)
        #expect(list.position.string.isEmpty)
    }

    @Test func `a filtered list follows the store`() async throws {
        var list = try listing()
        try type(["/", "9", "9", "8"], into: &list)
        shelf.names.withLock { $0.insert("name-998-too", at: 0) }
        try list.load(bench.engine, height: 20)
        _ = try await read(&list)
        #expect(list.count == 2)
        shelf.names.withLock { $0.removeAll { $0.contains("998") } }
        try list.load(bench.engine, height: 20)
        #expect(list.selected?.id.contains("998") != true)
    }
}
