package import Catalog
import Documents
package import Engine
import Schemas

/// Forms made from what the engine knows.
package struct FormOpening {
    let engine: Engine
    /// Who owns what is made, unless something else is typed.
    let owner: String

    package init(_ engine: Engine, owner: String) {
        self.engine = engine
        self.owner = owner
    }

    package func new(_ template: Template, _ choice: VersionChoice) throws(Refusal) -> FormModel {
        let detail = try engine.version(template.name, choice)
        let kind: FormPurpose.Kind = template.kind == .environment ? .newEnvironment : .newService
        return try model(FormPurpose(kind, template: template.name, number: detail.version.number))
    }

    package func editing(_ target: Target) throws(Refusal) -> FormModel {
        let record = try engine.target(target).record
        return try model(
            FormPurpose(
                .target, template: record.template, number: record.desired.version, target: target,
                revision: record.desired.revision, spec: record.desired.spec))
    }

    package func upgrading(_ target: Target, to number: VersionNumber) throws(Refusal) -> FormModel {
        let record = try engine.target(target).record
        return try model(
            FormPurpose(
                .upgrade, template: record.template, number: number, target: target,
                revision: record.desired.revision, spec: record.desired.spec))
    }

    package func service(_ name: String) throws(Refusal) -> FormModel {
        let detail = try engine.service(name)
        let highest = detail.instances.map(\.desired).max()
        let choice: VersionChoice = highest.map { .major($0.major) } ?? .standard
        let version = try engine.version(detail.service.template, choice)
        return try model(
            FormPurpose(
                .service, template: detail.service.template, number: version.version.number, service: name,
                revision: detail.service.revision, spec: try engine.currentSpec(ofService: name)))
    }

    /// The form of a purpose with the answers that it starts from.
    package func model(_ purpose: FormPurpose) throws(Refusal) -> FormModel {
        let detail = try engine.version(purpose.template, .exact(purpose.number))
        switch purpose.kind {
        case .newEnvironment:
            let asked = FormHeads.environment(owner: owner, connections: try engine.connections())
            let head = Self.section(.head, "Environment", [asked])
            return FormModel(purpose, sections: [head] + inputs(detail, .environment, "Inputs"))
        case .newService:
            let blank = try blankInstance(detail)
            let head = Self.section(.head, "Service", [FormHeads.service(owner: owner)])
            var model = FormModel(purpose, sections: [head, blank] + pipeline(detail))
            model.blankInstance = blank
            return model
        case .target: return try targetModel(purpose, detail)
        case .upgrade: return try upgradeModel(purpose, detail)
        case .service: return try serviceModel(purpose, detail)
        }
    }

    // MARK: Sections

    /// - Parameter secrets: The names that secrets can be given by; where there are none, any name can be typed.
    static func section(
        _ kind: FormModel.Kind, _ name: String, _ schemas: [Schema], secrets: [String] = []
    ) -> FormModel.Section {
        let all = schemas.enumerated().flatMap { part, schema -> [FormModel.Entry] in
            let layout = FormLayout(part: part, schema: schema)
            let form = schema.form(secrets: secrets)
            return form.groups.flatMap { layout.entries($0.fields, in: nil, from: 0, heading: $0.title) }
                + layout.others(of: form)
        }
        return FormModel.Section(
            kind: kind, name: name, parts: schemas.map { FormModel.Part(schema: $0) }, entries: all)
    }

    private func inputs(
        _ detail: VersionDetail, _ part: TemplateVersion.Part, _ name: String, of target: Target? = nil
    ) -> [FormModel.Section] {
        let kind: FormModel.Kind = part == .pipeline ? .pipeline : .inputs
        let names = secretNames(for: target)
        return detail.schemas[part].map { [Self.section(kind, name, [$0], secrets: names)] } ?? []
    }

    /// The names that secrets can be given by where a target is; of what is new yet, those of all connections.
    private func secretNames(for target: Target?) -> [String] {
        if let target, target.kind != .pipeline, var record = try? engine.target(target).record {
            // An instance goes where its environment is.
            if target.kind == .instance, let around = try? engine.target(.environment(record.environment)).record {
                record = around
            }
            return (try? engine.secretNames(on: record.connection)) ?? []
        }
        let names = (try? engine.connections())?.flatMap { (try? engine.secretNames(on: $0.name)) ?? [] } ?? []
        return Set(names).sorted()
    }

    private func pipeline(_ detail: VersionDetail) -> [FormModel.Section] { inputs(detail, .pipeline, "Pipeline") }

    private func blankInstance(_ detail: VersionDetail) throws(Refusal) -> FormModel.Section {
        let environments = try engine.environments(compatibleWith: detail.version)
        guard !environments.isEmpty else {
            let names = detail.version.compatibleEnvironments.map { "\($0.template) \($0.major)" }
            throw Refusal(
                "form.environment",
                "No environment fits \(detail.template.name) \(detail.version.number) yet: order one of "
                    + "\(names.joined(separator: ", ")) first.")
        }
        return instance(detail, environments)
    }

    private func instance(_ detail: VersionDetail, _ environments: [FleetRow]) -> FormModel.Section {
        let inputs = detail.schemas[.instance] ?? Schema(["type": "object"])
        return Self.section(
            .instance, "", [FormHeads.instance(environments: environments), inputs], secrets: secretNames(for: nil))
    }

    // MARK: What is there already

    private func content(_ purpose: FormPurpose) throws(Refusal) -> SpecContent {
        let kind: TemplateKind = purpose.target?.kind == .environment ? .environment : .service
        let (content, findings) = engine.readSpec(purpose.spec ?? "", kind: kind)
        guard let content else { throw Refusal(findings) }
        return content
    }

    private func targetModel(_ purpose: FormPurpose, _ detail: VersionDetail) throws(Refusal) -> FormModel {
        guard let target = purpose.target else { throw Refusal("form.target", "The draft names no target.") }
        var sections = inputs(detail, target.part, target.title, of: target)
        guard !sections.isEmpty else { throw Refusal("form.inputs", "\(target.title) has no inputs.") }
        sections[0].take(try content(purpose).inputs(of: target), part: 0)
        return FormModel(purpose, sections: sections)
    }

    private func upgradeModel(_ purpose: FormPurpose, _ detail: VersionDetail) throws(Refusal) -> FormModel {
        var model = try targetModel(purpose, detail)
        guard let target = purpose.target else { return model }
        let carried = try engine.upgradeInputs(target, to: purpose.number)
        var section = model.sections[0]
        section.take(carried.inputs, part: 0)
        for index in section.entries.indices {
            let input = section.entries[index].field.pointer.steps.joined(separator: ".")
            let fate = carried.lines.first { $0.input == input }?.fate
            section.entries[index].note = fate.flatMap(Self.note)
        }
        for index in section.roots {
            let all = section.entries[index..<section.end(of: index)]
            if all.allSatisfy({ $0.note == nil }) { section.entries[index].aside = .carried }
        }
        // What a person has to look at comes first; the rest is folded.
        let whole = section.roots.map { Array(section.entries[$0..<section.end(of: $0)]) }
        section.entries = (whole.filter { $0[0].aside == nil } + whole.filter { $0[0].aside != nil }).flatMap(\.self)
        section.isFolded = section.entries.contains { $0.aside == nil && $0.depth == 0 }
        section.remarks = carried.lines.compactMap { line in
            guard case .dropped(let old) = line.fate else { return nil }
            let name = line.input.split(separator: ".").last.map(String.init) ?? line.input
            let was = SecretName.matches(name) ? "" : "; it was \(old.string ?? old.json())"
            return "\(line.label) is no longer asked for\(was)"
        }
        model = FormModel(purpose, sections: [section])
        return model
    }

    static func note(_ fate: UpgradeInputs.Fate) -> String? {
        switch fate {
        case .carried, .dropped: nil
        case .renamed(let from): "was \(from)"
        case .newDefault: "new default"
        case .asked: FormModel.Entry.asks
        case .refused(let old): "was \(old.string ?? old.json()), which is no longer allowed"
        }
    }

    private func serviceModel(_ purpose: FormPurpose, _ detail: VersionDetail) throws(Refusal) -> FormModel {
        let service = try engine.service(purpose.service)
        let content = try content(purpose)
        var head = Self.section(.head, "Service", [FormHeads.existingService(owner: owner)])
        head.take(Self.head(of: service.service), part: 0)
        var instances: [FormModel.Section] = []
        var environments = try engine.environments(compatibleWith: detail.version)
        for given in content.instances {
            let row = service.instances.first { $0.target.name == given.name }
            var own = detail
            if let row, row.desired != purpose.number {
                own = try engine.version(purpose.template, .exact(row.desired))
            }
            if !environments.contains(where: { $0.target.name == given.environment }) {
                environments += try engine.environments(compatibleWith: own.version).filter {
                    $0.target.name == given.environment
                }
            }
            var section = instance(own, environments)
            section.version = own.version.number
            section.take(["name": .string(given.name), "environment": .string(given.environment)], part: 0)
            section.take(given.inputs, part: 1)
            section.isExisting = row != nil
            for index in section.entries.indices where section.entries[index].part == 0 {
                section.entries[index].isFixed = section.isExisting
            }
            instances.append(section)
        }
        var last = pipeline(detail)
        if !last.isEmpty, let given = content.pipeline { last[0].take(given, part: 0) }
        var model = FormModel(purpose, sections: [head] + instances + last)
        model.existing = service.instances.map(\.target.name)
        let (engine, template, number) = (engine, purpose.template, purpose.number)
        model.carry = { answers, version in
            let carried = try? engine.carry(answers, of: .instance, in: template, from: version, to: number)
            return carried?.inputs ?? answers
        }
        model.blankInstance = environments.isEmpty ? nil : instance(detail, environments)
        return model
    }

    private static func head(of service: Service) -> Value {
        var object = Object()
        for (key, text) in [
            ("owner", service.owner), ("repository", service.repository), ("branch", service.branch),
            ("connection", service.repositoryConnection),
        ] where !text.isEmpty {
            object[key] = .string(text)
        }
        return .object(object)
    }
}

extension SpecContent {
    /// What one target is given.
    func inputs(of target: Target) -> Value {
        switch target {
        case .environment: environment ?? .object(Object())
        case .instance(_, let name): instances.first { $0.name == name }?.inputs ?? .object(Object())
        case .pipeline: pipeline ?? .object(Object())
        case .component: .object(Object())
        }
    }
}
