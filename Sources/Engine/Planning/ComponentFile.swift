import Bundles
package import Catalog
import Documents
import Store

/// A component's file as a version of its own line.
struct ComponentFile: Sendable {
    var version: TemplateVersion
    /// Its content, where it is not in the workspace yet.
    var fresh: LoadedBundle?
}

extension Engine {
    /// The line of a component's files: no template's name holds a slash.
    static func line(of component: Target) -> String { component.id }

    /// Reads and checks what somebody gave; a file that the component had before keeps its number.
    func componentFile(
        of source: ComponentSource, for target: Target, _ findings: inout [Finding]
    ) throws -> ComponentFile? {
        let bundle = Engine.bundle(of: source)
        guard bundle.kind == .component else {
            findings.append(
                Finding(
                    "component.schema",
                    "A component must be one infrastructure file with a manifest, but this has a schema: it is a template's bundle.",
                    hint: "Register it: baryon template register \(source.name)"))
            return nil
        }
        let faults = bundle.check()
        findings += faults
        guard !faults.hasErrors else { return nil }
        let line = Engine.line(of: target)
        let digest = Store.digest(of: bundle.archive)
        if let known = try store.version(of: line, digest: digest) { return ComponentFile(version: known) }
        let version = TemplateVersion(
            template: line, kind: .component, number: try store.line(of: line).next(major: 1), status: .published,
            digest: digest, languages: bundle.languages, registeredAt: clock(), registeredBy: actor.name)
        return ComponentFile(version: version, fresh: LoadedBundle(bundle))
    }

    /// The file that a component is asked to be made from.
    func componentFile(of record: TargetRecord) throws -> RenderedFile? {
        guard record.target.kind == .component, let version = try store.version(record.template, record.desired.version)
        else { return nil }
        let bundle = try bundle(of: version).bundle
        guard let path = bundle.manifests[.component]?.file, let bytes = bundle.files[path] else { return nil }
        return RenderedFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    }

    static func bundle(of source: ComponentSource) -> Bundles.Bundle {
        Bundle(
            files: BundleFiles(source.files.map { BundleFiles.File(path: $0.path, bytes: $0.bytes) }),
            name: source.name)
    }

    /// The version that a component's order makes, with its archive; `nil` where its file is not new.
    func newVersion(of plan: Plan, in request: OrderRequest) throws -> (version: TemplateVersion, archive: [UInt8])? {
        let source: ComponentSource? =
            switch request {
            case .createComponent(let order): order.source
            case .updateComponent(let update): update.source
            default: nil
            }
        guard let source, plan.target.kind == .component else { return nil }
        var findings: [Finding] = []
        guard let file = try componentFile(of: source, for: plan.target, &findings), let fresh = file.fresh else {
            return nil
        }
        return (file.version, fresh.bundle.archive)
    }

    func componentVersion(_ number: VersionNumber, of record: TargetRecord) throws -> TemplateVersion {
        guard let version = try store.version(record.template, number) else {
            throw PlanFaults("version.unknown", "Component \(record.target.name) has no version \(number).")
        }
        return version
    }

    func componentSpec(_ text: String, of target: Target) throws -> ComponentSpec {
        guard let spec = ComponentSpec(text) else {
            throw PlanFaults(
                "component.spec", "What component \(target.name) is asked to be can't be read.",
                hint: "See it with: baryon component show \(target.name) --spec")
        }
        return spec
    }

    /// Reads a component from a directory or an archive with a manifest, or from one CloudFormation or Terraform file,
    /// for which the manifest is made.
    package static func componentSource(_ path: String) async throws(Refusal) -> ComponentSource {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let file = parts.last.map(String.init) ?? ""
        if let engine = engines.first(where: { file.hasSuffix($0.ending) }), !Bundle.isDirectory(path) {
            guard let bytes = Bundle.file(path) else {
                throw Refusal([
                    Finding(
                        "component.unreadable", "A component's file must be there, readable and of at most 5 MiB.",
                        hint: "Check the path.", place: Place(file: path))
                ])
            }
            let manifest = """
                infrastructure:
                  templates:
                    - file: \(Value.string(file).json())
                      rendering_engine: \(engine.name)
                      template_language: \(engine.language)

                """
            return ComponentSource(
                name: parts.dropLast().joined(separator: "/"),
                files: [
                    ComponentSource.File(path: file, bytes: bytes),
                    ComponentSource.File(path: "manifest.yaml", bytes: Array(manifest.utf8)),
                ])
        }
        let (read, findings) = await Bundle.read(path)
        let isOther = findings.contains { ["bundle.root", "bundle.unreadable"].contains($0.code) }
        guard let bundle = read, bundle.files["manifest.yaml"] != nil else {
            guard read != nil || isOther else { throw Refusal(findings) }
            throw Refusal([
                Finding(
                    "component.manifest",
                    "A component must be one infrastructure file, or a directory with one and its manifest.yaml.",
                    hint: "Name a file that ends in \(engines.map(\.ending).joined(separator: ", ")).",
                    place: Place(file: path))
            ])
        }
        return ComponentSource(
            name: bundle.name, files: bundle.files.files.map { ComponentSource.File(path: $0.path, bytes: $0.bytes) })
    }

    /// By the ending of a lone file: how it is rendered.
    private static let engines: [(ending: String, name: String, language: String)] = [
        (".yaml", "jinja", "cloudformation"), (".yml", "jinja", "cloudformation"), (".json", "jinja", "cloudformation"),
        (".template", "jinja", "cloudformation"), (".tf", "hcl", "terraform"),
    ]
}
