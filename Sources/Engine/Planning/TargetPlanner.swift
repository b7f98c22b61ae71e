import Bundles
import Catalog
import CloudFormation
import Documents
import Schemas
import Store

/// What one target is to become: everything that its plan is made from.
struct Wanted: Sendable {
    var target: Target
    var action: DeploymentAction
    var version: TemplateVersion
    /// What is there, where it will be.
    var record: TargetRecord?
    /// What it leaves behind where it was, as a move does.
    var left: TargetRecord?
    var spec: String
    var revision: Int
    /// As written, before defaults.
    var inputs: Value
    /// Where it runs: an instance's or a component's environment.
    var environment: TargetRecord?
    /// What a component is attached to.
    var attached: AttachedInstance?
    /// The component whose outputs an instance sees.
    var component: TargetRecord?
    /// Whether that is the one that is there; else an earlier step of the order makes it, or there is to be none.
    var seesStoredComponent = true
    /// The stand-ins among the outputs of that component.
    var componentUnknowns: [UnknownOutput] = []
    /// The content of its version, where that is not in the workspace yet.
    var fresh: LoadedBundle?
    var service: Service?
    /// What a pipeline sees of its service's instances.
    var instances: [InstanceView] = []
    var stage: Stage
    var connection: String

    /// The stand-ins among its environment's outputs, where an earlier step of the order makes the environment; `nil`
    /// where it is there.
    var awaited: [UnknownOutput]?

    /// Whether what it reads of others is not there because of faults that are told elsewhere.
    var isIncomplete = false

    /// The stand-ins that it waits for: of its environment's outputs, those that its files show.
    func unknowns(in files: [RenderedFile]) -> [UnknownOutput] {
        ((awaited ?? []) + componentUnknowns).filter { unknown in files.contains { $0.text.contains(unknown.token) } }
            + instances.flatMap(\.unknowns)
    }

    /// Whether it names an environment that there is none of.
    var lacksEnvironment: Bool { [.instance, .component].contains(target.kind) && environment == nil }
}

/// An instance as its pipeline sees it.
struct InstanceView: Sendable {
    var name: String
    var inputs: Value
    var outputs: Object
    var environment: TargetRecord?
    /// The stand-ins among the outputs, by what they stand for.
    var unknowns: [UnknownOutput] = []
}

/// The stand-in for an output that an earlier step of the order will give.
struct UnknownOutput: Hashable, Sendable {
    /// The name of the instance or environment that has it.
    var source: String
    var output: String

    /// Text that every filter and every plain YAML scalar takes.
    var token: String { "known-after-\(source)-\(output)" }
    var title: String { "\(source) output \(output)" }
}

/// A plan with what later steps of the order need to know of it.
struct PlannedTarget: Sendable {
    var plan: Plan
    var filled: Value
    /// The names of the outputs that it will have.
    var outputNames: [String]
    /// Those of them whose value stands in the template, and does not wait for a provider.
    var statedOutputs: [String: String]
    /// Those of them whose value stays as it is.
    var settledOutputs: Set<String>
    /// Those that have a value now.
    var knownOutputs: Set<String>
}

extension Engine {
    /// Renders, evaluates and compares one target. Faults become the plan's findings.
    func planned(_ wanted: Wanted) throws -> PlannedTarget {
        var wanted = wanted
        if wanted.seesStoredComponent { wanted.component = try joined(to: wanted.target) }
        let loaded = try bundle(for: wanted)
        if loaded.bundle.isCustomerManaged { return try plannedValues(wanted, in: loaded) }
        let schema = loaded.schemas[wanted.target.part]
        let filled = schema?.filled(wanted.inputs) ?? wanted.inputs
        let applied = try appliedPlan(of: wanted.record)
        let arn = try arn(of: wanted)
        var rendered = Rendered(
            loaded.bundle, Engine.part(of: wanted.target), try context(for: wanted, inputs: filled), arn: arn,
            attached: wanted.attached?.schema,
            sources: Engine.sources(of: wanted, wanted.attached.flatMap(\.schema) ?? schema))
        let faults = schema?.validate(filled).filter { $0.severity == .error } ?? []
        // Without an input or an environment no template renders: the cause is told where a person can mend it.
        if !faults.isEmpty || wanted.lacksEnvironment || wanted.isIncomplete {
            rendered.dropFailure()
        }
        let connection = try existingConnection(wanted.connection, for: wanted.target)
        let files = rendered.files + [applied?.files.first].compactMap(\.self)
        let place = StackPlace(
            connection, StackName.of(wanted.target, wanted.record, in: connection),
            exports: try exports(for: wanted.target, in: connection, templates: files.map(\.text)))
        let isNew = wanted.record == nil || wanted.left != nil
        let recorded = isNew ? [] : try store.resources(of: wanted.target)
        let base = StackBase(applied?.files.first, recorded: recorded, at: place)
        var comparison = compare(rendered, with: base)
        let importFindings = Engine.importFindings(
            comparison, connection, unknowns: wanted.instances.flatMap(\.unknowns))
        if let inputs = applied?.inputs {
            comparison.changes = try Attribution(applied: inputs, wanted: filled).named(comparison.changes) { other in
                let again = Rendered(
                    loaded.bundle, Engine.part(of: wanted.target), try context(for: wanted, inputs: other), arn: arn)
                return again.template == nil ? nil : compare(again, with: base).changes
            }
        }
        var plan = Plan(
            target: wanted.target, action: wanted.action, template: wanted.version.template,
            version: wanted.version.number, fromVersion: wanted.record?.applied?.version,
            environment: wanted.environment?.target.name ?? "", stage: wanted.stage, connection: wanted.connection,
            provisioner: connection.provisioner.rawValue, stack: place.stack, spec: wanted.spec,
            revision: wanted.revision, inputs: filled,
            previousInputs: applied?.inputs, files: self.files(rendered, beside: applied), changes: comparison.changes,
            checks: try checks(rendered, comparison, schema: schema, faults: faults, wanted, connection),
            unknowns: wanted.unknowns(in: rendered.files).map(\.title), findings: rendered.findings,
            basis: (wanted.left ?? wanted.record)?.applied?.deployment, grounds: grounds(of: wanted, connection),
            isSettling: wanted.record?.isUnsettled ?? false || isJoining(wanted, applied)
        )
        plan.findings += comparison.findings + importFindings
        plan.findings += Engine.languageFindings(wanted)
        plan.findings += Engine.moveFaults(wanted)
        try nameSecrets(&plan, rendered, wanted, loaded)
        if let left = wanted.left { plan.findings += try letGo(left) }
        plan.seal()
        return PlannedTarget(
            plan: plan, filled: filled, outputNames: comparison.outputNames, statedOutputs: comparison.stated,
            settledOutputs: comparison.settled,
            knownOutputs: Set((wanted.record?.applied?.outputs ?? []).map(\.key))
        )
    }

    /// What a plan says of the secrets that its spec names: what they are defined as, and what stands against them.
    private func nameSecrets(
        _ plan: inout Plan, _ rendered: Rendered, _ wanted: Wanted, _ loaded: LoadedBundle
    ) throws {
        let schema = wanted.attached?.schema ?? loaded.schemas[wanted.target.part]
        let view = try secretView(wanted.connection)
        let unknown = view.unknown(in: plan.inputs, schema)
        if !unknown.isEmpty {
            let spec = wanted.attached?.spec ?? wanted.spec
            let document = try read(spec, kind: wanted.target.kind == .environment ? .environment : .service)
            plan.findings += unknown.map { document.located($0, of: wanted.attached?.target ?? wanted.target) }
        }
        if let file = rendered.file { plan.findings += view.misplaced(in: file, plan.inputs, schema) }
        plan.grounds.secrets = view.named(in: plan.inputs, schema)
        for instance in wanted.instances {
            plan.grounds.secrets.merge(view.named(in: instance.inputs, loaded.schemas[.instance])) { own, _ in own }
        }
    }

    private func grounds(of wanted: Wanted, _ connection: Connection) -> Grounds {
        var grounds = Engine.grounds(
            connection, wanted.record, bundle: wanted.version.digest,
            environment: wanted.awaited == nil ? wanted.environment : nil)
        grounds.attachment = Engine.attachmentDigest(of: wanted)
        return grounds
    }

    /// What is read of the other side of an attachment; empty where that is not there yet.
    private static func attachmentDigest(of wanted: Wanted) -> String {
        guard wanted.componentUnknowns.isEmpty else { return "" }
        return wanted.target.kind == .component ? digest(of: wanted.attached) : digest(of: wanted.component)
    }

    /// Whether an instance is to see another component than the one that it was deployed with, or other outputs of it:
    /// it is deployed then even where that changes nothing, so that what it has seen is known. So is a component that is
    /// to be attached or detached.
    private func isJoining(_ wanted: Wanted, _ applied: Plan?) -> Bool {
        guard let applied else { return false }
        return switch wanted.target.kind {
        case .instance: applied.grounds.attachment != Engine.attachmentDigest(of: wanted)
        case .component: applied.attachment != wanted.attached?.target
        case .environment, .pipeline: false
        }
    }

    /// The bundle of what is wanted, be it that nobody has stored it yet.
    func bundle(for wanted: Wanted) throws(Refusal) -> LoadedBundle {
        if let fresh = wanted.fresh { return fresh }
        return try bundle(of: wanted.version)
    }

    /// What a plan is made against, as it stands.
    static func grounds(
        _ connection: Connection, _ record: TargetRecord?, bundle: String, environment: TargetRecord?
    ) -> Grounds {
        let stack = record?.stack.flatMap { $0.isIn(connection) ? $0 : nil }
        return Grounds(
            account: connection.account, region: connection.region, role: connection.role(of: stack),
            stackID: stack?.id ?? "", connectionRevision: connection.revision, bundle: bundle,
            environmentOutputs: environment.map { Store.digest(of: Array(Value.object(outputs(of: $0)).json().utf8)) }
                ?? "", rules: rulesVersion)
    }

    /// The plan that brought the target to where it is.
    func appliedPlan(of record: TargetRecord?) throws -> Plan? {
        guard let applied = record?.applied, let deployment = try store.deployment(applied.deployment) else {
            return nil
        }
        return try storedPlan(deployment)
    }

    static func part(of target: Target) -> Bundles.Bundle.Part {
        switch target.part {
        case .environment: .environment
        case .instance: .instance
        case .pipeline: .pipeline
        case .component: .component
        }
    }

    /// Who set the inputs of a target.
    private static func sources(of wanted: Wanted, _ schema: Schema?) -> InputSources {
        // A component is given nothing of its own: what it reads is its instance's.
        let spec = wanted.attached?.spec ?? wanted.spec
        let target = wanted.attached?.target ?? wanted.target
        let document = Document.read(Source(name: "spec", text: spec), as: .spec).document
        var index: Int?
        if case .instance(_, let name) = target {
            index = document?.value["instances"]?.list?.firstIndex { $0["name"]?.string == name }
        }
        return InputSources(
            document, Engine.part(of: target), instance: index,
            environment: wanted.environment?.target.name ?? "", schema: schema)
    }

    private func files(_ rendered: Rendered, beside applied: Plan?) -> [RenderedFile] {
        rendered.files.map { file in
            var file = file
            file.previous = applied?.files.first { $0.path == file.path }?.text
            return file
        }
    }

    private func checks(
        _ rendered: Rendered, _ comparison: StackComparison, schema: Schema?, faults: [Finding], _ wanted: Wanted,
        _ connection: Connection
    ) throws -> [Check] {
        var checks: [Check] = []
        if let schema {
            checks.append(Engine.inputCheck(faults, count: schema.inputs.count))
        }
        if rendered.isMade || !rendered.renderFindings.isEmpty {
            checks.append(Check("rendering", rendered.renderFindings, passed: "Every reference has a value."))
        }
        if rendered.isMade {
            checks.append(
                Check(
                    "template", rendered.templateFindings + comparison.findings,
                    passed: "The CloudFormation template is consistent."))
        }
        if let template = rendered.template, let evaluated = comparison.wanted {
            let builtIn = BuiltInChecks(connection: connection, day: String(clock().iso8601.prefix(10)))
            checks += builtIn.checks(template, evaluated, applied: comparison.applied, comparison.changes)
        }
        return try leveled(checks, of: wanted.target)
    }

    static func inputCheck(_ faults: [Finding], count: Int) -> Check {
        guard !faults.isEmpty else {
            return Check(name: "inputs", outcome: .passed, sentence: "All \(count) inputs are allowed.")
        }
        let missing = faults.count { $0.code == "schema.required" }
        let wrong = faults.count - missing
        var words: [String] = []
        if wrong > 0 { words.append("\(wrong) of \(count) inputs \(wrong == 1 ? "is" : "are") not allowed") }
        if missing > 0 {
            words.append(
                wrong > 0
                    ? "\(missing) missing" : "\(missing) of \(count) inputs \(missing == 1 ? "is" : "are") missing")
        }
        return Check(name: "inputs", outcome: .failed, sentence: words.joined(separator: ", ") + ".")
    }

    /// What can be planned but not deployed yet says so, by its language's name.
    private static func languageFindings(_ wanted: Wanted) -> [Finding] {
        guard let language = wanted.version.languages[wanted.target.part], language != .cloudFormation else {
            return []
        }
        return [
            Finding(
                "provision.later",
                "\(wanted.target.title) is made by \(language.title), which this version of Baryon can't deploy yet.",
                hint: "The plan stands; deploying \(language.title) bundles comes in a later version."
            )
        ]
    }
}

extension Plan {
    /// Computes the digest over everything else in the plan.
    mutating func seal() {
        digest = ""
        digest = Store.digest(of: blob)
    }

    /// The bytes that are stored; their digest is the plan's.
    var blob: [UInt8] {
        var plain = self
        plain.digest = ""
        return Array(plain.value.json().utf8)
    }
}
