internal import Catalog
internal import CloudFormation
internal import Documents

/// What a stack gives to others and takes from them.
extension WantedStack {
    /// - Throws: A failure where an exported value can't be told.
    func links(_ records: Records) throws(Failure) -> StackLinks {
        let outputs = evaluated(records).outputs
        var exports: [StackExport] = []
        for (output, name) in try exportNames() {
            guard let value = outputs.first(where: { $0.name == output })?.value else { continue }
            exports.append(StackExport(name: name, value: ScalarText.joined(value.value)))
        }
        return StackLinks(exports: exports, imports: imports.used)
    }

    /// The outputs that are exported, each with its export's name; no resource may have a part in that.
    func exportNames() throws(Failure) -> [(output: String, name: String)] {
        var names: [(output: String, name: String)] = []
        for output in shape.outputs {
            guard let term = output.exportName else { continue }
            guard term.isKnown, let name = term.text else {
                throw Failure(
                    reason: "The name of an export must be known before anything is made, but that of output "
                        + "\(output.name) is not.", hint: "Make it of parameters and of the stack's name.")
            }
            let isGood = name.utf8.allSatisfy {
                (0x30...0x3A).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
            }
            guard isGood, (1...255).contains(name.utf8.count) else {
                throw Failure(
                    reason: "The name of an export must be 1 to 255 letters, digits, colons and hyphens, but that of "
                        + "output \(output.name) is \"\(name)\".", hint: "Write it without other signs.")
            }
            if let twin = names.first(where: { $0.name == name }) {
                throw Failure(
                    reason: "Exports must have different names, but outputs \(twin.output) and \(output.name) export "
                        + "\(name).", hint: "Rename one.")
            }
            names.append((output.name, name))
        }
        return names
    }

    func checkImports() throws(Failure) {
        if let failure = imports.failure { throw failure }
    }

    /// Only some types have snapshots.
    func checkPolicies() throws(Failure) {
        for resource in shape.resources
        where resource.deletionPolicy == .snapshot || resource.updateReplacePolicy == .snapshot {
            guard !SnapshotIdentity.types.contains(resource.type) else { continue }
            throw Failure(
                resource: resource.logicalID, type: resource.type,
                reason: "The policy Snapshot must be for a type that has snapshots, but \(resource.type) has none.",
                hint: "Use Retain, or leave the policy out.")
        }
    }

    /// What the rehearsal can't know of this template, in sentences.
    var remarks: [String] {
        var parts: [String] = []
        let macros = template.transforms.filter { $0 != "AWS::LanguageExtensions" }
        if !macros.isEmpty {
            parts.append("runs no macros, so what \(macros.joined(separator: ", ")) would make is taken as written")
        } else if template.isOpen {
            parts.append("expands no loops and runs no macros, so what they would add is not made")
        } else if template.hasTransformCalls {
            parts.append("runs no macros, so what Fn::Transform would make is taken as written")
        }
        let custom = shape.resources.filter {
            $0.type.hasPrefix("Custom::") || $0.type == "AWS::CloudFormation::CustomResource"
        }
        if !custom.isEmpty {
            let names = custom.prefix(6).map(\.logicalID).joined(separator: ", ") + (custom.count > 6 ? ", …" : "")
            parts.append("calls no custom resources, so the attributes of \(names) are made up")
        }
        return parts.isEmpty ? [] : ["A rehearsal " + parts.joined(separator: "; it ") + "."]
    }
}
