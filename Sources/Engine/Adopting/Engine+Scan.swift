import Bundles
import Catalog
import Documents
import Provisioning
import Schemas
import Store

/// A spec's file that a person has: its path as the inventory names it, and its text.
package struct GivenSpec: Hashable, Sendable {
    /// The environment or service that it is of; empty where the file's name has to tell.
    package var name: String
    package var path: String
    package var text: String

    package init(name: String = "", path: String, text: String) {
        self.name = name
        self.path = path
        self.text = text
    }

    /// Whether it is the spec of `name`, by what was said, else by the path: `shop.yaml`, `shop/spec.yaml`.
    fileprivate func isOf(_ name: String) -> Bool {
        if !self.name.isEmpty { return self.name == name }
        let parts = path.split(separator: "/").map { part in
            part.hasSuffix(".yaml") ? part.dropLast(5) : part.hasSuffix(".yml") ? part.dropLast(4) : part
        }
        return parts.contains { $0 == name }
    }
}

extension Engine {
    /// Looks at an account's stacks and tells what of them belongs to which template; changes nothing anywhere.
    ///
    /// What Proton made is known by its tags. The version and, where no spec is given, the inputs are those whose
    /// rendering comes nearest to the stack's own template.
    ///
    /// - Parameter progress: Told what is being looked at.
    package func scan(
        _ connectionName: String, specs: [GivenSpec] = [],
        progress: @escaping @Sendable (AdoptionProgress) -> Void = { _ in }
    ) async throws(Refusal) -> AccountScan {
        let connection = try realConnection(connectionName)
        let meter = AdoptionMeter(progress)
        do {
            try Task.checkCancellation()
            meter.say("looking for stacks")
            let reader = try await checkedReader(connection, meter)
            let known = Set(try store.records().compactMap(\.stack?.id))
            let stacks = try await reader.stacks().filter { !known.contains($0.id) }
            meter.say("\(stacks.count) stacks that are not in the workspace")
            var inventory = Inventory(connection: connection.name)
            var found: [(target: Target, stack: StackDescription, tags: ProtonTags)] = []
            for stack in stacks.sorted(by: { $0.name < $1.name }) {
                let tags = ProtonTags(stack.tags)
                if let tags, let target = tags.target {
                    found.append((target, stack, tags))
                } else {
                    inventory.others.append(
                        Inventory.Other(stack: stack.name, why: Engine.whyOther(stack.name, tags)))
                }
            }
            let contents = try await contents(of: found.map(\.stack), reader, asksForResources: false, meter)
            var scanned: [ScannedStack] = []
            try fill(&inventory, &scanned, found, contents, specs, connection, meter)
            let environments = Set(inventory.environments.map(\.name))
            for index in scanned.indices {
                let stack = found.first { $0.target == scanned[index].target && $0.stack.name == scanned[index].stack }
                scanned[index].missing = try missing(scanned[index], stack?.stack, among: environments, connection)
            }
            return AccountScan(inventory: inventory, stacks: scanned)
        } catch {
            throw Engine.told(error)
        }
    }

    private static func whyOther(_ stack: String, _ tags: ProtonTags?) -> String {
        if let tags {
            return
                "It is component \(tags.component)'s, whose file its author has: order it again with that, and delete this one then."
        }
        return stack.hasPrefix("AWSProton-")
            ? "It is named as Proton named stacks, but has none of its tags." : "It has no tag of Proton's."
    }

    private func fill(
        _ inventory: inout Inventory, _ scanned: inout [ScannedStack],
        _ found: [(target: Target, stack: StackDescription, tags: ProtonTags)], _ contents: [String: StackContent],
        _ specs: [GivenSpec], _ connection: Connection, _ meter: AdoptionMeter
    ) throws {
        func guess(
            _ entry: inout Inventory.Entry, _ target: Target, _ content: StackContent, _ spec: GivenSpec?,
            environment: TargetRecord?
        ) throws {
            try Task.checkCancellation()
            scanned.append(try self.guess(&entry, target, content, spec, connection, environment: environment))
            meter.say(scanned.count, of: found.count, "stacks compared")
        }
        var environments: [String: TargetRecord] = [:]
        for one in found {
            guard case .environment(let name) = one.target, let content = contents[one.stack.id] else { continue }
            var entry = Inventory.Entry(name: name, stack: one.stack.name, template: one.tags.template)
            let spec = specs.first { $0.isOf(name) && $0.kind == .environment }
            entry.specFile = spec?.path ?? ""
            try guess(&entry, one.target, content, spec, environment: nil)
            inventory.environments.append(entry)
            environments[name] = Engine.record(
                .environment(name), template: one.tags.template, content, connection, environment: "")
        }
        let services = Set(found.compactMap(\.target.service)).sorted()
        for name in services {
            let parts = found.filter { $0.target.service == name }
            let spec = specs.first { $0.isOf(name) && $0.kind == .service }
            var service = Inventory.ServiceEntry(
                name: name, template: parts.first?.tags.template ?? "", specFile: spec?.path ?? "")
            for part in parts {
                guard let content = contents[part.stack.id] else { continue }
                var entry = Inventory.Entry(
                    name: part.target.kind == .pipeline ? "" : part.target.name, stack: part.stack.name,
                    template: part.tags.template, environment: part.tags.environment)
                let environment =
                    try environments[part.tags.environment]
                    ?? store.record(.environment(part.tags.environment))
                try guess(&entry, part.target, content, spec, environment: environment)
                if part.target.kind == .pipeline { service.pipeline = entry } else { service.instances.append(entry) }
            }
            inventory.services.append(service)
        }
        // Instances run in something: where no stack is, somebody else may provision it.
        for name in Set(found.map(\.tags.environment)).sorted() where !name.isEmpty && environments[name] == nil {
            guard try store.record(.environment(name)) == nil else { continue }
            inventory.environments.append(
                Inventory.Entry(
                    name: name,
                    note:
                        "There is no stack of it. If it is customer-managed, name its template and version, and give its values under spec."
                ))
        }
    }

    /// Fills in the version, and the inputs where no spec is given, that come nearest to the stack.
    private func guess(
        _ entry: inout Inventory.Entry, _ target: Target, _ content: StackContent, _ spec: GivenSpec?,
        _ connection: Connection, environment: TargetRecord?
    ) throws -> ScannedStack {
        var scanned = ScannedStack(
            target: target, stack: entry.stack, template: entry.template, environment: entry.environment)
        scanned.texts.stack = RenderedFile(path: content.description.name, text: content.template)
        let kind: TemplateKind = target.kind == .environment ? .environment : .service
        guard let template = try store.template(entry.template), template.kind == kind else {
            entry.note =
                "The catalog has no \(kind.rawValue) template \"\(entry.template)\": register it, or name another."
            scanned.note = entry.note
            return scanned
        }
        let given = try spec.map { try read($0.text, kind: kind).inputs(of: target) }
        let base = content.base(in: connection)
        var left = InputInference.budget
        var best: (version: TemplateVersion, inputs: Value, changes: [Change], origins: [String: AdoptedInput.Origin])?
        // Newest first: among equals the newest counts.
        for version in try store.versions(of: template.name).reversed() {
            guard let loaded = try? bundle(of: version),
                loaded.bundle.template(of: Engine.part(of: target)).template != nil
            else { continue }
            let schema = loaded.schemas[target.part]
            let start: Value
            if let given {
                start = schema?.filled(given) ?? given
            } else {
                let sample = loaded.bundle.sampleInputs(of: Engine.part(of: target))
                guard let inputs = sample ?? (schema == nil ? .object(Object()) : nil) else { continue }
                start = inputs
            }
            let look = { (inputs: Value) throws -> [Change] in
                try self.differences(target, version, inputs, content, base, connection, environment)
            }
            let found: (inputs: Value, changes: [Change])
            var origins: [String: AdoptedInput.Origin] = [:]
            if given == nil, let schema {
                var inference = InputInference(schema: schema, budget: left, differences: look)
                found = try inference.run(from: start)
                left = inference.left
                origins = inference.origins
            } else {
                found = (start, try look(start))
            }
            if best.map({ found.changes.count < $0.changes.count }) ?? true {
                best = (version, found.inputs, found.changes, origins)
            }
            if found.changes.isEmpty { break }
        }
        guard let best else {
            entry.note = "No version of \(template.name) could be rendered: name the version and give the inputs."
            scanned.note = entry.note
            return scanned
        }
        entry.version = best.version.number
        if given == nil { entry.spec = try shortened(best.inputs, best.version, target) }
        if !best.changes.isEmpty {
            entry.note =
                "Version \(best.version.number) comes nearest; \(best.changes.count) of its resources are not as the stack has them."
        } else if given == nil {
            entry.note = "The inputs were read back from the stack: they render to what is there."
        }
        scanned.note = entry.note
        scanned.version = best.version.number
        let schema = try bundle(of: best.version).schemas[target.part]
        scanned.inputs = AdoptedInput.all(
            best.inputs, given: given, path: spec?.path ?? "", found: best.origins, schema: schema)
        let (verdict, rendered, comparison) = try match(
            wanted(target, best.version, best.inputs, content, connection, environment), best.inputs, with: base)
        scanned.take(verdict, rendered, comparison.changes, of: content)
        return scanned
    }

    /// What stands against taking a stack in as it is.
    private func missing(
        _ scanned: ScannedStack, _ stack: StackDescription?, among environments: Set<String>, _ connection: Connection
    ) throws -> [String] {
        var missing: [String] = []
        let kind: TemplateKind = scanned.target.kind == .environment ? .environment : .service
        let template = try store.template(scanned.template)
        if template?.kind != kind {
            missing.append("template")
        } else if scanned.version == nil {
            missing.append("version")
        }
        if scanned.target.kind == .instance, !environments.contains(scanned.environment) {
            let there = try store.record(.environment(scanned.environment))
            if there?.connection != connection.name { missing.append("environment") }
        }
        let isTaken = try scanned.target.service.map { try store.service($0) != nil }
        let isThere = try store.record(scanned.target) != nil
        if isTaken ?? isThere { missing.append("another name") }
        if stack?.isMoving == true { missing.append("a stack at rest") }
        return missing
    }

    /// Without what is a default anyway.
    private func shortened(_ inputs: Value, _ version: TemplateVersion, _ target: Target) throws -> Value {
        guard let schema = try bundle(of: version).schemas[target.part], let object = inputs.object else {
            return inputs
        }
        let defaults = schema.filled(.object(Object()))
        return .object(Object(object.filter { defaults[$0.key] != $0.value }.map { ($0.key, $0.value) }))
    }

    private func differences(
        _ target: Target, _ version: TemplateVersion, _ inputs: Value, _ content: StackContent, _ base: StackBase,
        _ connection: Connection, _ environment: TargetRecord?
    ) throws -> [Change] {
        let wanted = wanted(target, version, inputs, content, connection, environment)
        let (verdict, rendered, comparison) = try match(wanted, inputs, with: base)
        if verdict == .unknown {
            // Worse than any rendering that can be compared.
            let count = max(1, content.resources.count) + rendered.findings.count
            return (0..<count).map { Change(resource: "\($0)", type: "", kind: .unknown) }
        }
        return comparison.changes
    }

    /// What a version is asked to render for a stack.
    private func wanted(
        _ target: Target, _ version: TemplateVersion, _ inputs: Value, _ content: StackContent,
        _ connection: Connection, _ environment: TargetRecord?
    ) -> Wanted {
        var wanted = Wanted(
            target: target, action: .adopt, version: version,
            record: Engine.record(
                target, template: version.template, content, connection, environment: environment?.target.name ?? ""),
            spec: "", revision: 1, inputs: inputs, environment: environment, stage: .test, connection: connection.name)
        wanted.service = target.service.map {
            Service(name: $0, template: version.template, spec: "", createdAt: clock())
        }
        return wanted
    }

    /// A stack as the record of its target.
    static func record(
        _ target: Target, template: String, _ content: StackContent, _ connection: Connection, environment: String
    ) -> TargetRecord {
        let now = Instant(milliseconds: 0)
        return TargetRecord(
            target: target, template: template, environment: environment, connection: connection.name,
            stack: content.description.identity(isAdopted: true),
            desired: DesiredState(version: VersionNumber(0, 0), spec: "", revision: 1),
            applied: AppliedState(
                deployment: Deployment.ID(0), version: VersionNumber(0, 0), spec: "", revision: 1,
                outputs: content.description.outputs, at: now), createdAt: now)
    }
}

extension Engine {
    /// Templates and resources of stacks, several read at once.
    ///
    /// - Parameter asksForResources: Else those of the template count, without ids: one call less for each stack.
    func contents(
        of stacks: [StackDescription], _ reader: StackReader, asksForResources: Bool = true, _ meter: AdoptionMeter
    ) async throws -> [String: StackContent] {
        var contents: [String: StackContent] = [:]
        var waiting = stacks[...]
        try await withThrowingTaskGroup(of: StackContent.self) { group in
            func start() {
                guard let stack = waiting.popFirst() else { return }
                group.addTask {
                    let template = try await reader.template(of: stack.id)
                    guard asksForResources else {
                        return StackContent(
                            description: stack, template: template, resources: StackContent.resources(in: template))
                    }
                    let resources = try await reader.resources(of: stack.id)
                        .filter { !$0.status.hasPrefix("DELETE_COMPLETE") }
                    return StackContent(description: stack, template: template, resources: resources.map(\.record))
                }
            }
            for _ in 0..<4 { start() }
            while let content = try await group.next() {
                contents[content.description.id] = content
                meter.say(contents.count, of: stacks.count, "stacks read")
                start()
            }
        }
        return contents
    }
}

extension GivenSpec {
    /// By its tag; `nil` for what is no spec.
    fileprivate var kind: TemplateKind? {
        for kind in TemplateKind.ofCatalog {
            let word = kind == .environment ? "EnvironmentSpec" : "ServiceSpec"
            let read = Document.read(Source(name: path, text: text), as: .spec)
            if read.document?.value["proton"]?.string == word { return kind }
        }
        return nil
    }
}
