/// What a provider declares of one resource type.
///
/// It is the provider's claim: some services refuse changes that their schema does not list.
package struct ResourceTypeFacts: Hashable, Sendable {
    package let type: String
    /// A change of these replaces the resource.
    package let createOnly: [PropertyPath]
    /// A change of these may replace the resource: only the service can tell.
    package let conditionalCreateOnly: [PropertyPath]
    /// Attributes, set by the service.
    package let readOnly: [PropertyPath]
    package let writeOnly: [PropertyPath]
    package let primaryIdentifier: [PropertyPath]
    /// Top-level lists whose order means nothing.
    package let unordered: Set<String>
    package let tags: PropertyPath?
    /// Whether the old one is deleted before the new one is there.
    package let isDeletedFirst: Bool
    /// Whether it holds data or state that is gone with it.
    package let isStateful: Bool
    /// Whether the service deletes it only when it is empty.
    package let mustBeEmptyToDelete: Bool

    init(type: String, fields: [Substring: Substring], statefulness: Substring?) {
        func paths(_ name: Substring) -> [PropertyPath] {
            fields[name]?.split(separator: ",").map { PropertyPath(String($0)) } ?? []
        }
        self.type = type
        createOnly = paths("c")
        conditionalCreateOnly = paths("k")
        readOnly = paths("r")
        writeOnly = paths("w")
        primaryIdentifier = paths("i")
        unordered = Set(fields["u"]?.split(separator: ",").map(String.init) ?? [])
        tags = fields["t"].map { PropertyPath(String($0)) }
        isDeletedFirst = fields["s"] == "d"
        isStateful = statefulness != nil
        mustBeEmptyToDelete = statefulness == "empty"
    }
}

/// Where a property stands in a resource type: `Policies/*/PolicyName`; `*` is every item of a list.
package struct PropertyPath: Hashable, Sendable, CustomStringConvertible {
    package let steps: [String]

    package init(_ text: String) {
        steps = text.split(separator: "/").map(String.init)
    }

    package init(steps: [String]) {
        self.steps = steps
    }

    package var description: String { steps.joined(separator: "/") }

    /// Whether this path and `other` lie on one branch, one at or above the other.
    ///
    /// List indices of `other` count as `*`.
    package func isOnBranch(of other: [String]) -> Bool {
        zip(steps, other).allSatisfy { own, step in own == step || (own == "*" && Int(step) != nil) }
    }
}
