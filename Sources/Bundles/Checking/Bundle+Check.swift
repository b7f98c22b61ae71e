import Catalog
package import Documents
import Jinja
package import Schemas

extension Bundle {
    /// Everything that is wrong or doubtful with the bundle, with places, in the order of files and lines.
    ///
    /// - Parameter environments: What the compatible environment templates offer: they must give the outputs that this
    ///   one reads. Without any, the outputs are listed.
    package func check(against environments: [EnvironmentOffer] = []) -> [Finding] {
        var findings = findings
        if !isPreview {
            var usage = InputUsage()
            for part in Part.allCases where files.contains(directory: part.directory) || manifests[part] != nil {
                findings += check(part, environments, &usage)
            }
            findings += usage.findings(for: self)
            findings += OutputCheck(bundle: self).findings(environments)
            findings += nameFindings
        }
        findings += sizeFindings
        return Self.sorted(findings)
    }

    /// What a component does to secrets of the instance that it is attached to; nobody knows these by its files alone.
    ///
    /// - Parameter schema: Of the instance's inputs.
    package func check(attachedTo schema: Schema) -> [Finding] {
        guard let template = CheckedTemplate(self, .component).template else { return [] }
        var check = ReferenceCheck(bundle: self, part: .component)
        check.attached = schema
        var usage = InputUsage()
        return check.findings(in: template.template, &usage).filter { $0.code == "bundle.secret" }
    }

    private func check(_ part: Part, _ environments: [EnvironmentOffer], _ usage: inout InputUsage) -> [Finding] {
        guard isOwn(part) else { return [] }
        let checked = CheckedTemplate(self, part)
        var findings = checked.findings
        usage.note(part, manifests[part]?.language ?? .cloudFormation, isRead: checked.template != nil)
        findings += secretsInProperties(of: part)
        if let manifest = manifests[part], manifest.language == .terraform {
            findings += VariableCheck(bundle: self, part: part, manifest: manifest).findings
        }
        guard let template = checked.template else { return findings }
        findings += template.template.findings
        findings += ReferenceCheck(bundle: self, part: part).findings(in: template.template, &usage)
        findings += QuotingCheck(bundle: self, part: part).findings(in: template.template)
        if part != .component {
            let outputs = environments.flatMap { $0.outputs ?? [] }
            let check = RenderCheck(
                bundle: self, part: part, checked: checked, template: template, environmentOutputs: outputs)
            let found = check.findings(isFaulty: findings.contains { $0.severity == .error })
            // Of what is no template at all, nobody can say what it should read.
            if found.contains(where: { $0.code == "cloudformation.root" }) {
                usage.note(part, .cloudFormation, isRead: false)
            }
            findings += found
        }
        return findings
    }

    /// A build's project is kept as it is rendered, so none of its properties may show a secret.
    private func secretsInProperties(of part: Part) -> [Finding] {
        guard let settings = manifests[part]?.codeBuild else { return [] }
        let build = BuildFiles(bundle: self, part: part, settings: settings)
        var usage = InputUsage()
        return build.texts.flatMap { property -> [Finding] in
            guard let template = try? property.template.get() else { return [] }
            let check = ReferenceCheck(bundle: self, part: part, takesSecrets: false)
            return check.findings(in: template, &usage).filter { $0.code == "bundle.secret" }.map {
                build.moved($0, to: property.pointer)
            }
        }
    }

    /// Whether the part belongs to a bundle of this kind; others are ignored.
    private func isOwn(_ part: Part) -> Bool {
        switch part {
        case .environment: kind == .environment
        case .instance, .pipeline: kind == .service
        case .component: kind == .component
        }
    }

    private static func sorted(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
            let a = left.element.place
            let b = right.element.place
            return (a?.file ?? "", a?.line ?? 0, a?.column ?? 0, left.offset)
                < (b?.file ?? "", b?.line ?? 0, b?.column ?? 0, right.offset)
        }.map(\.element)
    }

    /// `-` in a name reads as a minus sign in templates.
    private var nameFindings: [Finding] {
        guard let schema else { return [] }
        return SchemaFile.InputType.allCases.flatMap { type -> [Finding] in
            (schema.types[type]?.schema.inputs ?? []).compactMap { input in
                if input.name.contains("-") {
                    return Finding(
                        "bundle.name", .warning, "An input's name must do without -, but is \(input.name).",
                        hint: "Write it with _; in templates - is a minus sign.",
                        place: schema.document.keyPlace(of: input.pointer), pointer: input.pointer)
                }
                guard input.name.unicodeScalars.count > 100 else { return nil }
                return Finding(
                    "bundle.name", .warning, "An input's name must have at most 100 characters, but has more.",
                    hint: "Shorten it.", place: schema.document.keyPlace(of: input.pointer), pointer: input.pointer)
            }
        }
    }

    /// The service's published limits; its own samples pass them, so that they are warnings.
    private var sizeFindings: [Finding] {
        var findings: [Finding] = []
        func warn(_ message: String, at path: String) {
            findings.append(
                Finding("bundle.limit", .warning, message, hint: "Leave out what is not needed.", place: place(path)))
        }
        let total = files.files.reduce(0) { $0 + $1.bytes.count }
        if total > 5_000_000 { warn("A bundle must have at most 5 MB, but has \(total) bytes.", at: "") }
        var partFileCount = 0
        for file in files.files where kind == .component {
            let limit = file.path == "manifest.yaml" ? 1024 : 51_200
            if file.bytes.count > limit {
                warn("A component's file must have at most \(limit) bytes, but has \(file.bytes.count).", at: file.path)
            }
        }
        for file in files.files where kind != .component {
            let isPart = Part.allCases.contains { !$0.directory.isEmpty && file.path.hasPrefix($0.directory + "/") }
            let isSmall = file.path == "schema/schema.yaml" || file.path.hasSuffix("manifest.yaml")
            let limit = isSmall ? 51_200 : 204_800
            guard isPart || isSmall else { continue }
            if isPart { partFileCount += 1 }
            if file.bytes.count > limit {
                warn("The file must have at most \(limit) bytes, but has \(file.bytes.count).", at: file.path)
            }
        }
        if partFileCount > 10 {
            warn("A bundle must hold at most 10 template files, but holds \(partFileCount).", at: "")
        }
        return findings
    }
}
