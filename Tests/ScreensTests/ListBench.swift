import Catalog
import Documents
import Engine
import Foundation
import Screens
import Terminal

/// A workspace of its own, what a team has in it, and the real shell on its lists.
final class ListBench {
    let directory: String
    let engine: Engine
    let owner: String
    private var services = 0

    init(owner: String = "") throws {
        self.owner = owner
        directory = NSTemporaryDirectory() + "baryon-lists-\(UUID().uuidString)"
        engine = try Engine.open(Workspace(path: directory), actor: Actor(name: "ana")) {
            Instant(milliseconds: 1_795_000_000_000)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func deploy(_ request: OrderRequest, why: String = "", failAt: String? = nil) async throws {
        _ = try engine.submit(try engine.plan(request), why: why)
        try await engine.run(RunnerOptions(failAt: failAt))
    }

    /// A test and a production environment, with a service in both; everything is on 1.0.
    func fill(services: [String] = ["shop"], owner: String = "") async throws {
        for (name, stage) in [("lab", Stage.test), ("live", .production)] {
            try await deploy(
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
        try await deploy(
            .createService(ServiceOrder(name: name, template: "fargate-service", spec: spec, owner: owner)))
    }

    func publish(_ template: String, _ major: Int, _ minor: Int) throws {
        _ = try engine.publish(template, VersionNumber(major, minor))
    }

    func shell(_ page: any Screens.Page, _ size: Size = Size(120, 36)) -> Walk {
        Walk(
            Shell(
                desk: Desk(engine: engine, owner: owner, size: size), keys: KeyMap(ScreensProgram.commands),
                roots: [{ _ in page }]),
            self, size)
    }
}

/// A person at the keys: what is asked for in the background is answered at once.
struct Walk {
    var shell: Shell
    /// Kept, because its files go with it.
    let bench: ListBench
    var size: Size

    init(_ shell: Shell, _ bench: ListBench, _ size: Size) {
        (self.shell, self.bench, self.size) = (shell, bench, size)
        _ = self.shell.update(.resize(size))
    }

    /// Presses keys, then lets the moment pass that a resting screen waits for.
    mutating func press(_ keys: KeyEvent...) async {
        for key in keys { await answer(shell.update(.key(key))) }
        await rest()
    }

    mutating func type(_ text: String) async {
        for character in text { await answer(shell.update(.key(KeyEvent(stringLiteral: String(character))))) }
    }

    mutating func rest() async {
        guard shell.view(size).nextTick != nil else { return }
        await answer(shell.update(.tick(.zero)))
    }

    private mutating func answer(_ effects: [Shell.Effect]) async {
        for case .perform(let page, let work) in effects {
            await answer(shell.update(.message(.answer(page: page, await work(bench.engine)))))
        }
    }

    mutating func resize(_ size: Size) {
        self.size = size
        _ = shell.update(.resize(size))
    }

    var rows: [String] { shell.view(size).surface.rows }
    var text: String { rows.joined(separator: "\n") }

    /// The row with these words, blanks at its end left out.
    func row(_ words: String) -> String? { rows.first { $0.contains(words) } }
    var selectedRow: String? { rows.first { $0.hasPrefix(" ▸") } }
}
