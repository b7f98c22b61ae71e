import Catalog
import Documents
import Foundation
import Provisioning
import Testing

/// Every CloudFormation rendering of the outside cases is rehearsed: made, changed, removed.
@Suite struct BundleCaseTests {
    struct Rendering: Sendable, CustomTestStringConvertible {
        var bundle: String
        var spec: String
        var target: String
        var text: String
        var testDescription: String { "\(bundle) \(spec) \(target)" }
    }

    /// What the service refuses of these bundles, and a rehearsal therefore too: by bundle, the resource.
    private static let refused = [
        // The rendering is empty.
        "service-templates__gw-lb-ecs-fargate": "",
        // The name of its target group has an underscore.
        "loadbalanced-fargate-svc__service": "TargetGroup",
        // Python 3.6 and 3.8 ended.
        "environment-templates__ecs-ec2-env": "ECSDrainHookFunction",
        "proton__service": "ProcessDynamoDBStream",
    ]

    static let renderings: [Rendering] = {
        let root = Cases.directory.appending(path: "bundles/oracle")
        guard let paths = FileManager.default.enumerator(atPath: root.path) else {
            print("skipped: no cases at \(Cases.directory.path)")
            return []
        }
        let files = paths.compactMap { $0 as? String }.filter { $0.hasSuffix("/cloudformation.yaml") }.sorted()
        return files.compactMap { path in
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count == 6, let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
            else { return nil }
            return Rendering(bundle: parts[1], spec: parts[2], target: parts[4], text: text)
        }
    }()

    @Test(arguments: renderings)
    func `a rendering is made, its outputs resolved, everything removed`(rendering: Rendering) async throws {
        let rehearsal = Rehearsal()
        let outcome = try await rehearsal.apply(rendering.text)
        if let resource = outcome.failure?.resource {
            #expect(Self.refused[rendering.bundle] == resource, "\(outcome.failure?.reason ?? "")")
            #expect(rehearsal.ledger.state.resources.isEmpty)
            return
        }
        let outputs = try #require(outcome.outputs)
        for (key, value) in outputs { #expect(isResolved(value), "\(key): \(value)") }
        for resource in rehearsal.ledger.state.resources.values {
            let id = resource.physicalID
            #expect(!id.isEmpty && isResolved(id), "\(resource.type): \(id)")
        }
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test(arguments: renderings.filter { $0.spec == "min" })
    func `a rendering is updated to another spec's`(rendering: Rendering) async throws {
        let others = Self.renderings.filter {
            $0.bundle == rendering.bundle && $0.target == rendering.target && $0.spec != "min"
        }
        for other in others where Self.refused[rendering.bundle] == nil {
            let rehearsal = Rehearsal()
            try await rehearsal.apply(rendering.text)
            let outcome = try await rehearsal.applyNext(other.text)
            #expect(outcome.outputs != nil, "\(other.spec): \(outcome.failure?.reason ?? "")")
        }
    }

    /// No function stands in it, and no end of it is missing.
    private func isResolved(_ text: String) -> Bool {
        !text.contains("Fn::") && !text.contains("\"Ref\"") && !text.contains("{")
            && !text.hasSuffix("|")
    }
}

enum Cases {
    static let directory: URL = {
        if let path = ProcessInfo.processInfo.environment["BARYON_CASES"] { return URL(filePath: path) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: "../shared/cases").standardizedFileURL
    }()
}
