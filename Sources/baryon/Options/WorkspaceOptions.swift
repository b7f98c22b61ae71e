import ArgumentParser
import Catalog
import Engine
import Foundation

/// Where the catalog is kept.
struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The workspace's directory; else BARYON_WORKSPACE, else ~/.local/share/baryon.", valueName: "dir"))
    var workspace: String?

    var place: Workspace { Workspace(option: workspace, environment: ProcessInfo.processInfo.environment) }

    func engine() throws -> Engine {
        try Engine.open(place, actor: WorkspaceOptions.actor) { WorkspaceOptions.now() }
    }

    static func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// The login name: history says who did what.
    static var actor: Actor {
        let environment = ProcessInfo.processInfo.environment
        if let name = environment["USER"] ?? environment["LOGNAME"], !name.isEmpty { return Actor(name: name) }
        guard let entry = getpwuid(getuid()) else { return Actor(name: "uid \(getuid())") }
        return Actor(name: String(cString: entry.pointee.pw_name))
    }
}

/// How results are printed.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @Option(help: "A table for people, or JSON with Proton's names for programs.") var output: Format = .table

    var isJSON: Bool { output == .json }
}

/// How much of a list is printed.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only those of this owner.", valueName: "name")) var owner = ""
    @Option(help: ArgumentHelp("At most so many rows; 0 for all.", valueName: "count")) var limit = 1000

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit must be 0 or more, but is \(limit).") }
    }

    /// Reads page after page, up to the limit; says how many were left out.
    func rows<Row>(_ page: (_ offset: Int, _ limit: Int) throws -> Page<Row>) throws -> [Row] {
        var rows: [Row] = []
        while true {
            let wanted = limit == 0 ? 2000 : min(2000, limit - rows.count)
            let next = try page(rows.count, wanted)
            rows += next.rows
            let isWhole = rows.count >= next.total || next.rows.isEmpty
            if isWhole { return rows }
            if limit > 0, rows.count >= limit {
                Console.talk("\(rows.count) of \(next.total) are shown; --limit 0 shows all.")
                return rows
            }
        }
    }
}
