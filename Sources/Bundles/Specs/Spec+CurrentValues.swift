package import Documents

extension Spec {
    /// What stands in a spec for "keep the value that is there".
    package static let currentValue = "${Proton::CURRENT_VAL}"

    /// This spec with every `${Proton::CURRENT_VAL}` replaced by what `previous` has there.
    ///
    /// Instances are found by name. Where the previous spec has no value, a finding says so: neither a default nor
    /// nothing is what the word promises.
    package func resolved(against previous: Spec?) -> (spec: Spec, findings: [Finding]) {
        var findings: [Finding] = []
        var result = self
        result.value = resolve(value, previous: previous?.value, at: Pointer(), &findings)
        return (result, findings)
    }

    private func resolve(_ value: Value, previous: Value?, at pointer: Pointer, _ findings: inout [Finding]) -> Value {
        switch value {
        case .string(Spec.currentValue):
            if let previous { return previous }
            findings.append(
                Finding(
                    "spec.currentValue", "\(Spec.currentValue) must have a value to keep, but there is none before.",
                    hint: "Write the value.", place: document.place(of: pointer), pointer: pointer))
            return value
        case .object(let object):
            return .object(
                Object(
                    object.map { key, member in
                        (key, resolve(member, previous: previous?[key], at: pointer.appending(key), &findings))
                    }))
        case .list(let items):
            let isInstances = pointer.steps == ["instances"]
            return .list(
                items.enumerated().map { index, item in
                    let earlier =
                        isInstances
                        ? previous?.list?.first { $0["name"] != nil && $0["name"] == item["name"] } : previous?[index]
                    return resolve(item, previous: earlier, at: pointer.appending(index), &findings)
                })
        case .null, .bool, .number, .string: return value
        }
    }
}
