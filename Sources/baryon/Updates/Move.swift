import Catalog
import Documents
import Engine
import Schemas

/// One target's way to another version.
struct Move {
    var engine: Engine
    var target: Target
    /// `input=value`.
    var answers: [String]

    /// The version that was asked for, else the first that is recommended; `nil` where it runs what it should.
    ///
    /// A minor comes before a major: nobody is moved across a breaking change unasked.
    func number(_ asked: VersionNumber?) throws -> VersionNumber? {
        if let asked { return asked }
        return try engine.target(target).recommendations.first?.to
    }

    /// The answers by input; the last one counts.
    var given: [String: String] {
        Dictionary(answers.compactMap(Assignment.init).map { ($0.name, $0.text) }) { _, last in last }
    }

    /// It runs what is recommended, or it was left without anything to move to.
    func sayNothingToDo() throws {
        let stranded = try engine.stranded(limit: Int(Int32.max)).first { $0.target == target }
        Console.talk(stranded?.sentence ?? "\(target.title) runs what is recommended.")
    }

    func request(to number: VersionNumber) -> OrderRequest {
        let set = answers.compactMap(Assignment.init).map { InputAssignment(input: $0.name, text: $0.text) }
        return TargetUpdate(target: target, version: .exact(number), set: set).request
    }

    /// On a terminal, with the answers to what is new and required.
    func asking(_ request: OrderRequest, _ inputs: UpgradeInputs) throws -> OrderRequest {
        let given = Set(answers.compactMap { Assignment($0)?.name })
        let open = Set(unanswered(inputs)).subtracting(given)
        guard !open.isEmpty, Console.canAsk, let number = VersionNumber(inputs.to.number) else { return request }
        let version = try engine.version(inputs.to.template, .exact(number))
        guard let schema = version.schemas[target.part] else { return request }
        var prompts = Prompts(schema: schema, inputs: inputs.inputs)
        Console.talk("\(target.title): \(inputs.to.number) asks for more.")
        try prompts.fill(schema.form()) { open.contains($0.pointer.steps.joined(separator: ".")) }
        let form = schema.form()
        var update = TargetUpdate(target: target, version: .exact(number))
        update.set = answers.compactMap(Assignment.init).map { InputAssignment(input: $0.name, text: $0.text) }
        for name in open.sorted() {
            let pointer = Pointer(name.split(separator: ".").map(String.init))
            guard let field = form.field(at: pointer), let value = prompts.inputs[pointer] else { continue }
            update.set.append(InputAssignment(input: name, text: field.text(for: value)))
        }
        return update.request
    }

    /// With the flag that answers what the new version asks for.
    func naming(_ plan: OrderPlan, _ inputs: UpgradeInputs) -> OrderPlan {
        let open = Set(unanswered(inputs)).subtracting(given.keys)
        var plan = plan
        let flags = FlagPlaces(plan.request, specName: nil, assigned: Array(given.keys), engine)
        plan.findings = flags.named(plan.findings)
        plan.findings = plan.findings.map { finding in
            var finding = finding
            guard let name = (finding.focus ?? finding.pointer)?.steps.last, open.contains(name) else { return finding }
            finding.place = nil
            finding.hint = "Give it with --set \(name)=VALUE."
            return finding
        }
        return plan
    }

    private func unanswered(_ inputs: UpgradeInputs) -> [String] {
        inputs.lines.compactMap { line in
            switch line.fate {
            case .asked, .refused: line.input
            case .carried, .renamed, .newDefault, .dropped: nil
            }
        }
    }
}

extension OrderPlan {
    /// Why it can't be submitted.
    var blockers: [Finding] {
        let findings = allFindings
        if findings.contains(where: { $0.severity == .error }) { return findings }
        let failed = plans.flatMap(\.checks).filter(\.blocks)
        return findings + failed.map { Finding("plan.check", "The check \"\($0.name)\" failed: \($0.sentence)") }
    }
}
