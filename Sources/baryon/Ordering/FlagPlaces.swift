import Catalog
import Documents
import Engine

/// Calls the place of a fault as the person knows it: the spec's file where there is one, else the flag of the value.
struct FlagPlaces {
    private let request: OrderRequest
    private let specName: String?
    private let assigned: Set<String>
    private let instances: [SpecContent.Instance]

    init(_ request: OrderRequest, specName: String?, assigned: [String], _ engine: Engine) {
        self.request = request
        self.specName = specName
        self.assigned = Set(assigned)
        let spec: String? =
            switch request {
            case .createService(let order): order.spec
            case .updateService(let update): update.spec
            case .createEnvironment, .updateEnvironment, .updateInstance, .updatePipeline, .updateMany, .destroy,
                .retry, .rollback, .moveEnvironment, .createComponent, .updateComponent:
                nil
            }
        instances = spec.flatMap { engine.readSpec($0, kind: .service).content?.instances } ?? []
    }

    /// Findings with such places; what one flag did to several instances is told once.
    func named(_ findings: [Finding]) -> [Finding] {
        var seen: Set<String> = []
        return findings.map(named).filter { finding in
            guard finding.place?.line == 0, let file = finding.place?.file else { return true }
            return seen.insert("\(file) \(finding.message)").inserted
        }
    }

    private func named(_ finding: Finding) -> Finding {
        guard finding.place?.file == "spec.yaml" else { return finding }
        let flag = (finding.focus ?? finding.pointer).flatMap(flag)
        if let specName, flag?.isGiven != true { return finding.renamingFile("spec.yaml", to: specName) }
        var finding = finding
        finding.place = flag.map { Place(file: $0.text) }
        return finding
    }

    /// The flag that gives what stands at `pointer`, and whether it was given.
    private func flag(_ pointer: Pointer) -> (text: String, isGiven: Bool)? {
        let steps = pointer.steps
        switch request {
        case .createEnvironment, .updateEnvironment:
            guard steps.first == "spec" else { return nil }
            return set(Array(steps.dropFirst()), of: nil)
        case .updatePipeline:
            guard steps.first == "pipeline" else { return nil }
            return set(Array(steps.dropFirst()), of: nil)
        case .updateInstance:
            guard steps.count > 3, steps[2] == "spec" else { return nil }
            return set(Array(steps.dropFirst(3)), of: nil)
        case .createService, .updateService:
            if steps.first == "pipeline" { return set(Array(steps.dropFirst()), of: "pipeline") }
            guard steps.count > 1, let index = Int(steps[1]), instances.indices.contains(index) else { return nil }
            let instance = instances[index]
            if steps.count > 3, steps[2] == "spec" { return set(Array(steps.dropFirst(3)), of: instance.name) }
            guard specName == nil, case .createService = request else { return nil }
            return ("--instance \(instance.name)@\(instance.environment)", true)
        case .updateMany, .destroy, .retry, .rollback, .moveEnvironment, .createComponent, .updateComponent:
            return nil
        }
    }

    /// `--set` for an input, by the nearest name that was given: a whole object may have been set.
    private func set(_ steps: [String], of owner: String?) -> (text: String, isGiven: Bool)? {
        guard !steps.isEmpty else { return nil }
        for count in stride(from: steps.count, to: 0, by: -1) {
            let name = steps.prefix(count).joined(separator: ".")
            for full in [owner.map { "\($0).\(name)" }, name].compactMap(\.self) where assigned.contains(full) {
                return ("--set \(full)", true)
            }
        }
        let name = steps.joined(separator: ".")
        return ("--set \(owner.map { "\($0)." } ?? "")\(name)", false)
    }
}
