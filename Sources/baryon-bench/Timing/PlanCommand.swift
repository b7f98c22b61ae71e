import ArgumentParser
import Catalog
import Documents
import Engine
import Foundation

/// What a change of inputs costs before anybody sees it: the largest environment among the outside cases.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Times the plans of the largest environment among the cases: validated, rendered, compared, checked.")

    @Option(help: ArgumentHelp("The cases' directory; else BARYON_CASES.", valueName: "dir")) var cases: String?
    @Option(help: "Seconds for each plan.") var budget = 2.0

    func run() async throws {
        let named = cases ?? ProcessInfo.processInfo.environment["BARYON_CASES"] ?? "../shared/cases"
        guard let known = try? Case.all(in: named), let largest = known.first else {
            return print("skipped: no cases at \(named)")
        }
        let bench = try ScratchWorkspace()
        defer { bench.remove() }
        // Runtimes of old bundles are of another time.
        for check in ["runtimes", "resources"] {
            try bench.engine.setCheck(check, level: .advisory, why: "old bundles")
        }
        Figures.head()
        let name = try await register(largest, bench)
        let order = EnvironmentOrder(name: "new", template: name, spec: try text(largest.specs[0]))
        try time("new", largest, .createEnvironment(order), bench.engine)
        // A rehearsal refuses what Lambda no longer takes: a change is planned over the largest that can be there.
        for one in known where one.specs.count > 1 {
            let name = try await register(one, bench)
            let order = EnvironmentOrder(name: name, template: name, spec: try text(one.specs[0]))
            guard (try? await bench.deploy(.createEnvironment(order))) != nil else { continue }
            let update = TargetUpdate(target: .environment(name), spec: try text(one.specs[1]))
            return try time("change", one, .updateEnvironment(update), bench.engine)
        }
    }

    private func time(_ what: String, _ one: Case, _ request: OrderRequest, _ engine: Engine) throws {
        let plan = try engine.plan(request)
        guard !plan.changes.isEmpty else { throw ValidationError("\(one.name) can't be planned.") }
        let samples = try Samples(budget: .seconds(budget), rounds: 1000) { _ = try engine.plan(request) }
        Figures.row("plan: \(what), \(one.size) resources, \(plan.changes.count) changes", samples, goal: "20 ms")
    }

    private func register(_ one: Case, _ bench: ScratchWorkspace) async throws -> String {
        let name = "case\(one.size)"
        let result = try await bench.engine.register(Registration(path: one.bundle, name: name))
        _ = try? bench.engine.publish(name, result.version.number)
        return name
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

/// An environment of the cases with the specs that it has there.
private struct Case {
    var name: String
    var size: Int
    var bundle: String
    var specs: [String]

    /// One of each size, the largest first.
    static func all(in cases: String) throws -> [Case] {
        let rows = try Workload.json("\(cases)/bundles/index.json").list ?? []
        var bySize: [Int: Case] = [:]
        for row in rows where row["kind"]?.string == "environment" && row["strict_ok"]?.bool == true {
            guard row["language"]?.string == "cloudformation", let size = row["resources"]?.number?.int,
                let name = row["bundle"]?.string, let spec = row["spec"]?.string
            else { continue }
            let bundle = "\(cases)/bundles/bundles/\(name)"
            var one = bySize[size] ?? Case(name: name, size: size, bundle: bundle, specs: [])
            if one.name == name { one.specs.append("\(cases)/bundles/oracle/\(spec)") }
            bySize[size] = one
        }
        return bySize.values.sorted { $0.size > $1.size }
    }
}
