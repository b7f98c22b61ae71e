import Catalog
import Engine
import Foundation
import Screens
import Synchronization
import Terminal
import Testing

/// A workspace of its own with the starter catalog, in which orders are carried out, and its screens.
final class ScreenBench {
    let directory: String
    let engine: Engine
    /// Whose things the screens show first.
    let owner: String
    private let clock = Clock()
    private var services = 0
    static let sizes = [Size(120, 36), Size(80, 24), Size(40, 10)]

    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(1_795_000_000_000)
    }

    init(owner: String = "", program: String = "aws") throws {
        self.owner = owner
        directory = NSTemporaryDirectory() + "baryon-screens-\(UUID().uuidString)"
        let clock = clock
        engine = try Engine.open(
            Workspace(path: directory), actor: Actor(name: "ana"), access: Access(program: program)
        ) {
            Instant(milliseconds: clock.milliseconds.withLock { $0 })
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    // MARK: Orders

    /// Submits an order and carries it out; gives its first deployment.
    @discardableResult
    func order(_ request: OrderRequest, why: String = "", failAt: String? = nil) async throws -> Deployment.ID {
        let order = try engine.submit(try engine.plan(request), why: why, tags: [:])
        try await engine.run(RunnerOptions(failAt: failAt))
        return try #require(order.deployments.first?.id)
    }

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

    /// The network, and the service with two instances in it.
    func orderShop() async throws {
        try await order(network)
        try await order(service)
    }

    /// A test and a production environment, with each service in both; everything is on 1.0.
    func fill(services: [String] = ["shop"], owner: String = "") async throws {
        for (name, stage) in [("lab", Stage.test), ("live", .production)] {
            try await order(
                .createEnvironment(
                    EnvironmentOrder(name: name, template: "fargate-cluster", stage: stage, owner: "platform")))
        }
        for service in services { try await addService(service, owner: owner) }
    }

    func addService(_ name: String, owner: String) async throws {
        services += 1
        let spec = """
            proton: ServiceSpec
            instances:
              - name: dev
                environment: lab
                spec:
                  route_priority: \(10 + services)
              - name: prod
                environment: live
                spec:
                  route_priority: \(10 + services)
            """
        try await order(
            .createService(ServiceOrder(name: name, template: "fargate-service", spec: spec, owner: owner)))
    }

    func publish(_ template: String, _ major: Int, _ minor: Int) throws {
        _ = try engine.publish(template, VersionNumber(major, minor))
    }

    // MARK: Screens

    func desk(_ size: Size = Size(120, 36)) -> Desk { Desk(engine: engine, owner: owner, size: size) }

    /// The shell on one page after keys were typed one after the other.
    func shell(_ page: any Screens.Page, _ keys: [KeyEvent] = [], size: Size = Size(120, 36)) -> Shell {
        typing(keys, on: Shell(desk: desk(size), keys: KeyMap(ScreensProgram.commands), roots: [{ _ in page }]), size)
    }

    /// The whole program after keys were typed one after the other.
    func program(_ keys: [KeyEvent], size: Size = Size(120, 36)) -> Shell {
        typing(keys, on: ScreensProgram.shell(desk(size)), size)
    }

    private func typing(_ keys: [KeyEvent], on shell: Shell, _ size: Size) -> Shell {
        var shell = shell
        _ = shell.update(.resize(size))
        for key in keys { _ = shell.update(.key(key)) }
        return shell
    }

    func rows(_ page: any Screens.Page, _ keys: [KeyEvent] = [], size: Size = Size(120, 36)) -> [String] {
        shell(page, keys, size: size).view(size).surface.rows
    }

    func walk(_ page: any Screens.Page, _ size: Size = Size(120, 36)) -> Walk {
        Walk(shell(page, size: size), self, size)
    }

    /// Lets time pass, and the shell notice it.
    func wait(_ milliseconds: Int64, _ shell: inout Shell) async {
        clock.milliseconds.withLock { $0 += milliseconds }
        await perform(shell.update(.tick(.milliseconds(milliseconds))), &shell)
    }

    /// Carries out what a page asked for, and gives it the answers.
    func perform(_ effects: [Shell.Effect], _ shell: inout Shell) async {
        for effect in effects {
            switch effect {
            case .perform(let page, let work):
                let answer = await work(engine)
                await perform(shell.update(.message(.answer(page: page, answer))), &shell)
            case .export(let export):
                await perform(shell.update(.message(.exported(export, export.write()))), &shell)
            case .deploy, .edit, .copy, .handOver: break
            }
        }
    }

    // MARK: Forms

    var opening: FormOpening { FormOpening(engine, owner: owner) }

    func model(_ template: String) throws -> FormModel {
        try opening.new(try engine.template(template).template, .standard)
    }

    func form(_ template: String) throws -> any Screens.Page {
        let actions = FormPage.opening(template: try engine.template(template).template, .standard, desk())
        guard case .open(let page)? = actions.first else { throw NoForm() }
        return page
    }

    private struct NoForm: Error {}
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
