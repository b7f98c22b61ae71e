/// What a template makes.
package enum TemplateKind: String, Hashable, Sendable, CaseIterable {
    case environment, service
    /// Not of the catalog: the line of one component's own files, which nobody else can order.
    case component

    /// Those that are registered, listed and ordered.
    package static let ofCatalog: [TemplateKind] = [.environment, .service]
}

/// A named line of versions in the catalog; names are unique across kinds.
package struct Template: Hashable, Sendable {
    package var name: String
    package var kind: TemplateKind
    /// What people call it; the name where nobody gave one.
    package var title: String
    /// One or two sentences, for lists.
    package var summary: String
    /// A team's or a person's name; empty where nobody is named.
    package var owner: String
    /// The version that new targets get: set by publishing a higher one, or by a person's recommendation.
    package var recommended: VersionNumber?
    package var createdAt: Instant

    package init(
        name: String, kind: TemplateKind, title: String, summary: String, owner: String,
        recommended: VersionNumber? = nil, createdAt: Instant
    ) {
        self.name = name
        self.kind = kind
        self.title = title
        self.summary = summary
        self.owner = owner
        self.recommended = recommended
        self.createdAt = createdAt
    }
}

/// How far a version has come. Only published ones are recommended; drafts can be ordered by name of their number.
package enum VersionStatus: String, Hashable, Sendable, CaseIterable {
    case draft, published, deprecated, withdrawn
}

/// An environment template and major that a service version runs in.
package struct CompatibleEnvironment: Hashable, Sendable, CustomStringConvertible {
    package var template: String
    package var major: Int

    package init(template: String, major: Int) {
        self.template = template
        self.major = major
    }

    /// Reads `name:major`, as `.compatible-envs` has it.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let major = VersionNumber.part(parts[1]) else { return nil }
        self.init(template: String(parts[0]), major: major)
    }

    package var description: String { "\(template):\(major)" }
}

/// Who carries a part of a bundle out, by its manifest.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case cloudFormation = "cloudformation"
    case terraform
    case codeBuild = "codebuild"

    /// As sentences name it.
    package var title: String {
        switch self {
        case .cloudFormation: "CloudFormation"
        case .terraform: "Terraform"
        case .codeBuild: "CodeBuild"
        }
    }
}

/// One immutable bundle under a number.
package struct TemplateVersion: Hashable, Sendable {
    package var template: String
    package var kind: TemplateKind
    package var number: VersionNumber
    package var status: VersionStatus
    /// SHA-256 of the bundle's content, in hex: the blob's name.
    package var digest: String
    /// Why it exists and what it changes, in its author's words.
    package var notes: String
    /// Why it was withdrawn or deprecated.
    package var reason: String
    package var compatibleEnvironments: [CompatibleEnvironment]
    /// The languages by part: `environment`, `instance`, `pipeline`. A part that is absent is not in the bundle.
    package var languages: [Part: Language]
    package var registeredAt: Instant
    package var registeredBy: String
    package var publishedAt: Instant?
    /// Whether it is the one that its major's targets should run.
    package var isRecommendedInMajor: Bool
    /// Whether developers may attach components to instances of it.
    package var takesComponents: Bool

    package enum Part: String, Hashable, Sendable, CaseIterable {
        case environment, instance, pipeline, component
    }

    package init(
        template: String, kind: TemplateKind, number: VersionNumber, status: VersionStatus, digest: String,
        notes: String = "", reason: String = "", compatibleEnvironments: [CompatibleEnvironment] = [],
        languages: [Part: Language] = [:], registeredAt: Instant, registeredBy: String,
        publishedAt: Instant? = nil, isRecommendedInMajor: Bool = false, takesComponents: Bool = false
    ) {
        self.template = template
        self.kind = kind
        self.number = number
        self.status = status
        self.digest = digest
        self.notes = notes
        self.reason = reason
        self.compatibleEnvironments = compatibleEnvironments
        self.languages = languages
        self.registeredAt = registeredAt
        self.registeredBy = registeredBy
        self.publishedAt = publishedAt
        self.isRecommendedInMajor = isRecommendedInMajor
        self.takesComponents = takesComponents
    }

    package var hasPipeline: Bool { languages[.pipeline] != nil }

    /// Whether its environments are made of values alone, and nothing is provisioned.
    package var isCustomerManaged: Bool { kind == .environment && languages[.environment] == nil }

    package func runs(in environmentTemplate: String, major: Int) -> Bool {
        compatibleEnvironments.contains { $0.template == environmentTemplate && $0.major == major }
    }
}
