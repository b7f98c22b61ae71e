import ArgumentParser
import Catalog
import Engine
import Foundation

/// A workspace on the disk for as long as a command runs.
struct ScratchWorkspace {
    let directory: String
    let engine: Engine

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/baryon-bench-\(UUID().uuidString)"
        engine = try ScratchWorkspace.open(directory)
    }

    /// As another program would.
    func open() throws -> Engine { try ScratchWorkspace.open(directory) }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    func deploy(_ request: OrderRequest) async throws {
        let order = try engine.submit(try engine.plan(request))
        try await engine.run()
        let ended = try engine.deployment(order.deployments[0].id).deployment
        guard ended.phase == .succeeded else { throw ValidationError(ended.failure?.reason ?? "It did not succeed.") }
    }

    private static func open(_ directory: String) throws -> Engine {
        try Engine.open(Workspace(path: directory), actor: Actor(name: "bench")) {
            Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
    }
}

/// A table with the goal beside each figure.
enum Figures {
    static func head() { print("| what | p50 | p99 | rounds | goal |\n|---|---|---|---|---|") }

    static func row(_ name: String, _ samples: Samples, goal: String) {
        print(
            "| \(name) | \(samples.median.shown) | \(samples.percentile(99).shown) | \(samples.count) | under \(goal) |"
        )
    }
}
