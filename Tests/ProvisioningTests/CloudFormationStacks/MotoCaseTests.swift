import Catalog
import Documents
import Foundation
import Provisioning
import Synchronization
import Testing

/// Renderings of the outside cases as real stacks, as far as a server that plays AWS goes.
///
/// Each call of the real tool takes most of a second: `BARYON_MOTO_CASES` says how many are made where not all are to
/// be.
@Suite(.serialized) struct MotoCaseTests {
    private struct Rendering: Sendable {
        var bundle: String
        var spec: String
        var target: String
        var text: String
        var name: String { "\(bundle) \(spec) \(target)" }
    }

    private static let all = BundleCaseTests.journeys.flatMap { journey in
        journey.renderings.map {
            Rendering(bundle: journey.bundle, spec: $0.spec, target: journey.target, text: $0.text)
        }
    }

    /// Bundles that the plain server takes, by a part of their name and of the target's.
    private static let samples = [
        ("environment-templates__jungle", "environment"), ("proton__environment", "environment"),
        ("service-templates__apprunner-svc", "instance-orders-dev"),
    ]

    /// Most instances name networks and clusters of an environment that is not there.
    private static func standsAlone(_ rendering: Rendering) -> Bool {
        guard ["min", "alt"].contains(rendering.spec), !refused.contains(where: rendering.bundle.hasSuffix) else {
            return false
        }
        return !rendering.target.hasPrefix("instance-") || rendering.bundle.contains("lambda")
            || rendering.bundle.contains("apprunner")
    }

    /// What the server refuses: a subnet without a name, an output of nothing, an empty template.
    private static let refused: Set<String> = [
        "rdev-env__environment", "proton__service", "service-templates__gw-lb-ecs-fargate",
    ]

    private static let wish = ProcessInfo.processInfo.environment["BARYON_MOTO_CASES"].flatMap(Int.init) ?? .max

    /// Calls are counted by a program that stands before the tool.
    private final class Tally: Sendable {
        struct Line: Sendable {
            var name: String
            var result: String
        }
        private let lines = Mutex([Line]())
        func add(_ name: String, _ result: String) { lines.withLock { $0.append(Line(name: name, result: result)) } }
        var all: [Line] { lines.withLock { $0 } }
        var good: Int { all.count { $0.result == "" } }
    }

    private static func renderings(_ matches: (Rendering) -> Bool) -> [Rendering] {
        all.filter { matches($0) }
    }

    /// Runs `body` over `items`, four at a time.
    private func each<Item: Sendable>(_ items: [Item], _ body: @Sendable @escaping (Item) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= 4 { await group.next() }
                group.addTask { await body(item) }
            }
        }
    }

    @Test func `samples are made, changed and removed on the plain server`() async throws {
        let samples = Self.renderings { rendering in
            rendering.spec == "min"
                && Self.samples.contains { rendering.bundle.contains($0) && rendering.target == $1 }
        }
        guard Moto.absence == nil, !samples.isEmpty else {
            print(Moto.absence ?? "skipped: no cases")
            return
        }
        let moto = try await Moto()
        defer { moto.stop() }
        let tally = Tally()
        let start = ContinuousClock.now
        await each(Array(samples.enumerated())) { index, sample in
            let other = Self.renderings {
                $0.bundle == sample.bundle && $0.target == sample.target && $0.spec == "alt"
            }.first
            let stack = MotoStack(moto: moto, name: "sample-\(index)")
            await tally.add(sample.name, self.story(stack, sample.text, other?.text))
        }
        report("samples on the plain server", tally, start)
        for line in tally.all { #expect(line.result == "", "\(line.name)") }
    }

    @Test func `cases are made and removed on the server with its gaps closed`() async throws {
        let script = Cases.directory.deletingLastPathComponent().appending(path: "tools/moto_plus.py").path
        let cases = Array(Self.renderings(Self.standsAlone).prefix(Self.wish))
        guard Moto.absence == nil, !cases.isEmpty, FileManager.default.fileExists(atPath: script) else {
            print(Moto.absence ?? "skipped: no cases, or no server for them")
            return
        }
        let moto = try await Moto(script: script)
        defer { moto.stop() }
        let tally = Tally()
        let start = ContinuousClock.now
        await each(Array(cases.enumerated())) { index, sample in
            let stack = MotoStack(moto: moto, name: "case-\(index)")
            await tally.add(sample.name, self.story(stack, sample.text, nil))
        }
        report("cases on the server with its gaps closed", tally, start)
        // Two or three are beyond this server too.
        #expect(tally.good >= min(40, cases.count * 7 / 10))
    }

    /// - Returns: What went wrong; empty where nothing did.
    private func story(_ stack: MotoStack, _ text: String, _ other: String?) async -> String {
        do {
            let made = try await stack.apply(text)
            guard made.outputs != nil else { return "made: \(made)" }
            let count = stack.ledger.state.resources.count
            if let other {
                let verdict = try await stack.provisioner.plan(stack.job(other))
                let changed = try await stack.apply(other, expected: verdict?.changes ?? [])
                guard changed.outputs != nil else { return "changed: \(changed)" }
            }
            var removed = try await stack.destroy()
            // The server refuses to delete a network with a gateway, and forgets the stack by that.
            if removed.failure?.reason.contains("has dependencies") == true { removed = try await stack.destroy() }
            guard removed == .succeeded([]), stack.ledger.state.resources.isEmpty, count > 0 else {
                return "removed: \(removed), of \(count) left \(stack.ledger.state.resources.keys.sorted())"
            }
            return ""
        } catch { return "\(error)" }
    }

    private func report(_ title: String, _ tally: Tally, _ start: ContinuousClock.Instant) {
        let seconds = (ContinuousClock.now - start).components.seconds
        print("\(title): \(tally.good) of \(tally.all.count) in \(seconds) s")
        for line in tally.all where line.result != "" { print("  \(line.name): \(line.result.prefix(400))") }
    }
}
