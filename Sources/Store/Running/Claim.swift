package import Catalog

/// A deployment in the hands of a runner.
package struct Claim: Hashable, Sendable {
    package var deployment: Deployment
    package var lease: Lease

    package init(deployment: Deployment, lease: Lease) {
        self.deployment = deployment
        self.lease = lease
    }
}

/// One step of a provisioner: what it did, told in one transaction.
package struct StackStep: Hashable, Sendable {
    /// JSON, appended to the deployment's journal.
    package var entry: String?
    package var put: [ProvisionedResource]
    /// By logical id.
    package var remove: [String]
    /// What leaves the stack and is kept outside of it; ids are given by the store.
    package var keep: [KeptResource]
    /// What the stack exports and imports from here on; `nil` where that stays.
    package var links: StackLinks?
    package var events: [Event]
    /// The phase that the deployment enters with it.
    package var phase: Deployment.Phase?

    package init(
        entry: String? = nil, put: [ProvisionedResource] = [], remove: [String] = [], keep: [KeptResource] = [],
        links: StackLinks? = nil, events: [Event] = [], phase: Deployment.Phase? = nil
    ) {
        self.entry = entry
        self.put = put
        self.remove = remove
        self.keep = keep
        self.links = links
        self.events = events
        self.phase = phase
    }
}

/// How a deployment ended. An uncertain one leaves a target of which nobody knows what is there.
package enum Outcome: Hashable, Sendable {
    case succeeded([Output])
    case failed(Failure, isUncertain: Bool)
    case cancelled(Failure?, isUncertain: Bool)
    /// It was undone only in part; always uncertain.
    case stuck(Failure)

    var phase: Deployment.Phase {
        switch self {
        case .succeeded: .succeeded
        case .failed: .failed
        case .cancelled: .cancelled
        case .stuck: .stuck
        }
    }

    var failure: Failure? {
        switch self {
        case .succeeded: nil
        case .failed(let failure, _), .stuck(let failure): failure
        case .cancelled(let failure, _): failure
        }
    }

    var isUncertain: Bool {
        switch self {
        case .succeeded: false
        case .failed(_, let isUncertain), .cancelled(_, let isUncertain): isUncertain
        case .stuck: true
        }
    }
}
