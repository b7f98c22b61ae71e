/// One attempt to bring one target to a wanted state; a row for ever.
package struct Deployment: Hashable, Sendable, Identifiable {
    /// A count within the workspace, shown as `#12`.
    package struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
        package var number: Int

        package init(_ number: Int) { self.number = number }

        /// Reads `12` and `#12`.
        package init?(_ text: String) {
            guard let number = Int(text.hasPrefix("#") ? String(text.dropFirst()) : text), number > 0 else {
                return nil
            }
            self.number = number
        }

        package var description: String { "#\(number)" }
        package static func < (left: ID, right: ID) -> Bool { left.number < right.number }
    }

    /// Where it stands. `inProgress` and `rollingBack` are held by a lease.
    package enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Ready to run.
        case queued
        /// Earlier steps of the order have to succeed first.
        case waiting
        case inProgress = "in progress"
        case cancelling
        case rollingBack = "rolling back"
        case succeeded, failed, cancelled
        /// It was undone only in part: a person has to look.
        case stuck

        package var isFinished: Bool {
            switch self {
            case .succeeded, .failed, .cancelled, .stuck: true
            case .queued, .waiting, .inProgress, .cancelling, .rollingBack: false
            }
        }
    }

    package var id: ID
    package var order: Order.ID
    /// From 0, within the order. A step starts when all before it have succeeded.
    package var step: Int
    package var target: Target
    package var action: DeploymentAction
    package var template: String
    package var version: VersionNumber
    package var fromVersion: VersionNumber?
    /// Where it goes: runners claim by it.
    package var connection: String
    /// Where an instance runs; empty for environments and pipelines.
    package var environment: String
    package var spec: String
    package var revision: Int
    package var planDigest: String
    package var phase: Phase
    package var failure: Failure?
    package var by: String
    package var why: String
    package var createdAt: Instant
    package var startedAt: Instant?
    package var finishedAt: Instant?
    /// What it left behind, once it succeeded.
    package var outputs: [Output]
    /// Whether it has not ended and nobody carries it out. No part of the row: whoever reads it finds out.
    package var isAbandoned = false

    package init(
        id: ID, order: Order.ID, step: Int, target: Target, action: DeploymentAction, template: String,
        version: VersionNumber, fromVersion: VersionNumber? = nil, connection: String = "local",
        environment: String = "", spec: String, revision: Int, planDigest: String, phase: Phase,
        failure: Failure? = nil, by: String, why: String, createdAt: Instant, startedAt: Instant? = nil,
        finishedAt: Instant? = nil, outputs: [Output] = []
    ) {
        self.id = id
        self.order = order
        self.step = step
        self.target = target
        self.action = action
        self.template = template
        self.version = version
        self.fromVersion = fromVersion
        self.connection = connection
        self.environment = environment
        self.spec = spec
        self.revision = revision
        self.planDigest = planDigest
        self.phase = phase
        self.failure = failure
        self.by = by
        self.why = why
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outputs = outputs
    }

    /// Proton's word for where it stands.
    package var status: String {
        switch phase {
        case .queued, .waiting, .inProgress, .rollingBack: action == .destroy ? "DELETE_IN_PROGRESS" : "IN_PROGRESS"
        case .cancelling: "CANCELLING"
        case .succeeded: action == .destroy ? "DELETE_COMPLETE" : "SUCCEEDED"
        case .failed, .stuck: action == .destroy ? "DELETE_FAILED" : "FAILED"
        case .cancelled: "CANCELLED"
        }
    }
}

/// Why a deployment did not succeed, and what became of what it had done.
package struct Failure: Hashable, Sendable, Error {
    /// The resource that caused it; empty where it was none.
    package var resource: String
    package var type: String
    /// One sentence.
    package var reason: String
    package var hint: String
    /// Resources that were put back or removed again, in the order in which that was done.
    package var undone: [String]

    package init(resource: String = "", type: String = "", reason: String, hint: String = "", undone: [String] = []) {
        self.resource = resource
        self.type = type
        self.reason = reason
        self.hint = hint
        self.undone = undone
    }
}

extension Failure {
    private static let start = "It did not begin, because "

    /// Of a step that never began, because one before it in the order did not succeed.
    package static func earlierStep(_ step: String) -> Failure { Failure(reason: "\(start)\(step) did not succeed.") }

    /// Whether an earlier step of the order is at fault, so that trying that again goes on with this one.
    package var isOfEarlierStep: Bool { reason.hasPrefix(Failure.start) }
}

/// One person's act: deployments in sequence, reviewed and submitted together.
package struct Order: Hashable, Sendable, Identifiable {
    package struct ID: Hashable, Sendable, Comparable {
        package var number: Int
        package init(_ number: Int) { self.number = number }
        package static func < (left: ID, right: ID) -> Bool { left.number < right.number }
    }

    package var id: ID
    /// What it was, in words: `create service shop`.
    package var title: String
    package var by: String
    package var why: String
    package var tags: [String: String]
    package var createdAt: Instant

    package init(id: ID, title: String, by: String, why: String, tags: [String: String] = [:], createdAt: Instant) {
        self.id = id
        self.title = title
        self.by = by
        self.why = why
        self.tags = tags
        self.createdAt = createdAt
    }
}

/// Something that happened during a deployment; appended, never changed.
package struct Event: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case phase, resource, log, output
    }

    /// What a resource goes through, as CloudFormation's events say it.
    package enum ResourceState: String, Hashable, Sendable, CaseIterable {
        case creating, created, updating, updated, deleting, deleted, retained, failed
        case undoing, undone
    }

    /// Grows within the workspace.
    package var sequence: Int
    package var deployment: Deployment.ID
    package var at: Instant
    package var kind: Kind
    package var resource: String
    package var type: String
    package var state: ResourceState?
    package var physicalID: String
    package var message: String

    package init(
        sequence: Int = 0, deployment: Deployment.ID, at: Instant, kind: Kind, resource: String = "", type: String = "",
        state: ResourceState? = nil, physicalID: String = "", message: String = ""
    ) {
        self.sequence = sequence
        self.deployment = deployment
        self.at = at
        self.kind = kind
        self.resource = resource
        self.type = type
        self.state = state
        self.physicalID = physicalID
        self.message = message
    }
}
