import Documents
import Jinja
import Schemas

/// Holds what a template reads against what it is given.
struct ReferenceCheck {
    let bundle: Bundle
    let part: Bundle.Part
    /// Whether what is printed is read by something that looks secrets up itself.
    var takesSecrets = true
    /// Of the instance that a component is attached to, whose inputs it reads.
    var attached: Schema?

    func findings(in template: Jinja.Template, _ usage: inout InputUsage) -> [Finding] {
        var findings: [Finding] = []
        for reference in template.references {
            var shape = Shape.root(of: part)
            var walked = reference.root
            guard let first = shape.step(.key(reference.root)) else {
                if !reference.isGuarded { findings.append(unknownRoot(reference)) }
                continue
            }
            shape = first
            for (index, step) in reference.steps.enumerated() {
                if case .inputs(let owner) = shape {
                    findings += readInput(step, of: owner, reference, &usage)
                    findings += readSecret(Array(reference.steps[index...]), of: owner, reference)
                    shape = .open
                    break
                }
                guard let next = shape.step(step) else {
                    if !reference.isGuarded { findings.append(unknownStep(step, after: walked, in: shape, reference)) }
                    shape = .open
                    break
                }
                shape = next
                walked = Self.text(reference, upTo: index + 1)
            }
            if case .inputs(let owner) = shape, reference.isWhole { usage.readAll(of: owner) }
            if case .members = shape, reference.isWhole, reference.use != .read { usage.readAllBelow(shape) }
        }
        return findings
    }

    private static func text(_ reference: Reference, upTo count: Int) -> String {
        reference.steps.prefix(count).reduce(reference.root) { text, step in
            switch step {
            case .key(let key): text + "." + key
            case .index(let index): text + "[\(index)]"
            case .any: text + "[*]"
            }
        }
    }

    private func readInput(
        _ step: Reference.Step, of owner: Bundle.Part, _ reference: Reference, _ usage: inout InputUsage
    ) -> [Finding] {
        guard case .key(let name) = step else {
            usage.readAll(of: owner)
            return []
        }
        guard let schema = bundle.inputs(of: owner) else { return [] }
        let names = schema.inputs.map(\.name)
        usage.read(name, of: owner)
        guard !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return [] }
        guard !reference.isGuarded else { return [] }
        let near = NearWord.nearest(to: name, among: names)
        return [
            Finding(
                "bundle.reference",
                "An input that a template reads must stand in the schema, but \(name) does not.",
                hint: near.map { "Write \($0), or declare \(name) in the schema." } ?? "Declare \(name) in the schema.",
                place: reference.place)
        ]
    }

    /// A secret's name goes where the template puts it, whole: nobody knows its value while a file is rendered.
    private func readSecret(
        _ steps: [Reference.Step], of owner: Bundle.Part, _ reference: Reference
    ) -> [Finding] {
        let names = steps.map(\.name)
        guard let schema = bundle.inputs(of: owner) ?? attached, schema.isSecretReference(at: names) else { return [] }
        let what: String
        switch reference.use {
        case .filtered(let filter): what = "the filter \(filter) is put on \(reference.path)"
        case .looped: what = "a loop goes through \(reference.path)"
        case .printed where !takesSecrets: what = "\(reference.path) stands in a project's property"
        case .printed where reference.hasDefault, .tested where reference.hasDefault, .read where reference.hasDefault:
            what = "the filter default is put on \(reference.path)"
        // Whether it was given may be asked.
        case .tested where !reference.isGuarded: what = "\(reference.path) is tested"
        case .tested, .printed, .read: return []
        }
        let hint =
            !takesSecrets
            ? "Leave it out: the build's commands get the value with their inputs."
            : reference.hasDefault
                ? "Print it alone, inside {% if \(reference.path) is defined %} where it may be missing."
                : "Print it alone, in quotes: its value is not known while the file is rendered."
        return [
            Finding(
                "bundle.secret", "A secret must be printed as it is, but \(what).", hint: hint,
                place: reference.place)
        ]
    }

    private func unknownRoot(_ reference: Reference) -> Finding {
        guard case .members(let members) = Shape.root(of: part) else {
            return Finding("bundle.reference", "The name is unknown.", place: reference.place)
        }
        let names = members.map(\.name)
        let near = NearWord.nearest(to: reference.root, among: names).map { "Write \($0)." }
        return Finding(
            "bundle.reference",
            "A name in a template of \(part.rawValue) files must be one that it is given, but \(reference.root) is none.",
            hint: near ?? "Use one of: \(names.filter { $0 != "proton_tags" }.joined(separator: ", ")).",
            place: reference.place)
    }

    private func unknownStep(
        _ step: Reference.Step, after walked: String, in shape: Shape, _ reference: Reference
    ) -> Finding {
        var names: [String] = []
        if case .members(let members) = shape { names = members.map(\.name) }
        let name: String
        switch step {
        case .key(let key): name = key
        case .index(let index): name = String(index)
        case .any: name = "an item"
        }
        let owners: [Bundle.Part] =
            switch part {
            case .environment: [.environment]
            case .instance: [.instance]
            case .pipeline: [.pipeline, .instance]
            case .component: []
            }
        // The names of before June 2021 had no `inputs` between.
        let isInput =
            names.contains("inputs")
            && owners.contains { bundle.inputs(of: $0)?.inputs.contains { $0.name == name } == true }
        let hint: String
        if isInput {
            hint = "Write \(walked).inputs.\(name)."
        } else if let near = NearWord.nearest(to: name, among: names) {
            hint = "Write \(walked).\(near)."
        } else {
            hint = names.isEmpty ? "Use it as a list." : "Use one of: \(names.joined(separator: ", "))."
        }
        return Finding(
            "bundle.reference", "A template must read what \(walked) has, but \(name) is no part of it.", hint: hint,
            place: reference.place)
    }
}
