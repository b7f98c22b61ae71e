import ArgumentParser
import Catalog
import Documents
import Engine
import Foundation

/// Where the catalog is kept.
struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The workspace's directory; else BARYON_WORKSPACE, else ~/.local/share/baryon.", valueName: "dir"))
    var workspace: String?

    var place: Workspace { Workspace(option: workspace, environment: ProcessInfo.processInfo.environment) }

    func validate() throws {
        if workspace?.isEmpty == true { throw ValidationError("--workspace must name a directory, but is empty.") }
    }

    func engine() throws -> Engine {
        var isDirectory: ObjCBool = false
        let place = try self.place.checked()
        if FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory), !isDirectory.boolValue {
            throw Refusal(
                "workspace.file", "A workspace must be a directory, but \(place.path) is a file.",
                hint: "Choose another with --workspace.")
        }
        let (access, findings) = PersonalFile.access(ProcessInfo.processInfo.environment)
        Console.report(findings)
        return try Engine.open(place, actor: WorkspaceOptions.actor, access: access) { WorkspaceOptions.now() }
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

/// How many rows of a list are printed.
struct LimitOptions: ParsableArguments {
    // Unconditional, so that -1 is taken for a number and gets its own sentence.
    @Option(
        parsing: .unconditional, help: ArgumentHelp("At most so many rows; 0 for all.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more, but is \(limit).") }
    }

    /// The limit for a query that takes a number; `standard` where none is given.
    func rows(orElse standard: Int) -> Int { limit == 0 ? Int(Int32.max) : limit ?? standard }
}

/// How much of a list is printed.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only those of this owner.", valueName: "name")) var owner = ""
    @OptionGroup var rowLimit: LimitOptions

    /// 0 for all.
    var limit: Int { rowLimit.limit ?? 1000 }

    /// What to say where nothing is listed: that there is nothing, or that nobody has such an owner's name.
    ///
    /// - Parameter total: How many there are whoever owns them; asked only where it matters.
    func emptySentence(_ sentence: String, total: () throws -> Int) rethrows -> String {
        guard !owner.isEmpty else { return sentence }
        let count = try total()
        guard count > 0 else { return sentence }
        return "Nothing of owner \"\(owner)\" is here; without --owner there \(count == 1 ? "is 1" : "are \(count)")."
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
