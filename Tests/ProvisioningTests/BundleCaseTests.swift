import Catalog
import Documents
import Foundation
import Provisioning
import Synchronization
import Testing

/// Every CloudFormation rendering of the outside cases is rehearsed: made, changed to each other spec's and back, removed.
@Suite struct BundleCaseTests {
    /// One target of one bundle, with its rendering for each spec.
    struct Journey: Sendable, CustomTestStringConvertible {
        var bundle: String
        var target: String
        /// By spec; `min` comes first where there is one.
        var renderings: [(spec: String, text: String)]
        var testDescription: String { "\(bundle) \(target)" }
    }

    /// What the service itself refuses, so that a rehearsal has to.
    private struct Refused {
        var resource: String
        /// What the sentence has to say.
        var words: String
    }

    /// By the bundle and the beginning of the target, with what the service says to it.
    private static let refused: [String: Refused] = [
        // "At least one Resources member must be defined": the bundle's file is empty.
        "jquirossoto__aws-proton/service-templates__gw-lb-ecs-fargate instance-": Refused(
            resource: "", words: "must be an object, but is null"),
        // "Target group name can only contain characters that are alphanumeric characters and hyphens(-)".
        "bisoldi__aws-proton-sample-templates/loadbalanced-fargate-svc__service instance-orders-": Refused(
            resource: "TargetGroup", words: "Name must be letters, digits and -"),
        "jaglinsub__aws-proton-sample-templates/loadbalanced-fargate-svc__service instance-orders-": Refused(
            resource: "TargetGroup", words: "Name must be letters, digits and -"),
        // "The runtime parameter of python3.6 is no longer supported for creating or updating AWS Lambda functions."
        "aws-samples__aws-proton-cloudformation-sample-templates/environment-templates__ecs-ec2-env environment":
            Refused(resource: "ECSDrainHookFunction", words: "python3.6"),
        "bryjai__repokid-notifier-public/proton__service instance-": Refused(
            resource: "ProcessDynamoDBStream", words: "python3.8"),
    ]

    private static func refusal(of journey: Journey) -> Refused? {
        refused.first { "\(journey.bundle) \(journey.target)".hasPrefix($0.key) }?.value
    }

    static let journeys: [Journey] = {
        let root = Cases.directory.appending(path: "bundles/oracle")
        guard let paths = FileManager.default.enumerator(atPath: root.path) else {
            print("skipped: no cases at \(Cases.directory.path)")
            return []
        }
        let files = paths.compactMap { $0 as? String }.filter { $0.hasSuffix("/cloudformation.yaml") }.sorted()
        var journeys: [String: Journey] = [:]
        for path in files {
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count == 6, let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
            else { continue }
            let bundle = "\(parts[0])/\(parts[1])"
            let key = "\(bundle) \(parts[4])"
            var journey = journeys[key] ?? Journey(bundle: bundle, target: parts[4], renderings: [])
            journey.renderings.insert((parts[2], text), at: parts[2] == "min" ? 0 : journey.renderings.count)
            journeys[key] = journey
        }
        return journeys.sorted { $0.key < $1.key }.map(\.value)
    }()

    /// What all journeys came to, told when the last one ends.
    private static let figures = Mutex(Figures())

    private struct Figures {
        var journeys = 0, refused = 0, stacks = 0, resources = 0, updates = 0, outputs = 0, kept = 0
        var types: Set<String> = []
    }

    @Test(arguments: journeys)
    func `a target is made, moved to each other spec and back, and removed`(journey: Journey) async throws {
        let rehearsal = Rehearsal()
        var own = Figures()
        if let refused = Self.refusal(of: journey) {
            for (spec, text) in journey.renderings {
                let failure = try await rehearsal.applyNext(text).failure
                #expect(failure?.resource == refused.resource, "\(spec): \(failure?.reason ?? "")")
                #expect(failure?.reason.contains(refused.words) == true, "\(spec): \(failure?.reason ?? "")")
                #expect(rehearsal.ledger.state.resources.isEmpty)
            }
            own.refused = 1
            return tell(own)
        }
        let way = journey.renderings + (journey.renderings.count > 1 ? [journey.renderings[0]] : [])
        for (index, (spec, text)) in way.enumerated() {
            let outcome = try await rehearsal.applyNext(text)
            let outputs = try #require(outcome.outputs, "\(spec): \(outcome.failure?.reason ?? "")")
            for (key, value) in outputs { #expect(isResolved(value), "\(spec) \(key): \(value)") }
            let resources = rehearsal.ledger.state.resources.values
            for resource in resources {
                let id = resource.physicalID
                #expect(!id.isEmpty && isResolved(id), "\(spec) \(resource.type): \(id)")
            }
            if index == 0 { own.stacks += 1 } else { own.updates += 1 }
            own.resources += index == 0 ? resources.count : 0
            own.types.formUnion(resources.map(\.type))
            own.outputs += outputs.count
        }
        #expect(try await rehearsal.destroy() == .succeeded([]))
        let end = rehearsal.ledger.state
        #expect(end.resources.isEmpty)
        #expect(end.links.isEmpty)
        own.kept = end.kept.count
        for kept in end.kept { #expect(!kept.physicalID.isEmpty && isResolved(kept.physicalID)) }
        tell(own)
    }

    /// No function stands in it, and no end of it is missing.
    private func isResolved(_ text: String) -> Bool {
        !text.contains("Fn::") && !text.contains("\"Ref\"") && !text.contains("{")
            && !text.hasSuffix("|")
    }

    private func tell(_ own: Figures) {
        let all = Self.figures.withLock { sum in
            sum.journeys += 1
            sum.refused += own.refused
            sum.stacks += own.stacks
            sum.resources += own.resources
            sum.updates += own.updates
            sum.outputs += own.outputs
            sum.kept += own.kept
            sum.types.formUnion(own.types)
            return sum
        }
        guard all.journeys == Self.journeys.count else { return }
        print(
            "rehearsed: \(all.stacks) stacks of \(all.resources) resources (\(all.types.count) types), "
                + "\(all.updates) updates, \(all.outputs) outputs, all resolved, "
                + "\(all.kept) resources kept, \(all.refused) targets refused as the service would")
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
