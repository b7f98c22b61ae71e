package import Catalog
package import Documents
package import Engine
import Schemas

/// What the answers ask for.
extension FormModel {
    package func request(_ engine: Engine) -> OrderRequest {
        let head = sections.first { $0.kind == .head }
        func answer(_ name: String) -> String { head?.head(name) ?? "" }
        switch purpose.kind {
        case .newEnvironment:
            let connection = answer("connection")
            return .createEnvironment(
                EnvironmentOrder(
                    name: answer("name"), template: purpose.template, version: .exact(purpose.number),
                    spec: spec(engine), stage: Stage(rawValue: answer("stage")) ?? .test, owner: answer("owner"),
                    connection: connection.isEmpty ? Connection.local.name : connection))
        case .newService:
            return .createService(
                ServiceOrder(
                    name: answer("name"), template: purpose.template, version: .exact(purpose.number),
                    spec: spec(engine), owner: answer("owner"), repository: answer("repository"),
                    branch: answer("branch"), repositoryConnection: answer("connection")))
        case .service:
            return .updateService(
                ServiceUpdate(
                    name: purpose.service, spec: spec(engine), baseRevision: purpose.revision, remove: removed,
                    owner: answer("owner"), repository: answer("repository"), branch: answer("branch"),
                    repositoryConnection: answer("connection")))
        case .target, .upgrade: return update(engine)
        }
    }

    private func update(_ engine: Engine) -> OrderRequest {
        let target = purpose.target ?? .environment("")
        let update = TargetUpdate(
            target: target, version: purpose.kind == .upgrade ? .exact(purpose.number) : .standard,
            spec: spec(engine), baseRevision: purpose.revision)
        return update.request
    }

    /// What is ordered, for titles: `new environment net`.
    package var title: String {
        switch purpose.kind {
        case .newEnvironment, .newService:
            let name = sections[0].head("name")
            return name.isEmpty ? purpose.title : "\(purpose.title) \(name)"
        case .target, .upgrade, .service: return purpose.title
        }
    }

    /// The whole spec; comments and order of the one that it starts from stay.
    package func spec(_ engine: Engine) -> String {
        let content = content(engine)
        if let inputs = content.environment { return engine.environmentSpec(inputs, over: purpose.spec) }
        return engine.serviceSpec(content, over: purpose.spec)
    }

    private func content(_ engine: Engine) -> SpecContent {
        let kind: TemplateKind =
            purpose.kind == .newEnvironment || purpose.target?.kind == .environment ? .environment : .service
        var content =
            purpose.spec.flatMap { engine.readSpec($0, kind: kind).content }
            ?? SpecContent(environment: kind == .environment ? .object(Object()) : nil)
        if purpose.kind == .newService || purpose.kind == .service { content.instances = [] }
        for section in sections {
            let inputs = section.value(part: section.inputsPart)
            switch (section.kind, purpose.target) {
            case (.head, _): break
            case (.instance, _):
                content.instances.append(
                    .init(name: section.head("name"), environment: section.head("environment"), inputs: inputs))
            case (.pipeline, _): content.pipeline = inputs
            case (.inputs, .instance(_, let name)?):
                if let index = content.instances.firstIndex(where: { $0.name == name }) {
                    content.instances[index].inputs = inputs
                }
            case (.inputs, _): content.environment = inputs
            }
        }
        return content
    }

    /// The spec for a person's editor, with what is asked above it as comments.
    package func editedText(_ engine: Engine) -> String {
        var lines = [
            "# \(title)", "# Lines with # are help and are left out. Saved, the answers come back to the form.",
        ]
        var seen: Set<Pointer> = []
        for section in sections where section.kind != .head {
            for entry in section.entries where entry.part == section.inputsPart && entry.role != .name {
                guard seen.insert(entry.field.pointer).inserted else { continue }
                let standard = entry.field.defaultValue.map { ", default \(entry.shown($0))" } ?? ""
                let need = entry.field.isRequired ? ", required" : ""
                let rule = entry.field.rule.map { ", \($0)" } ?? ""
                let path = entry.field.pointer.steps.joined(separator: ".")
                lines.append("#   \(path): \(entry.field.label)\(need)\(rule)\(standard)")
            }
        }
        let head = lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        // A byte order mark stands at the start of a text or nowhere.
        let spec = withoutSecrets.editedSpec(engine).unicodeScalars.drop { $0 == "\u{FEFF}" }
        return head.joined(separator: "\n") + "\n" + String(spec)
    }

    /// What an editor's file must not hold.
    private var withoutSecrets: FormModel {
        var model = self
        for section in sections.indices {
            let entries = sections[section].entries
            for entry in entries.indices where entries[entry].field.isSecret && !entries[entry].role.holdsEntries {
                model.sections[section].entries[entry].take(nil)
            }
        }
        return model
    }

    /// The spec as it is; of an instance alone where only that is changed, since its siblings go by their own.
    private func editedSpec(_ engine: Engine) -> String {
        guard case .instance(_, let name)? = purpose.target else { return spec(engine) }
        let instance = content(engine).instances.filter { $0.name == name }
        return engine.serviceSpec(SpecContent(instances: instance), over: nil)
    }

    /// Takes what the editor left; where there are faults it gives them and changes nothing, else what is to be said.
    package mutating func takeEdited(_ text: String, _ engine: Engine) -> [Finding] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.drop { $0.hasPrefix("#") }.joined(separator: "\n")
        let kind: TemplateKind =
            purpose.kind == .newEnvironment || purpose.target?.kind == .environment ? .environment : .service
        let (content, findings) = engine.readSpec(body, kind: kind)
        guard let content, !findings.contains(where: { $0.severity == .error }) else { return findings }
        var unknown: [String] = []
        if let target = purpose.target {
            unknown += sections[0].takeEdited(content.inputs(of: target), part: 0)
        } else {
            if purpose.kind == .newService || purpose.kind == .service { unknown += takeInstances(content.instances) }
            for index in sections.indices {
                let inputs: Value?
                switch sections[index].kind {
                case .inputs: inputs = content.environment
                case .pipeline: inputs = content.pipeline
                case .head, .instance: continue
                }
                unknown += sections[index].takeEdited(inputs ?? .object(Object()), part: 0)
            }
        }
        check()
        focus = spots.first { $0 >= focus } ?? spots.first ?? focus
        guard let first = unknown.first else { return [] }
        let rest = unknown.count > 1 ? ", and \(unknown.count - 1) more," : ""
        return [
            Finding(
                "form.unknownInput", .warning,
                "The answers were taken over, but \(first)\(rest) is no input here: it stays in the spec, unused.")
        ]
    }

    private mutating func takeInstances(_ given: [SpecContent.Instance]) -> [String] {
        let old = instances
        var unknown: [String] = []
        guard let blank = blankInstance ?? old.first, !given.isEmpty else { return [] }
        let first = sections.firstIndex { $0.kind == .instance } ?? 1
        let new = given.map { given in
            var section = old.first { $0.head("name") == given.name } ?? blank
            section.take(["name": .string(given.name), "environment": .string(given.environment)], part: 0)
            unknown += section.takeEdited(given.inputs, part: 1)
            return section
        }
        sections.removeAll { $0.kind == .instance }
        sections.insert(contentsOf: new, at: first)
        focus = Spot(section: min(focus.section, sections.count - 1), entry: 0)
        return unknown
    }
}

extension FormModel.Section {
    /// Takes what an editor left; secrets, which the editor was not given, stay as they were. Gives the names of
    /// members that nothing here asks for.
    fileprivate mutating func takeEdited(_ value: Value, part: Int) -> [String] {
        let old = entries
        take(value, part: part)
        for index in entries.indices
        where entries[index].field.isSecret && !entries[index].isSet && !entries[index].role.holdsEntries {
            let place = entries[index].field.pointer
            let before = old.first { $0.part == part && $0.field.pointer == place && $0.isSet && $0.role == .leaf }
            if let answer = before?.answer { entries[index].take(answer) }
        }
        let asked = entries.filter { $0.part == part }.map(\.field.pointer.steps.first)
        // A field for the whole, or for members of any name, takes them all.
        guard asked.allSatisfy({ $0 != nil && $0 != "-" }) else { return [] }
        return (value.object ?? Object()).keys.filter { !asked.contains($0) }
    }
}
