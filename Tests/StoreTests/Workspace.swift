import Catalog
import Documents
import Foundation

@testable import Store

/// A store in a directory of its own, removed when the test is over.
final class Workspace {
    let directory: String
    let store: Store

    init() throws {
        directory = Workspace.newDirectory()
        store = try Store.open(directory: directory)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    static func newDirectory() -> String {
        FileManager.default.temporaryDirectory.path + "/store-" + UUID().uuidString
    }

    static let now = Instant(milliseconds: 1_790_000_000_000)

    static func entry(_ act: String = "test.act", subject: String = "net") -> HistoryEntry {
        HistoryEntry(at: now, by: "ann", act: act, subject: subject)
    }

    /// Registers and publishes versions of a template.
    @discardableResult
    func publish(
        _ name: String, _ kind: TemplateKind = .environment, _ numbers: VersionNumber...
    ) throws -> VersionLine {
        for number in numbers { try register(name, kind, number) }
        return try store.changeLine(of: name, at: Workspace.now, history: Workspace.entry()) { line in
            for number in numbers { line.publish(number) }
        }
    }

    @discardableResult
    func register(
        _ name: String, _ kind: TemplateKind = .environment, _ number: VersionNumber, title: String? = nil,
        summary: String = "", owner: String = "platform"
    ) throws -> TemplateVersion {
        let digest = try store.put(Array("\(name) \(number)".utf8))
        let template = Template(
            name: name, kind: kind, title: title ?? name, summary: summary, owner: owner, createdAt: Workspace.now)
        let version = TemplateVersion(
            template: name, kind: kind, number: number, status: .draft, digest: digest, notes: "made",
            compatibleEnvironments: kind == .service ? [CompatibleEnvironment(template: "net", major: 1)] : [],
            languages: [kind == .service ? .instance : .environment: .cloudFormation], registeredAt: Workspace.now,
            registeredBy: "ann")
        try store.register(template, version, history: Workspace.entry("template.register", subject: name))
        return version
    }

    static func step(
        _ target: Target, _ action: DeploymentAction = .create, _ template: String = "net",
        _ version: VersionNumber = VersionNumber(1, 0), spec: String = "a: 1\n", revision: Int = 1, base: Int? = nil,
        environment: String = "", owner: String = "ann", stage: Stage = .test
    ) -> Submission.Step {
        Submission.Step(
            target: target, action: action, template: template, version: version, environment: environment,
            owner: owner, stage: stage, spec: spec, revision: revision, baseRevision: base, planDigest: "plan")
    }

    static func submission(
        _ steps: [Submission.Step], service: Submission.ServiceChange? = nil, destroys: String? = nil
    ) -> Submission {
        Submission(
            title: "an order", by: "ann", why: "because", tags: ["cost": "1"], at: now,
            services: service.map { [$0] } ?? [],
            steps: steps, destroysService: destroys)
    }

    static func newService(_ name: String, template: String = "web") -> Submission.ServiceChange {
        Submission.ServiceChange(
            service: Service(name: name, template: template, owner: "ann", spec: "s: 1\n", createdAt: now),
            baseRevision: nil)
    }

    @discardableResult
    func submit(
        _ steps: Submission.Step..., service: Submission.ServiceChange? = nil, destroys: String? = nil
    ) throws -> Receipt {
        try store.submit(Workspace.submission(steps, service: service, destroys: destroys))
    }

    func claim(_ owner: String = "one", at now: Instant = Workspace.now) throws -> Claim? {
        try store.claim(owner: owner, now: now, leaseMilliseconds: 10_000)
    }

    /// Claims and ends deployments until none is left.
    func runAll(_ outcome: (Deployment) -> Outcome = { _ in .succeeded([]) }) throws {
        while let claim = try claim() { try store.finish(claim, outcome(claim.deployment), at: Workspace.now) }
    }

    /// An environment `dev` on `net@1.0`, and a service `shop` with instance `prod` on `web@1.0` in it; all applied.
    func makeFleet() throws {
        try publish("net", .environment, VersionNumber(1, 0))
        try publish("web", .service, VersionNumber(1, 0))
        try submit(Workspace.step(.environment("dev")))
        try submit(
            Workspace.step(.instance(service: "shop", name: "prod"), .create, "web", environment: "dev"),
            service: Workspace.newService("shop"))
        try runAll()
    }
}
