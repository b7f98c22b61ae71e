internal import Catalog
internal import CloudFormation
internal import Documents

/// A change set, as the provider describes it.
struct ChangeSetDescription: Sendable {
    var id: String
    var stack: String
    var status: String
    var executionStatus: String
    var reason: String
    var changes: [Change]

    init(_ value: Value) {
        func text(_ member: String) -> String { value[member]?.string ?? "" }
        id = text("ChangeSetId")
        stack = text("StackId")
        status = text("Status")
        executionStatus = text("ExecutionStatus")
        reason = text("StatusReason")
        changes = (value["Changes"]?.list ?? []).compactMap { $0["ResourceChange"].flatMap(Change.init(provider:)) }
    }

    var isReady: Bool { status == "CREATE_COMPLETE" }
    var isRefused: Bool { status == "FAILED" }
    /// Refused, because there is nothing to do.
    var isIdle: Bool {
        isRefused && (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed"))
    }
    /// Whether it is being executed, or was.
    var isExecuted: Bool { executionStatus.hasPrefix("EXECUTE_") }
}

extension Change {
    private static let kinds: [String: Kind] = [
        "Add": .add, "Import": .add, "Remove": .remove, "Dynamic": .unknown, "Modify": .update,
    ]

    private static let replacements: [String: Kind] = ["True": .replace, "Conditional": .mayReplace]

    /// What becomes of the old resource, by the policy that the provider says it follows.
    private static let policies: [String: (Consequence, String)] = [
        "Retain": (.detached, "It stays in the account and no longer belongs to the stack."),
        "ReplaceAndRetain": (.detached, "The old one stays in the account and no longer belongs to the stack."),
        "Snapshot": (.snapshot, "A snapshot is taken before it is deleted."),
        "ReplaceAndSnapshot": (.snapshot, "A snapshot of the old one is taken."),
    ]

    /// Reads a `ResourceChange`; `nil` for anything else.
    init?(provider value: Value) {
        guard let resource = value["LogicalResourceId"]?.string else { return nil }
        let action = value["Action"]?.string ?? ""
        var kind = Self.kinds[action] ?? .unknown
        let scope = (value["Scope"]?.list ?? []).compactMap(\.string)
        if action == "Modify" {
            kind = value["Replacement"]?.string.flatMap { Self.replacements[$0] } ?? kind
            let isOutside = !scope.isEmpty && !scope.contains("Properties") && !scope.contains("Tags")
            if kind == .update, isOutside { kind = .metadata }
        }
        let type = value["ResourceType"]?.string ?? ""
        self.init(resource: resource, type: type, kind: kind, causes: Self.causes(value["Details"]?.list ?? []))
        (consequence, explanation) = Self.fate(kind, type, value["PolicyAction"]?.string ?? "")
        if action == "Import" { explanation = "It is there already, and is taken into the stack." }
    }

    private static func fate(_ kind: Kind, _ type: String, _ policy: String) -> (Consequence, String) {
        guard [.remove, .replace, .mayReplace].contains(kind) else { return (.none, "") }
        if let row = policies[policy] { return row }
        guard let facts = ResourceFacts.facts(for: type) else { return (.none, "") }
        if facts.isStateful { return (.dataLoss, "Its data is deleted with it.") }
        if kind != .remove, facts.isDeletedFirst {
            return (.outage, "The old one is deleted before the new one is made.")
        }
        return (.none, "")
    }

    /// One for each property, the provider's reason for it in words where it is no property of the template.
    private static func causes(_ details: [Value]) -> [Cause] {
        var causes: [Cause] = []
        for detail in details {
            let target = detail["Target"] ?? .null
            let attribute = target["Attribute"]?.string ?? ""
            let path = target["Path"]?.string.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
            let name = target["Name"]?.string
            let property = path?.replacing("Properties/", with: "", maxReplacements: 1) ?? name ?? attribute
            let recreation = target["RequiresRecreation"]?.string ?? "Never"
            let isForced = recreation == "Always" || recreation == "Conditionally"
            // Static and dynamic evaluation of one property come as two details.
            if let index = causes.firstIndex(where: { $0.property == property }) {
                causes[index].forcesReplacement = causes[index].forcesReplacement || isForced
                continue
            }
            causes.append(
                Cause(
                    property: property, old: target["BeforeValue"]?.string, new: target["AfterValue"]?.string,
                    forcesReplacement: isForced))
        }
        return causes
    }
}
