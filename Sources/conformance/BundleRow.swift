import Bundles
import Catalog
import CloudFormation
import Documents

/// One row: a bundle with one spec, through every step that the engine takes.
struct BundleRow {
    let files: CaseFiles
    let row: Value
    let bundle: Bundle

    private var folder: String {
        let spec = row["spec"]?.string ?? ""
        return "oracle/" + spec.split(separator: "/").dropLast().joined(separator: "/")
    }

    func reasons() throws -> [String] {
        if row["dialect"]?.string == "preview" { return previewReasons }
        var reasons: [String] = []
        if bundle.kind.rawValue != row["kind"]?.string {
            reasons.append("must be a \(row["kind"]?.string ?? ""), but is a \(bundle.kind.rawValue)")
        }
        for finding in bundle.findings where finding.severity == .error { reasons.append(finding.text) }
        guard let kind = bundle.kind.templateKind else { return reasons + (try componentReasons()) }
        let source = Source(name: "spec.yaml", bytes: try files.bytes(folder + "/spec.yaml"))
        let (spec, findings) = Spec.read(source, kind: kind)
        guard let spec else { return reasons + [findings.first?.text ?? "the spec must be read"] }
        let faults = (findings + spec.findings(for: bundle)).filter { $0.severity == .error }
        if faults.isEmpty != (row["spec_valid"] == true) {
            reasons.append(faults.first?.text ?? "the spec must be refused, but is not")
        }
        let filled = spec.filled(for: bundle)
        let expected = try files.json(folder + "/spec.filled.json")
        // Inputs keep the order of the schema, so the text is compared and not only the value.
        if filled.value.json() != expected.json() {
            reasons.append("must be filled to \(expected.json()), but is \(filled.value.json())")
        }
        for file in try files.json(folder + "/result.json")["files"]?.list ?? [] {
            reasons += try fileReasons(file, filled)
        }
        return reasons
    }

    private var previewReasons: [String] {
        let isExplained = bundle.findings.contains { $0.code == "bundle.preview" && !$0.causes.isEmpty }
        return bundle.isPreview && isExplained ? [] : ["must be recognised as a preview bundle and explained"]
    }

    private func fileReasons(_ file: Value, _ spec: Spec) throws -> [String] {
        let target = file["target"]?.string ?? ""
        guard let part = Bundle.Part.allCases.first(where: { $0.directory == file["infra"]?.string }) else {
            return ["\(target): must be of a part of a bundle"]
        }
        let expected = try files.json("\(folder)/context.\(target).json")
        let context = CaseGivens(expected).context(part, target, spec)
        var reasons: [String] = []
        if context != expected {
            let edits = expected.edits(to: context).prefix(5).map { "\($0.pointer)" }.joined(separator: " ")
            reasons.append("\(target): the context differs at \(edits)")
        }
        if file["language"]?.string != "cloudformation" {
            return reasons + (try generateReasons(part, target, context, file))
        }
        return reasons + (try renderReasons(part, target, context, file))
    }

    /// Files in Terraform, and those beside commands.
    private func generateReasons(_ part: Bundle.Part, _ target: String, _ context: Value, _ file: Value) throws
        -> [String]
    {
        // The case's tags hold the names that its files are to bear.
        let tags = context["proton_tags"]
        let arn =
            switch part {
            case .environment: tags?["proton:environment"]?.string
            case .instance: tags?["proton:service-instance"]?.string
            case .pipeline: tags?["proton:service"]?.string.map { $0 + "/pipeline" }
            case .component: tags?["proton:component"]?.string
            }
        let (made, findings) = bundle.generate(part, context, arn: arn ?? "")
        var reasons = findings.map(\.text)
        let wanted = (file["rendered"]?.list ?? []).compactMap(\.string)
        let names = wanted.compactMap { $0.split(separator: "/").last.map(String.init) }.sorted()
        if names != made.map(\.path).sorted() {
            reasons.append("\(target): must make \(names.joined(separator: " ")), but makes \(made.map(\.path))")
        }
        for path in wanted {
            guard let own = made.first(where: { path.hasSuffix("/" + $0.path) }) else { continue }
            let isSame =
                own.path == "codebuild.json"
                ? try Document.read(Source(name: path, text: own.text), as: .json).document?.value.json()
                    == files.json("oracle/" + path).json()
                : try own.bytes == files.bytes("oracle/" + path)
            if !isSame { reasons.append("\(target): must make \(path)") }
        }
        return reasons
    }

    private func renderReasons(_ part: Bundle.Part, _ target: String, _ context: Value, _ file: Value) throws
        -> [String]
    {
        let (rendered, findings) = bundle.render(part, context)
        if file["strict"]?["ok"] == false {
            let line = file["strict"]?["line"]?.number?.int
            guard let fault = findings.first(where: { $0.severity == .error }), rendered == nil else {
                return ["\(target): must be refused in line \(line ?? 0)"]
            }
            return fault.place?.line == line
                ? [] : ["\(target): must be refused in line \(line ?? 0), but: \(fault.text)"]
        }
        guard let rendered else { return ["\(target): \(findings.map(\.text).joined(separator: " "))"] }
        let path = "oracle/" + (file["rendered"]?.string ?? "\(folder)/rendered/\(target)/cloudformation.yaml")
        if rendered.bytes != (try files.bytes(path)) { return ["\(target): must be rendered to \(path), byte by byte"] }
        return try readReasons(rendered, target)
    }

    /// The rendered file as CloudFormation.
    private func readReasons(_ rendered: RenderedTemplate, _ target: String) throws -> [String] {
        let folder = "\(folder)/rendered/\(target)"
        guard files.exists(folder + "/template.json") else { return [] }
        let (document, findings) = Document.read(rendered.source, as: .cloudFormation)
        guard let document else { return ["\(target): \(findings.first?.text ?? "must be read")"] }
        let template = CloudFormation.Template.read(document).template
        let expected = try files.json(folder + "/template.json")
        var reasons: [String] = []
        if template.json != expected {
            let edits = expected.edits(to: template.json).prefix(5).map { "\($0.pointer)" }.joined(separator: " ")
            reasons.append("\(target): the template differs at \(edits)")
        }
        let resources = template.resources.map { "\($0.logicalID) \($0.type)" }
        let wanted = (try files.json(folder + "/resources.json").list ?? []).map {
            "\($0["id"]?.string ?? "") \($0["type"]?.string ?? "")"
        }
        if resources != wanted { reasons.append("\(target): the resources differ") }
        return reasons
    }

    private func componentReasons() throws -> [String] {
        let source = Source(name: "spec.yaml", bytes: try files.bytes(folder + "/spec.yaml"))
        let (document, findings) = Document.read(source, as: .spec)
        guard let spec = document?.value else { return [findings.first?.text ?? "the spec must be read"] }
        var reasons: [String] = []
        for file in try files.json(folder + "/result.json")["files"]?.list ?? [] {
            let target = file["target"]?.string ?? ""
            let expected = try files.json("\(folder)/context.\(target).json")
            let context = Contexts.component(
                named: spec["component"]?["name"]?.string ?? "",
                environment: CaseGivens(expected).environment(expected),
                service: spec["service"]?.string,
                instance: spec["service_instance"]?.string.map {
                    ($0, expected["service_instance"]?["inputs"] ?? .null)
                },
                tags: expected["proton_tags"]?.object ?? Object())
            if context != expected { reasons.append("\(target): the context differs") }
            reasons += try renderReasons(.component, target, context, file)
        }
        return reasons
    }
}
