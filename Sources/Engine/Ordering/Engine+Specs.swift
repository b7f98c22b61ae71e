package import Catalog
package import Documents
import Bundles
import Schemas
import Store

/// Specs as text and as the answers of a form.
extension Engine {
    package func readSpec(
        _ text: String, name: String = "spec.yaml", kind: TemplateKind
    ) -> (content: SpecContent?, findings: [Finding]) {
        let (document, findings) = SpecDocument.read(text, name: name, kind: kind)
        guard let document else { return (nil, findings) }
        let content = SpecContent(
            environment: document.environment, pipeline: document.pipeline,
            instances: document.instances.map {
                SpecContent.Instance(name: $0.name, environment: $0.environment, inputs: $0.inputs)
            }
        )
        return (content, findings)
    }

    /// An `EnvironmentSpec`; comments and order of `text` stay where they can.
    package func environmentSpec(_ inputs: Value, over text: String? = nil) -> String {
        SpecDocument.environmentText(inputs, over: text)
    }

    /// A `ServiceSpec`; comments and order of `text` stay where they can.
    package func serviceSpec(_ content: SpecContent, over text: String? = nil) -> String {
        SpecDocument.serviceText(content, over: text)
    }

    /// What a service's instances and pipeline are asked to be now, each from its own copy of the spec.
    package func currentSpec(ofService name: String) throws(Refusal) -> String {
        let service = try existingService(name)
        do {
            return try effectiveSpec(of: service)
        } catch let faults as PlanFaults {
            throw Refusal(faults.findings)
        } catch {
            throw Engine.refusal(error)
        }
    }

    /// A target's answers carried over to another version, with what became of each.
    package func upgradeInputs(_ target: Target, to number: VersionNumber) throws(Refusal) -> UpgradeInputs {
        let record = try existingRecord(target)
        return try carry(
            try currentInputs(of: record), of: target.part, in: record.template, from: record.desired.version,
            to: number)
    }

    /// Answers for one version of a template carried over to another, with what became of each: what the new schema
    /// calls otherwise (`x-renamed-from`) keeps its answer, what it no longer takes is dropped.
    ///
    /// - Parameter inputs: As written, before defaults.
    package func carry(
        _ inputs: Value, of part: TemplateVersion.Part, in name: String, from: VersionNumber, to number: VersionNumber
    ) throws(Refusal) -> UpgradeInputs {
        let template = try existingTemplate(name)
        let wanted = try resolve(.exact(number), of: template)
        let before = try resolve(.exact(from), of: template)
        guard let old = try bundle(of: before).schemas[part], let new = try bundle(of: wanted).schemas[part] else {
            throw Refusal("version.part", "Version \(number) of \(template.name) has no \(part.rawValue) part.")
        }
        let migrated = Migration(carrying: inputs, from: old, to: new)
        return UpgradeInputs(
            from: .init(template: template.name, number: before.number.description),
            to: .init(template: template.name, number: number.description), inputs: migrated.value,
            lines: migrated.lines.map(UpgradeInputs.Line.init)
        )
    }

    private func currentInputs(of record: TargetRecord) throws(Refusal) -> Value {
        let kind: TemplateKind = record.target.kind == .environment ? .environment : .service
        let (document, findings) = SpecDocument.read(record.desired.spec, name: "spec.yaml", kind: kind)
        guard let document else { throw Refusal(findings) }
        return document.inputs(of: record.target)
    }
}

extension UpgradeInputs.Line {
    init(_ line: Migration.Line) {
        let fate: UpgradeInputs.Fate =
            switch line.origin {
            case .carried: .carried
            case .renamed(let from): .renamed(from: from)
            case .newDefault: .newDefault
            case .needsAnswer: .asked
            case .rejected(let old, _): .refused(old: old)
            case .dropped(let old): .dropped(old: old)
            }
        self.init(input: line.pointer.steps.joined(separator: "."), label: line.label, fate: fate)
    }
}

/// Work that was begun on a form.
extension Engine {
    package func drafts() throws(Refusal) -> [Draft] { try refusing { try store.drafts() } }
    package func draft(_ id: String) throws(Refusal) -> Draft? { try refusing { try store.draft(id) } }
    package func saveDraft(_ draft: Draft) throws(Refusal) { try refusing { try store.save(draft) } }
    package func deleteDraft(_ id: String) throws(Refusal) { try refusing { try store.deleteDraft(id) } }
}
