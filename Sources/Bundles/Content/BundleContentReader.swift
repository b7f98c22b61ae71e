import Documents
import Jinja
import Schemas

/// Reads what every bundle has: schema, manifests, registration files; and tells what does not fit together.
struct BundleContentReader {
    let files: BundleFiles
    let name: String
    private(set) var kind = Bundle.Kind.environment
    private(set) var isPreview = false
    private var hasOldKey = false
    private(set) var schema: SchemaFile?
    private(set) var manifests: [Bundle.Part: Manifest] = [:]
    private(set) var registration = Registration()
    private(set) var findings: [Finding] = []

    init(files: BundleFiles, name: String) {
        self.files = files
        self.name = name
    }

    mutating func read() {
        readSchema()
        kind = guessedKind
        isPreview =
            kind == .service && !files.contains(directory: Bundle.Part.instance.directory)
            && (files.contains(directory: "infrastructure") || files.contains(directory: "pipeline"))
        for part in Bundle.Part.allCases where isExpected(part) { readManifest(part, in: part.directory) }
        if isPreview { readPreviewManifests() }
        isPreview = isPreview || hasOldKey && readsOldNames
        readRegistration()
        guard !isPreview else {
            findings = [PreviewFormat.finding(files: files, kind: kind, name: name)] + findings
            return
        }
        checkLayout()
        checkTypes()
    }

    private func source(_ path: String) -> Source? {
        files[path].map { Source(name: file(path), bytes: $0) }
    }

    private func file(_ path: String) -> String { name.isEmpty ? path : name + "/" + path }

    private mutating func readSchema() {
        guard let source = source("schema/schema.yaml") else { return }
        let (document, faults) = Document.read(source, as: .spec)
        findings += faults
        guard let document else { return }
        let schema = SchemaFile(document)
        findings += schema.findings
        self.schema = schema
    }

    private var guessedKind: Bundle.Kind {
        if files["schema/schema.yaml"] == nil { return .component }
        let names = schema?.types
        if names?[.environment] != nil { return .environment }
        if names?[.service] != nil || names?[.pipeline] != nil { return .service }
        let hasService = Bundle.Part.allCases.contains {
            ($0 == .instance || $0 == .pipeline) && files.contains(directory: $0.directory)
        }
        return hasService ? .service : .environment
    }

    private func isExpected(_ part: Bundle.Part) -> Bool {
        switch (kind, part) {
        case (.environment, .environment), (.service, .instance), (.service, .pipeline):
            files.contains(directory: part.directory)
        case (.component, .component): true
        case (.environment, _), (.service, _), (.component, _): false
        }
    }

    private mutating func readManifest(_ part: Bundle.Part, in directory: String) {
        let path = directory.isEmpty ? "manifest.yaml" : directory + "/manifest.yaml"
        guard let source = source(path) else {
            findings.append(
                Finding(
                    "bundle.missing", "A part must have a manifest, but \(path) is not there.",
                    hint: "Add \(path) with infrastructure: templates:.", place: Place(file: file(path))))
            return
        }
        let (document, faults) = Document.read(source, as: .spec)
        findings += faults
        guard let document else { return }
        var reader = ManifestReader(document, part: part, paths: files.paths(in: directory))
        manifests[part] = reader.read()
        findings += reader.findings
        hasOldKey = hasOldKey || reader.hasOldKey
    }

    /// Services of the preview format keep their parts elsewhere.
    private mutating func readPreviewManifests() {
        let places: [(Bundle.Part, String)] = [(.instance, "infrastructure"), (.pipeline, "pipeline")]
        for (part, directory) in places where kind == .service && files.contains(directory: directory) {
            if manifests[part] == nil { readManifest(part, in: directory) }
        }
    }

    /// Whether an environment's template reads its inputs without `inputs` between, as it did before June 2021.
    private var readsOldNames: Bool {
        guard kind == .environment, let manifest = manifests[.environment], let inputs = schema?.types[.environment],
            let source = source(Bundle.Part.environment.path(manifest.file)),
            let template = try? Jinja.Template(source, environment: PartTemplate.environment)
        else { return false }
        let names = inputs.schema.inputs.map(\.name)
        return template.references.contains { reference in
            guard reference.root == "environment", case .key(let name)? = reference.steps.first else { return false }
            return names.contains(name) && !["inputs", "outputs", "name", "account_id"].contains(name)
        }
    }

    private mutating func readRegistration() {
        var reader = RegistrationReader()
        for path in [".template-registration.yaml", ".template-registration.yml"] {
            if let source = source(path) { reader.readYAML(source) }
        }
        for path in [".compatible-envs", ".compatible-env", ".compatible_envs"] {
            if let source = source(path) { reader.readLines(source) }
        }
        registration = reader.registration
        findings += reader.findings
    }

    private mutating func checkLayout() {
        switch kind {
        case .environment:
            if files.contains(directory: "instance_infrastructure") {
                misplaced("instance_infrastructure", "Name service_input_type in the schema, or remove the directory.")
            }
            if let schema, !files.contains(directory: Bundle.Part.environment.directory) {
                findings += CustomerManagedRule.findings(schema)
            }
        case .service:
            if !files.contains(directory: "instance_infrastructure") {
                findings.append(
                    Finding(
                        "bundle.missing", "A service bundle must hold instance_infrastructure, but does not.",
                        hint: "Add instance_infrastructure/manifest.yaml and the template.",
                        place: Place(file: file("instance_infrastructure"))))
            }
            if files.contains(directory: "infrastructure") {
                misplaced("infrastructure", "Move its files to instance_infrastructure, or remove the directory.")
            }
        case .component: break
        }
    }

    private mutating func misplaced(_ directory: String, _ hint: String) {
        findings.append(
            Finding(
                "bundle.misplaced", .warning,
                "A bundle for \(kind == .service ? "a service" : "an environment") must not hold \(directory), but does; it is ignored.",
                hint: hint, place: Place(file: file(directory))))
    }

    /// Each part needs the type of its inputs.
    private mutating func checkTypes() {
        guard let schema, schema.findings.allSatisfy({ $0.severity != .error }) else { return }
        let needed: [(Bundle.Part, SchemaFile.InputType)] = [(.instance, .service), (.pipeline, .pipeline)]
        for (part, type) in needed where files.contains(directory: part.directory) && schema.types[type] == nil {
            guard kind == .service else { continue }
            findings.append(
                Finding(
                    "schema.file",
                    "The schema of a bundle with \(part.directory) must name \(type.rawValue), but does not.",
                    hint: "Add \(type.rawValue) and declare its type; it may have no properties.",
                    place: schema.document.place(of: Pointer(["schema"])), pointer: Pointer(["schema"])))
        }
        if kind == .service, schema.types[.pipeline] != nil, !files.contains(directory: Bundle.Part.pipeline.directory)
        {
            let pointer = Pointer(["schema", SchemaFile.InputType.pipeline.rawValue])
            findings.append(
                Finding(
                    "schema.file", .warning,
                    "A pipeline_input_type must have a pipeline, but pipeline_infrastructure is not there.",
                    hint: "Add pipeline_infrastructure, or remove the line.", place: schema.document.place(of: pointer))
            )
        }
    }
}

/// The bundle format of before June 2021, which the service stopped taking then.
enum PreviewFormat {
    /// Old names and what they are called now.
    static let renamed: [(old: String, new: String)] = [
        ("engine (in manifests)", "rendering_engine"), ("infrastructure/ (of services)", "instance_infrastructure/"),
        ("pipeline/", "pipeline_infrastructure/"), ("environment.X", "environment.inputs.X or environment.outputs.X"),
        ("service_instance.X", "service_instance.inputs.X"), ("service_name", "service.name"),
        ("pipeline.X", "pipeline.inputs.X"), ("source.repository", "service.repository_id"),
        ("source.branch", "service.branch_name"), ("source.connection_arn", "service.repository_connection_arn"),
        ("service_instances[0].spec.X", "service_instances[0].outputs.X"),
    ]

    static func finding(files: BundleFiles, kind: Bundle.Kind, name: String) -> Finding {
        let manifest = files.paths.first { $0.hasSuffix("/manifest.yaml") } ?? "schema/schema.yaml"
        let file = name.isEmpty ? manifest : name + "/" + manifest
        return Finding(
            "bundle.preview",
            "A bundle must have the format of June 2021 or later, but this one is of the preview before.",
            hint:
                "Rename \(kind == .service ? "the directories and " : "")the names that changed; they are listed below.",
            place: Place(file: file),
            causes: renamed.filter {
                kind == .service || $0.old == "engine (in manifests)" || $0.old == "environment.X"
            }.map {
                Finding("bundle.preview", .note, "\($0.old) is now \($0.new).")
            })
    }
}
