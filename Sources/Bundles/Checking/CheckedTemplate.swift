import Catalog
import Documents
import Jinja

/// A part's template as a check reads it: one fault hides as few others as possible.
struct CheckedTemplate {
    let template: PartTemplate?
    let findings: [Finding]
    /// Whether the file is there.
    let isThere: Bool
    /// As it was read: with what stands for unknown filters.
    private var environment = PartTemplate.environment

    init(_ bundle: Bundle, _ part: Bundle.Part) {
        guard let path = Self.path(of: part, in: bundle), let source = bundle.source(path) else {
            let later = bundle.template(of: part)
            (template, findings, isThere) = (later.template, later.findings, false)
            return
        }
        isThere = true
        var findings = Jinja.Template.dynamicReferences(in: source)
        var read: Jinja.Template?
        // An unknown filter is told, and then taken for one that changes nothing.
        for _ in 0..<50 {
            do throws(TemplateError) {
                read = try Jinja.Template(source, environment: environment)
                break
            } catch {
                findings += error.kind == .assertion ? error.findings : error.findings(besides: findings)
                guard let name = Self.unknownFilter(error) else { break }
                environment.filters[name] = CustomFilter { call in call.value ?? .null }
            }
        }
        template = read.map { PartTemplate(path: path, template: $0, isSecret: bundle.secretPaths(of: part)) }
        self.findings = findings
    }

    /// The same, with nothing in the place of every unknown name.
    var lenient: PartTemplate? {
        guard let template else { return nil }
        var environment = environment
        environment.undefined = .chainable
        let open = try? Jinja.Template(template.template.source, environment: environment)
        return open.map { PartTemplate(path: template.path, template: $0, isSecret: template.isSecret) }
    }

    private static func unknownFilter(_ error: TemplateError) -> String? {
        let parts = error.message.split(separator: "'", omittingEmptySubsequences: false)
        guard error.kind == .assertion, parts.count == 3, parts[0] == "No filter named " else { return nil }
        return String(parts[1])
    }

    /// The file that the manifest names; where that is not there, the one that is obviously meant.
    private static func path(of part: Bundle.Part, in bundle: Bundle) -> String? {
        let manifest = bundle.manifests[part]
        if let manifest, manifest.language != .cloudFormation { return nil }
        if let manifest, bundle.files[part.path(manifest.file)] != nil { return part.path(manifest.file) }
        guard !part.directory.isEmpty else { return nil }
        let files = bundle.files.paths(in: part.directory)
        let named = ["cloudformation.yaml", "cloudformation.yml", "cloudformation.json"].first { files.contains($0) }
        if let named { return part.path(named) }
        // Without a manifest that reads, a directory of Terraform is not to be taken for something else.
        guard !files.contains(where: { $0.hasSuffix(".tf") }) else { return nil }
        let texts = files.filter { file in
            file != "manifest.yaml" && !file.contains("/")
                && [".yaml", ".yml", ".json", ".template"].contains { file.hasSuffix($0) }
        }
        return texts.count == 1 ? part.path(texts[0]) : nil
    }
}
