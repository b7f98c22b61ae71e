internal import Documents

/// Holds a resource's properties against what its provider takes.
///
/// Only what is certain is said: values that are not known yet, and members that depend on others, are left alone.
struct PropertyCheck {
    let resource: EvaluatedResource
    let source: Source
    private(set) var findings: [Finding] = []

    init(_ resource: EvaluatedResource, in source: Source) {
        self.resource = resource
        self.source = source
    }

    mutating func run() {
        // The code behind a custom resource takes what it takes.
        guard resource.type != "AWS::CloudFormation::CustomResource",
            let shape = ObjectShape.properties(of: resource.type)
        else { return }
        check(resource.properties, shape, at: ["Properties"])
    }

    private mutating func check(_ term: Term, _ shape: ObjectShape, at path: [String]) {
        guard case .object(let members) = term.form else { return }
        for member in members {
            guard let known = shape.members[member.name] else {
                if !shape.isOpen { reportUnknown(member, shape, at: path) }
                continue
            }
            guard let number = known.shape, let inner = ObjectShape.numbered(number) else { continue }
            let below = path + [member.name]
            switch member.value.form {
            case .object where !known.isList: check(member.value, inner, at: below)
            case .list(let items) where known.isList:
                for (index, item) in items.enumerated() { check(item, inner, at: below + [String(index)]) }
            case .object, .list, .scalar, .encoded, .opaque: break
            }
        }
        let present = Set(members.map(\.name))
        for name in shape.names where shape.members[name]?.isRequired == true && !present.contains(name) {
            let owner = path.count == 1 ? "Resource" : "\(path.dropFirst().joined(separator: "/")) of"
            report(
                "cloudformation.missingProperty",
                "\(owner) \"\(resource.logicalID)\" must have \(name), as \(resource.type) says, but has none.",
                hint: "Add \(name).", path, at: path.count == 1 ? resource.position : term.position)
        }
    }

    private mutating func reportUnknown(_ member: Term.Member, _ shape: ObjectShape, at path: [String]) {
        let owner = ([resource.type] + path.dropFirst()).joined(separator: "/")
        report(
            "cloudformation.unknownProperty",
            "\"\(member.name.prefix(255))\" must be a property of \(owner), but none has that name.",
            hint: Nearest.hint(to: member.name, among: shape.names), path + [member.name], at: member.position)
    }

    private mutating func report(
        _ code: Finding.Code, _ message: String, hint: String?, _ path: [String], at position: Position
    ) {
        findings.append(
            Finding(
                code, message, hint: hint, place: position.place(in: source),
                pointer: Pointer(["Resources", resource.logicalID] + path)))
    }
}
