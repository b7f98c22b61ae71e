import Catalog
import Engine
import Terminal

/// Where the rows of a long list come from, in one order that stays the same until the store changes.
protocol ListSource: Sendable, Equatable {
    associatedtype Row: Sendable & Identifiable where Row.ID: Sendable

    /// Some rows, and how many there are in all.
    func page(_ engine: Engine, offset: Int, limit: Int) throws(Refusal) -> (rows: [Row], total: Int)
    /// All rows' keys and words; read in the background, because it takes a while.
    func names(_ engine: Engine) throws(Refusal) -> NamedKeys
    /// The rows with these keys, as far as they are there.
    func rows(_ engine: Engine, _ keys: [Int]) throws(Refusal) -> [Row]
    /// How many rows stand before this one; `nil` where it is not in the list.
    func place(_ engine: Engine, of id: Row.ID) throws(Refusal) -> Int?
}

/// The names of a whole list, to be searched as a person types.
struct ListNames<Source: ListSource>: Sendable {
    let keys: [Int]
    let index: NameIndex

    init(_ source: Source, _ engine: Engine) throws(Refusal) {
        let names = try source.names(engine)
        keys = names.keys
        index = NameIndex(names.names)
    }
}

/// What came of reading the names in the background; none where they can't be read.
struct NamesAnswer<Source: ListSource>: Sendable {
    let source: Source
    let names: ListNames<Source>?
}

/// Targets of one level, narrowed and sorted.
struct FleetSource: ListSource {
    var query: FleetQuery

    func page(_ engine: Engine, offset: Int, limit: Int) throws(Refusal) -> (rows: [FleetRow], total: Int) {
        var query = query
        query.offset = offset
        query.limit = limit
        let page = try engine.fleet(query)
        return (page.rows, page.total)
    }

    func names(_ engine: Engine) throws(Refusal) -> NamedKeys { try engine.names(query) }
    func rows(_ engine: Engine, _ keys: [Int]) throws(Refusal) -> [FleetRow] { try engine.fleetRows(keys) }

    func place(_ engine: Engine, of id: String) throws(Refusal) -> Int? {
        guard let target = Target(id: id) else { return nil }
        return try engine.place(of: target, in: query)
    }
}

/// All templates, by name.
struct CatalogSource: ListSource {
    func page(_ engine: Engine, offset: Int, limit: Int) throws(Refusal) -> (rows: [CatalogRow], total: Int) {
        let page = try engine.catalog(CatalogQuery(offset: offset, limit: limit))
        return (page.rows, page.total)
    }

    func names(_ engine: Engine) throws(Refusal) -> NamedKeys { try engine.templateNames() }
    func rows(_ engine: Engine, _ keys: [Int]) throws(Refusal) -> [CatalogRow] { try engine.catalogRows(keys) }
    func place(_ engine: Engine, of id: String) throws(Refusal) -> Int? { try engine.place(ofTemplate: id) }
}
