import Catalog
import Engine
import Foundation
import Screens
import Terminal
import Testing

/// A workspace with the starter catalog in which orders are carried out, and its screens.
final class ScreenBench {
    let directory: String
    let engine: Engine
    static let sizes = [Size(120, 36), Size(80, 24), Size(40, 10)]

    init() throws {
        directory = NSTemporaryDirectory() + "baryon-screens-\(UUID().uuidString)"
        engine = try Engine.open(Workspace(path: directory), actor: Actor(name: "ana")) {
            Instant(milliseconds: 1_795_000_000_000)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    static let shop = """
        proton: ServiceSpec
        instances:
          - name: dev
            environment: net
            spec:
              route_priority: 10
          - name: qa
            environment: net
            spec:
              route_priority: 20

        """

    var network: OrderRequest { .createEnvironment(EnvironmentOrder(name: "net", template: "fargate-cluster")) }
    var service: OrderRequest {
        .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: ScreenBench.shop))
    }

    /// Submits an order and carries it out; gives its first deployment.
    @discardableResult
    func order(_ request: OrderRequest, why: String = "", failAt: String? = nil) async throws -> Deployment.ID {
        let plan = try engine.plan(request)
        let order = try engine.submit(plan, why: why, tags: [:])
        try await engine.run(RunnerOptions(failAt: failAt))
        return try #require(order.deployments.first?.id)
    }

    /// The network, and the service with two instances in it.
    func orderShop() async throws {
        try await order(network)
        try await order(service)
    }

    func shell(_ page: any Screens.Page, _ keys: [KeyEvent] = [], size: Size = Size(120, 36)) -> Shell {
        let desk = Desk(engine: engine, owner: "", size: size)
        var shell = Shell(desk: desk, keys: KeyMap(ScreensProgram.commands), roots: [{ _ in page }])
        _ = shell.update(.resize(size))
        for key in keys { _ = shell.update(.key(key)) }
        return shell
    }

    func rows(_ page: any Screens.Page, _ keys: [KeyEvent] = [], size: Size = Size(120, 36)) -> [String] {
        shell(page, keys, size: size).view(size).surface.rows
    }
}

extension [String] {
    /// Whether some row holds all of `parts`, in this order.
    func hasRow(_ parts: String...) -> Bool {
        contains { row in
            var rest = Substring(row)
            return parts.allSatisfy { part in
                guard let found = rest.range(of: part) else { return false }
                rest = rest[found.upperBound...]
                return true
            }
        }
    }

    var text: String { joined(separator: "\n") }
}
