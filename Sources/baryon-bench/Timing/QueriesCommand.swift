import ArgumentParser
import Catalog
import Engine
import Foundation

/// What each screen asks when it is opened or the selection moves.
struct QueriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queries", abstract: "Times the queries behind each screen on a filled workspace.")

    @OptionGroup var place: PlaceOptions
    @Option(help: "Seconds for each query.") var budget = 1.0

    func run() throws {
        let engine = try Engine.open(Workspace(path: try place.path()), actor: Actor(name: "bench")) {
            Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
        print("| query | p50 | p99 | rounds |\n|---|---|---|---|")
        for query in try QueriesCommand.queries(engine) {
            let samples = try Samples(budget: .seconds(budget), rounds: 1000) { try query.work() }
            print(
                "| \(query.name) | \(samples.median.shown) | \(samples.percentile(99).shown) | \(samples.count) |")
        }
    }

    private struct Query {
        let name: String
        let work: () throws -> Void

        init(_ name: String, _ work: @escaping () throws -> Void) {
            self.name = name
            self.work = work
        }
    }

    private static func queries(_ engine: Engine) throws -> [Query] {
        let template = try engine.catalog(CatalogQuery(limit: 1)).rows.first?.template.name ?? ""
        let target = try engine.fleet(FleetQuery(limit: 1)).rows.first?.target ?? .environment("")
        let environment = try engine.fleet(FleetQuery(level: .environments, limit: 1)).rows.first?.target ?? target
        var queries = [
            Query("home: overview") { _ = try engine.overview() },
            Query("catalog: a screenful") { _ = try engine.catalog(CatalogQuery(limit: 60)) },
            Query("catalog: search \"payment api\"") {
                _ = try engine.catalog(CatalogQuery(text: "payment api", limit: 60))
            },
            Query("template: page") { _ = try engine.template(template) },
            Query("fleet: a screenful from the middle") {
                _ = try engine.fleet(FleetQuery(offset: 50_000, limit: 60))
            },
            Query("fleet: words \"oslo checkout\"") {
                _ = try engine.fleet(FleetQuery(text: "oslo checkout", limit: 60))
            },
            Query("fleet: counts") { _ = try engine.counts(.instances) },
            Query("target: instance") { _ = try engine.target(target) },
            Query("target: environment") { _ = try engine.target(environment) },
            Query("inbox: first 500") { _ = try engine.recommendations(limit: 500) },
            Query("history: first 500") { _ = try engine.deployments(limit: 500) },
        ]
        for sort in FleetQuery.Sort.allCases {
            for filter in FleetQuery.Filter.allCases {
                queries.append(
                    Query("fleet: \(filter.rawValue) by \(sort.rawValue)") {
                        _ = try engine.fleet(FleetQuery(filter: filter, sort: sort, limit: 60))
                    })
            }
        }
        return queries
    }
}
