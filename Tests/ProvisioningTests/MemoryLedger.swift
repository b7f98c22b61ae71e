import Catalog
import Documents
import Provisioning
import Synchronization

/// A ledger in memory that outlives the runs which use it, and that can break off.
final class MemoryLedger: Ledger {
    struct Crash: Error {}

    struct Kept {
        var resources: [String: ProvisionedResource] = [:]
        /// As data, so that what the journal can't carry is missed.
        var journal: [Value] = []
        var events: [EventDraft] = []
        var phases: [Deployment.Phase] = []
        /// Steps that are still recorded; `nil` for no end.
        var stepsLeft: Int?
        /// Steps after which a person asks to cancel.
        var cancelAfter: Int?
        var stepCount = 0
        var deployment = 1
        var elsewhere: [String: String] = [:]
        var neighbours: [Neighbour] = []
        var identity: StackIdentity?
        var log = ""
        var kept: [KeptResource] = []
        var links = StackLinks()
        /// What other stacks export, with the title of each one's target, and who imports what this one exports.
        var space = StackLinks.Surroundings()

        mutating func take(_ step: Step) throws {
            if let links = step.links {
                space.former = self.links.exports
                if let refusal = links.refusal(in: space) { throw refusal }
                self.links = links
            }
            journal.append(step.entry.value)
            for resource in step.put { resources[resource.logicalID] = resource }
            for logicalID in step.remove { resources[logicalID] = nil }
            for draft in step.keep {
                kept.append(
                    draft.kept(
                        id: kept.count + 1, target: .environment("network"), deployment: Deployment.ID(deployment),
                        at: Instant(milliseconds: 0)))
            }
            events += step.events
            if let phase = step.phase { phases.append(phase) }
        }
    }

    private let kept = Mutex(Kept())

    var state: Kept { kept.withLock { $0 } }
    func change(_ body: (inout Kept) -> Void) { kept.withLock { body(&$0) } }

    /// Forgets the journal, as for the next deployment.
    func nextDeployment() {
        change { kept in
            kept.journal = []
            kept.events = []
            kept.phases = []
            kept.cancelAfter = nil
            kept.stepCount = 0
            kept.deployment += 1
        }
    }

    func resources() async throws -> [ProvisionedResource] { Array(state.resources.values) }
    func journal() async throws -> [JournalEntry] { state.journal.compactMap(JournalEntry.init(value:)) }

    func record(_ step: Step) async throws { try await record([step]) }

    func record(_ steps: [Step]) async throws {
        try kept.withLock { kept in
            if kept.stepsLeft == 0 { throw Crash() }
            var next = kept
            next.stepsLeft = kept.stepsLeft.map { $0 - 1 }
            next.stepCount += 1
            for step in steps { try next.take(step) }
            kept = next
        }
    }

    func setIdentity(_ identity: StackIdentity?) async throws { change { $0.identity = identity } }
    func log(_ text: String) async throws { change { $0.log += text } }

    func isCancelRequested() async throws -> Bool {
        let state = state
        return state.cancelAfter.map { state.stepCount >= $0 } ?? false
    }

    func stack(holding physicalID: String, type: String) async throws -> String? { state.elsewhere[physicalID] }

    func exports() async throws -> [StackExport] {
        state.space.others.map { StackExport(name: $0.key, value: $0.value.value) }
    }

    func links() async throws -> StackLinks { state.links }

    func kept(holding physicalID: String, type: String) async throws -> KeptResource? {
        state.kept.last { $0.fate == .retained && $0.physicalID == physicalID && $0.resource.type == type }
    }

    func neighbours(ofType type: String, sharing property: String?, value: String) async throws -> [Neighbour] {
        state.neighbours.filter { neighbour in
            let shared = property.map { neighbour.resource.properties[$0]?.string } ?? neighbour.resource.physicalID
            return neighbour.resource.type == type && shared == value
        }
    }

    /// Events as lines: `creating Vpc`, `output VpcId`.
    var lines: [String] {
        state.events.map { event in
            let word = event.state?.rawValue ?? event.kind.rawValue
            return event.resource.isEmpty ? "\(word): \(event.message)" : "\(word) \(event.resource)"
        }
    }
}

/// Words of a test about one stack: deploy, destroy, look.
struct Rehearsal {
    let ledger = MemoryLedger()
    var stack = "network"

    func job(_ template: String, number: Int = 1, options: Job.Options = .init(), day: String = "2026-11-23") -> Job {
        Job(
            deployment: Deployment.ID(number), target: .environment("network"), stack: stack, template: template,
            day: day, options: options)
    }

    @discardableResult
    func apply(
        _ template: String, _ options: Job.Options = .init(), crashPoint: LocalProvisioner.CrashPoint? = nil
    ) async throws -> Outcome {
        try await LocalProvisioner(crashPoint: crashPoint).apply(job(template, options: options), ledger)
    }

    /// A deployment of its own over what is there.
    @discardableResult
    func applyNext(_ template: String, _ options: Job.Options = .init()) async throws -> Outcome {
        ledger.nextDeployment()
        return try await apply(template, options)
    }

    func destroy(_ options: Job.Options = .init()) async throws -> Outcome {
        ledger.nextDeployment()
        return try await LocalProvisioner().destroy(job("", options: options), ledger)
    }

    /// Runs again and again until one run is not broken off.
    func finish(_ run: () async throws -> Outcome) async throws -> Outcome {
        for _ in 0..<2 {
            do { return try await run() } catch is MemoryLedger.Crash { ledger.change { $0.stepsLeft = nil } }
        }
        throw MemoryLedger.Crash()
    }
}

extension Outcome {
    var outputs: [String: String]? {
        guard case .succeeded(let outputs) = self else { return nil }
        return Dictionary(outputs.map { ($0.key, $0.value) }) { first, _ in first }
    }

    var failure: Failure? {
        switch self {
        case .failed(let failure), .stuck(let failure): failure
        case .succeeded, .cancelled: nil
        }
    }
}

/// Templates that several suites use.
enum Templates {
    static func vpc(
        block: String = "10.0.0.0/16", subnet: String = "10.0.1.0/24", name: String = "one", hasSecond: Bool = false
    ) -> String {
        """
        Resources:
          Subnet:
            Type: AWS::EC2::Subnet
            Properties:
              VpcId: !Ref Vpc
              CidrBlock: \(subnet)
              AvailabilityZone: !Select [0, !GetAZs ""]
          Vpc:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: \(block)
              Tags: [{Key: Name, Value: \(name)}]
        \(hasSecond ? second : "")
        Outputs:
          VpcId:
            Value: !Ref Vpc
          Zone:
            Value: !GetAtt Subnet.AvailabilityZone
        """
    }

    private static let second = """
          Gateway:
            Type: AWS::EC2::InternetGateway
          Attachment:
            Type: AWS::EC2::VPCGatewayAttachment
            Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
        """

    /// One resource of a type, with its properties as flow YAML.
    static func one(_ type: String, _ properties: String) -> String {
        "Resources:\n  Thing:\n    Type: \(type)\n    Properties: \(properties)\n"
    }
}
