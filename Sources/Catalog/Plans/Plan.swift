package import Documents

/// What a deployment does to its target.
package enum DeploymentAction: String, Hashable, Sendable, CaseIterable {
    case create, update, destroy
    /// From a rehearsal to where its environment's new connection goes: made there from nothing.
    case move
    /// What was there already is taken in: nothing is done outside.
    case adopt
}

/// What one deployment would do: everything that a person decides by.
package struct Plan: Hashable, Sendable {
    package var target: Target
    package var action: DeploymentAction
    package var template: String
    package var version: VersionNumber
    /// The version that is applied; `nil` where nothing is.
    package var fromVersion: VersionNumber?
    package var environment: String
    package var stage: Stage
    package var connection: String
    /// Who would carry it out, such as `local`.
    package var provisioner: String
    package var stack: String
    /// The whole spec as text.
    package var spec: String
    package var revision: Int
    /// This target's inputs with defaults filled in.
    package var inputs: Value
    /// The applied ones; `nil` where nothing is applied.
    package var previousInputs: Value?
    package var files: [RenderedFile]
    package var changes: [Change]
    /// All outputs of an environment that is made of values alone; those of others follow from what is made.
    package var outputs: [OutputMove]
    package var checks: [Check]
    /// Outputs of earlier steps of the order that do not exist yet, by name. The step is planned again once they do.
    package var unknowns: [String]
    /// Why this can't be submitted, with errors; remarks beside them.
    package var findings: [Finding]
    /// The applied deployment that it was compared with.
    package var basis: Deployment.ID?
    package var grounds: Grounds
    /// What the provider itself says that would be done; `nil` where it was not asked.
    package var verdict: [Change]?
    /// Whether what is there is uncertain, or not what was asked for last: carrying it out settles that, even where it
    /// changes nothing.
    package var isSettling: Bool
    /// SHA-256 over everything it depends on.
    package var digest: String

    package init(
        target: Target, action: DeploymentAction, template: String, version: VersionNumber,
        fromVersion: VersionNumber? = nil, environment: String = "", stage: Stage = .test,
        connection: String = "local", provisioner: String = "local", stack: String = "", spec: String, revision: Int,
        inputs: Value, previousInputs: Value? = nil, files: [RenderedFile] = [], changes: [Change] = [],
        outputs: [OutputMove] = [], checks: [Check] = [], unknowns: [String] = [], findings: [Finding] = [],
        basis: Deployment.ID? = nil, grounds: Grounds = Grounds(), verdict: [Change]? = nil, isSettling: Bool = false,
        digest: String = ""
    ) {
        self.target = target
        self.action = action
        self.template = template
        self.version = version
        self.fromVersion = fromVersion
        self.environment = environment
        self.stage = stage
        self.connection = connection
        self.provisioner = provisioner
        self.stack = stack
        self.spec = spec
        self.revision = revision
        self.inputs = inputs
        self.previousInputs = previousInputs
        self.files = files
        self.changes = changes
        self.outputs = outputs
        self.checks = checks
        self.unknowns = unknowns
        self.findings = findings
        self.basis = basis
        self.grounds = grounds
        self.verdict = verdict
        self.isSettling = isSettling
        self.digest = digest
    }

    package var isBlocked: Bool {
        findings.contains { $0.severity == .error } || checks.contains(where: \.blocks)
    }

    /// The instance to which a component is to be attached, or from which it is destroyed.
    package var attachment: Target? { target.kind == .component ? ComponentSpec(spec)?.attachment : nil }

    /// Whether it would leave everything as it is.
    package var isIdle: Bool {
        action == .update && !isBlocked && !isSettling && changes.isEmpty && unknowns.isEmpty
            && fromVersion == version && inputs == previousInputs
    }
}

/// A file that a bundle made, beside what is applied.
package struct RenderedFile: Hashable, Sendable {
    package var path: String
    package var text: String
    /// The text of the applied deployment; `nil` for a new file.
    package var previous: String?
    /// Where its lines come from, while the plan is new.
    package var origins: FileOrigins?

    package init(path: String, text: String, previous: String? = nil, origins: FileOrigins? = nil) {
        self.path = path
        self.text = text
        self.previous = previous
        self.origins = origins
    }
}

/// One resource's fate.
package struct Change: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case add, update, mayReplace = "may replace", replace, remove, metadata, unknown
    }

    /// What it means for what runs and what is kept; severe first.
    package enum Consequence: String, Hashable, Sendable, CaseIterable {
        case dataLoss = "data loss", outage, snapshot, detached = "kept, detached", routine, none
    }

    package var resource: String
    package var type: String
    package var kind: Kind
    package var consequence: Consequence
    /// One sentence about the consequence; empty where there is nothing to say.
    package var explanation: String
    package var causes: [Cause]
    /// What access it opens, a sentence each.
    package var widenings: [String]
    /// Where the resource stands; `nil` where nobody has looked, or it stands nowhere.
    package var place: TemplatePlace?

    package struct Cause: Hashable, Sendable {
        /// The property, as `Tags/0/Value`.
        package var property: String
        package var old: String?
        package var new: String?
        /// The input that moved it, as `instance.image`; `nil` where none is known.
        package var input: String?
        /// Whether this property is what forces a replacement.
        package var forcesReplacement: Bool
        /// Where the property stands, or what would hold it; `nil` where nobody has looked.
        package var place: TemplatePlace?

        package init(
            property: String, old: String?, new: String?, input: String? = nil, forcesReplacement: Bool = false,
            place: TemplatePlace? = nil
        ) {
            self.property = property
            self.old = old
            self.new = new
            self.input = input
            self.forcesReplacement = forcesReplacement
            self.place = place
        }
    }

    package init(
        resource: String, type: String, kind: Kind, consequence: Consequence = .none, explanation: String = "",
        causes: [Cause] = [], widenings: [String] = [], place: TemplatePlace? = nil
    ) {
        self.resource = resource
        self.type = type
        self.kind = kind
        self.consequence = consequence
        self.explanation = explanation
        self.causes = causes
        self.widenings = widenings
        self.place = place
    }
}

/// One person's act before it is submitted: plans in the order in which they run.
package struct OrderPlan: Hashable, Sendable {
    package var request: OrderRequest
    package var plans: [Plan]
    /// Faults of the whole, such as an unknown environment or a spec that reads badly.
    package var findings: [Finding]

    package init(request: OrderRequest, plans: [Plan], findings: [Finding] = []) {
        self.request = request
        self.plans = plans
        self.findings = findings
    }

    package var isBlocked: Bool {
        findings.contains { $0.severity == .error } || plans.contains(where: \.isBlocked) || plans.isEmpty
    }

    /// Every change of every step.
    package var changes: [Change] { plans.flatMap(\.changes) }

    /// As `--plan` ends: 0 no change, 2 changes, 3 replacement or loss, 4 blocked.
    package var exitCode: Int32 {
        if isBlocked { return 4 }
        let severe = changes.contains {
            [.replace, .mayReplace].contains($0.kind) || [.dataLoss, .outage].contains($0.consequence)
        }
        if severe { return 3 }
        return changes.isEmpty && !plans.contains { $0.outputs.contains(where: \.isMoving) } ? 0 : 2
    }
}
