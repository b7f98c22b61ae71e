import Documents
import Jinja

/// What a build by commands is given: the file of its inputs, and its settings with the project's properties rendered.
struct BuildFiles {
    let bundle: Bundle
    let part: Bundle.Part
    let settings: CodeBuildSettings

    func files(_ context: Value) -> (files: [GeneratedFile], findings: [Finding]) {
        let values = ProtonValues.values(for: part, context)
        let isHCL = settings.inputType == .hcl
        let inputs =
            isHCL
            ? GeneratedFile("proton-inputs.tfvars", HCLWriter.assignments(values))
            : GeneratedFile("proton-inputs.json", Value.object(values).json(.jackson))
        var findings: [Finding] = []
        var project = settings.settings["project_properties"] ?? .null
        let given = PreparedContext(context.object ?? Object(), isSecret: bundle.secretPaths(of: part))
        for property in texts {
            do throws(TemplateError) {
                let text = try property.template.get().render(given).text
                project = project.setting(property.pointer, to: .string(text)) ?? project
            } catch {
                findings.append(moved(error.finding, to: property.pointer))
            }
        }
        guard findings.isEmpty else { return ([], findings) }
        let build = Object([
            ("image", settings.settings["image"] ?? .null), ("runtimes", settings.settings["runtimes"] ?? .null),
            ("env", settings.settings["env"] ?? .null), ("project_properties", project),
            ("input_type", .string(settings.inputType.rawValue)),
            ("provision", .list(settings.provision.map { .string($0) })),
            ("deprovision", .list(settings.deprovision.map { .string($0) })),
        ])
        return ([GeneratedFile("codebuild.json", Value.object(build).json(.pretty) + "\n"), inputs], [])
    }

    /// A text among the project's properties, read as a template.
    struct Property {
        let pointer: Pointer
        let template: Result<Jinja.Template, TemplateError>
    }

    /// Each text below `project_properties`; its pointer starts there.
    var texts: [Property] {
        var found: [Property] = []
        func walk(_ value: Value, _ pointer: Pointer) {
            switch value {
            case .null, .bool, .number: break
            case .string(let text):
                let source = Source(name: bundle.place(path).file, text: text)
                found.append(
                    Property(
                        pointer: pointer,
                        template: Result { () throws(TemplateError) in
                            try Jinja.Template(source, environment: PartTemplate.environment)
                        }))
            case .list(let items): for (index, item) in items.enumerated() { walk(item, pointer.appending(index)) }
            case .object(let object): for (key, value) in object { walk(value, pointer.appending(key)) }
            }
        }
        if let properties = settings.settings["project_properties"] { walk(properties, Pointer([])) }
        return found
    }

    /// What is found in a text, told where the manifest has it.
    func moved(_ finding: Finding, to pointer: Pointer) -> Finding {
        let whole = Pointer(["infrastructure", "templates", "0", "settings", "project_properties"] + pointer.steps)
        var finding = finding
        finding.pointer = whole
        let document = bundle.source(path).flatMap { Document.read($0, as: .spec).document }
        finding.place = document?.place(of: whole) ?? bundle.place(path)
        return finding
    }

    private var path: String { part.path("manifest.yaml") }
}
