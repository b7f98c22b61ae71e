package import Documents
import Schemas

extension Spec {
    /// This spec with the defaults of `bundle`'s schema, inputs in its order; what the schema does not know follows.
    package func filled(for bundle: Bundle) -> Spec {
        var result = self
        guard var top = value.object else { return result }
        if bundle.kind == .environment {
            top["spec"] = bundle.inputs(of: .environment)?.filled(environmentInputs) ?? environmentInputs
        } else {
            if top["pipeline"] != nil || bundle.hasPipeline {
                let inputs = bundle.inputs(of: .pipeline)?.filled(pipelineInputs) ?? pipelineInputs
                top = top.inserting("pipeline", .object(inputs.object ?? Object()), before: "instances")
            }
            if let items = top["instances"]?.list {
                top["instances"] = .list(zip(items, instances).map { Self.filled($0, $1, bundle) })
            }
        }
        result.value = .object(top)
        return result
    }

    private static func filled(_ item: Value, _ instance: Instance, _ bundle: Bundle) -> Value {
        guard var object = item.object else { return item }
        object["spec"] = bundle.inputs(of: .instance)?.filled(instance.inputs) ?? instance.inputs
        return .object(object)
    }

    /// What `bundle`'s schema has against the inputs, defaults filled in first; with places.
    package func findings(for bundle: Bundle) -> [Finding] {
        let filled = filled(for: bundle)
        var findings: [Finding] = []
        switch bundle.kind {
        case .environment:
            findings += check(filled.environmentInputs, bundle, .environment, at: Pointer(["spec"]))
        case .service:
            if bundle.hasPipeline {
                findings += check(filled.pipelineInputs, bundle, .pipeline, at: Pointer(["pipeline"]))
            } else if let pipeline = value["pipeline"]?.object, !pipeline.isEmpty {
                findings.append(
                    Finding(
                        "spec.pipeline",
                        "A spec for a template without a pipeline must have no pipeline inputs, but has.",
                        hint: "Remove pipeline.", place: document.place(of: Pointer(["pipeline"])),
                        pointer: Pointer(["pipeline"])))
            }
            for instance in filled.instances {
                findings += check(instance.inputs, bundle, .instance, at: instance.pointer.appending("spec"))
            }
        case .component: break
        }
        return findings
    }

    private func check(_ inputs: Value, _ bundle: Bundle, _ part: Bundle.Part, at base: Pointer) -> [Finding] {
        guard let schema = bundle.inputs(of: part) else { return [] }
        let faults = schema.validate(inputs).map { finding in
            var finding = finding.located(in: document, at: base)
            finding.pointer = finding.pointer.map { Pointer(base.steps + $0.steps) }
            finding.focus = finding.focus.map { Pointer(base.steps + $0.steps) }
            return finding
        }
        return faults + unknownInputs(inputs, bundle, part, at: base)
    }

    /// Warnings about inputs that no schema declares, with places; `base` is where the inputs stand.
    package func unknownInputs(
        _ inputs: Value, _ bundle: Bundle, _ part: Bundle.Part, at base: Pointer
    ) -> [Finding] {
        bundle.unknownInputs(inputs, of: part).map { finding in
            var finding = finding
            finding.pointer = finding.pointer.map { Pointer(base.steps + $0.steps) }
            finding.place = finding.pointer.map { document.keyPlace(of: $0) }
            return finding
        }
    }
}

extension Object {
    /// With `value` under `key`: in its place where it has one, else right before `next`.
    fileprivate func inserting(_ key: String, _ value: Value, before next: String) -> Object {
        guard self[key] == nil else {
            var result = self
            result[key] = value
            return result
        }
        var members: [(String, Value)] = []
        for member in self {
            if member.key == next { members.append((key, value)) }
            members.append((member.key, member.value))
        }
        if self[next] == nil { members.append((key, value)) }
        return Object(members)
    }
}
