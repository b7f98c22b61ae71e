package import Documents

/// A template with everything decided that can be decided: what its conditions keep, with values.
package struct EvaluatedTemplate: Sendable {
    package let source: Source
    /// In the order of the template.
    package let resources: [EvaluatedResource]
    package let outputs: [EvaluatedOutput]
    package let graph: DependencyGraph
    /// Whether macros may add or change what is not seen here.
    package let isOpen: Bool
    /// Names of the macros that the service runs over the template before it reads it.
    package let transforms: [String]
    /// The account that it was evaluated for, where that is known.
    let account: String?
    private let indices: [Key: Int]

    init(
        source: Source, resources: [EvaluatedResource], outputs: [EvaluatedOutput], isOpen: Bool = false,
        transforms: [String] = [], account: String? = nil
    ) {
        self.account = account
        self.isOpen = isOpen
        self.transforms = transforms
        self.source = source
        self.resources = resources
        self.outputs = outputs
        indices = Dictionary(resources.enumerated().map { (Key($1.logicalID), $0) }) { first, _ in first }
        graph = DependencyGraph(resources.map { ($0.logicalID, $0.references.map(\.target) + $0.dependsOn) })
    }

    package subscript(logicalID: String) -> EvaluatedResource? {
        indices[Key(logicalID)].map { resources[$0] }
    }

    /// Only the resources that are still there, and the outputs that show nothing of the others.
    package func keeping(_ isThere: (String) -> Bool) -> EvaluatedTemplate {
        let gone = Set(resources.map(\.logicalID).filter { !isThere($0) })
        guard !gone.isEmpty else { return self }
        return EvaluatedTemplate(
            source: source, resources: resources.filter { !gone.contains($0.logicalID) },
            outputs: outputs.filter { output in !output.references.contains { gone.contains($0.target) } },
            isOpen: isOpen, transforms: transforms, account: account)
    }

    /// The place of something in the rendered text.
    package func place(_ position: Position) -> Place { position.place(in: source) }
}

/// One resource that the conditions keep.
package struct EvaluatedResource: Sendable {
    package let logicalID: String
    package let type: String
    /// An object, or an opaque term where a macro makes the properties.
    package let properties: Term
    package let dependsOn: [String]
    package let deletionPolicy: RetentionPolicy
    package let updateReplacePolicy: RetentionPolicy
    /// Metadata, CreationPolicy and UpdatePolicy, where they stand.
    package let attributes: [Term.Member]
    /// What it refers to, in the order of its text.
    package let references: [Reference]
    /// Whether its condition is decided; one that is not is taken to hold.
    package let isCertain: Bool
    package let position: Position

    /// Whether the service looks values up for it when it deploys: it may change although its text does not.
    package var isVolatile: Bool { properties.isVolatile }
}

/// What becomes of a thing when the stack no longer needs it.
package enum RetentionPolicy: String, Hashable, Sendable {
    case delete = "Delete"
    case retain = "Retain"
    case retainExceptOnCreate = "RetainExceptOnCreate"
    case snapshot = "Snapshot"

    /// Whether it stays there, outside of the stack.
    package var isKept: Bool { self == .retain || self == .retainExceptOnCreate }
}

/// A use of one resource by another.
package struct Reference: Hashable, Sendable {
    /// Where it stands in the resource, such as `Properties/Cluster`; indices are those of the evaluated value.
    package let path: [String]
    package let target: String
    /// `nil` for `Ref`.
    package let attribute: String?
    package let position: Position
}

package struct EvaluatedOutput: Sendable {
    package let name: String
    package let value: Term
    package let exportName: Term?
    package let description: String?
    /// The resources whose values it shows.
    package let references: [Reference]
    package let position: Position
}
