package import Catalog
package import Documents

/// What a `manifest.yaml` says: who renders and who carries out.
package struct Manifest: Sendable {
    package let language: Language
    /// The one template file, relative to the part's directory; `*` for all of Terraform's; empty for CodeBuild.
    package let file: String
    package let codeBuild: CodeBuildSettings?

    /// The names of the files that are rendered or copied, relative to the part's directory.
    package func templateFiles(in bundle: Bundle, part: Bundle.Part) -> [String] {
        let paths = bundle.files.paths(in: part.directory)
        switch language {
        case .cloudFormation: return paths.filter { $0 == file }
        case .terraform: return paths.filter { file == "*" ? $0.hasSuffix(".tf") && !$0.contains("/") : $0 == file }
        case .codeBuild: return paths.filter { $0 != "manifest.yaml" }
        }
    }
}

/// How a CodeBuild part is run.
package struct CodeBuildSettings: Sendable {
    /// How the commands are given their inputs.
    package enum InputType: String, Sendable, CaseIterable {
        case json = "JSON"
        case hcl = "HCL"
    }

    package let inputType: InputType
    package let provision: [String]
    package let deprovision: [String]
    /// The whole `settings` map, runtimes, variables and project properties included.
    package let settings: Object
}

/// Reads one manifest, in the current form and in the one of before June 2021.
struct ManifestReader {
    private(set) var findings: [Finding] = []
    /// Whether it names the engine as before June 2021.
    private(set) var hasOldKey = false
    private let document: Document
    private let part: Bundle.Part
    private let paths: [String]

    init(_ document: Document, part: Bundle.Part, paths: [String]) {
        self.document = document
        self.part = part
        self.paths = paths
    }

    mutating func report(
        _ code: Finding.Code, _ message: String, hint: String, at pointer: Pointer,
        severity: Finding.Severity = .error
    ) {
        findings.append(
            Finding(code, severity, message, hint: hint, place: document.place(of: pointer), pointer: pointer))
    }

    mutating func read() -> Manifest? {
        let list = Pointer(["infrastructure", "templates"])
        guard let entries = document.value[list]?.list, !entries.isEmpty else {
            report(
                "manifest.templates", "A manifest must list its template under infrastructure.templates, but does not.",
                hint: "Write infrastructure: templates: and one entry below.", at: list)
            return nil
        }
        if entries.count > 1 {
            report(
                "manifest.templates", "A manifest must list one template, but lists \(entries.count).",
                hint: "Keep one entry; Terraform takes all its files with file: \"*\".", at: list.appending(1))
        }
        let pointer = list.appending(0)
        guard case .object(let entry) = entries[0] else {
            report(
                "manifest.templates", "A template's entry must be an object, but is \(entries[0].kind).",
                hint: "Write file, rendering_engine and template_language.", at: pointer)
            return nil
        }
        return read(entry, at: pointer)
    }

    private mutating func read(_ entry: Object, at pointer: Pointer) -> Manifest? {
        hasOldKey = entry["engine"] != nil && entry["rendering_engine"] == nil
        let engineKey = hasOldKey ? "engine" : "rendering_engine"
        if hasOldKey {
            report(
                "manifest.key", "The key must be rendering_engine, but is engine; it is read all the same.",
                hint: "Write rendering_engine.", at: pointer.appending("engine"), severity: .warning)
        }
        let engine = text(entry, engineKey, at: pointer, required: true)
        let isBuild = engine == "codebuild"
        let languageName = text(entry, "template_language", at: pointer, required: !isBuild)
        for key in entry.keys
        where !["file", "rendering_engine", "engine", "template_language", "settings"].contains(key) {
            report(
                "manifest.key",
                "A template's entry must hold file, rendering_engine, template_language or settings, but holds \(key).",
                hint: "Remove it, or check its spelling.", at: pointer.appending(key), severity: .warning)
        }
        guard let engine, let language = language(engine, languageName, engineKey, at: pointer) else { return nil }
        if language == .codeBuild {
            if part == .component {
                report(
                    "manifest.engine", "A component must be CloudFormation or Terraform, but is CodeBuild.",
                    hint: "Write the component as a template.", at: pointer)
            }
            return Manifest(language: language, file: "", codeBuild: settings(entry, at: pointer))
        }
        guard let file = text(entry, "file", at: pointer, required: true) else { return nil }
        checkFile(file, language, at: pointer.appending("file"))
        return Manifest(language: language, file: file, codeBuild: nil)
    }

    private mutating func language(
        _ engine: String, _ name: String?, _ engineKey: String, at pointer: Pointer
    ) -> Language? {
        switch (engine, name) {
        case ("jinja", "cloudformation"?), ("jinja", nil): return .cloudFormation
        case ("hcl", "terraform"?), ("hcl", nil): return .terraform
        case ("codebuild", nil): return .codeBuild
        case ("codebuild", _?):
            report(
                "manifest.engine", "An entry for codebuild must have no template_language, but has one.",
                hint: "Remove template_language.", at: pointer.appending("template_language"), severity: .warning)
            return .codeBuild
        case ("jinja", let other?), ("hcl", let other?):
            let wanted = engine == "jinja" ? "cloudformation" : "terraform"
            report(
                "manifest.language", "The template_language of \(engine) must be \(wanted), but is \(other).",
                hint: "Write template_language: \(wanted).", at: pointer.appending("template_language"))
            return nil
        default:
            report(
                "manifest.engine", "The \(engineKey) must be jinja, hcl or codebuild, but is \(engine).",
                hint: "Write jinja for CloudFormation, hcl for Terraform.", at: pointer.appending(engineKey))
            return nil
        }
    }

    private mutating func text(_ entry: Object, _ key: String, at pointer: Pointer, required: Bool) -> String? {
        switch entry[key] {
        case .string(let text)?: return text
        case nil:
            if required {
                report(
                    "manifest.missing", "A template's entry must have \(key), but has not.", hint: "Add \(key).",
                    at: pointer)
            }
            return nil
        case let value?:
            report(
                "manifest.type", "\(key) must be text, but is \(value.kind).", hint: "Put the value into quotes.",
                at: pointer.appending(key))
            return nil
        }
    }

    private mutating func checkFile(_ file: String, _ language: Language, at pointer: Pointer) {
        if file == "*", language == .terraform, part != .component {
            if !paths.contains(where: { $0.hasSuffix(".tf") && !$0.contains("/") }) {
                report(
                    "bundle.missing", "A Terraform part must hold a .tf file, but holds none.",
                    hint: "Add the files beside the manifest.", at: pointer)
            }
        } else if !paths.contains(file) {
            let near = paths.filter { $0 != "manifest.yaml" }.prefix(3).joined(separator: ", ")
            report(
                "bundle.missing", "The file must stand beside the manifest, but \(file) does not.",
                hint: near.isEmpty ? "Add the file." : "Add it, or name one of: \(near).", at: pointer)
        }
    }
}
