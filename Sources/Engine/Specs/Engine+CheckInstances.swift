import Catalog
import Documents

extension Engine {
    /// As many as Proton takes.
    private static let mostInstances = 20

    /// Throws what is wrong with a service's set of instances, before anything is planned for them.
    static func checkInstances(of document: SpecDocument) throws(PlanFaults) {
        let findings = instanceFaults(document)
        guard findings.isEmpty else { throw PlanFaults(findings) }
    }

    private static func instanceFaults(_ document: SpecDocument) -> [Finding] {
        var findings: [Finding] = []
        let instances = document.instances
        if instances.isEmpty {
            findings.append(
                Finding(
                    "spec.instances", "A service must have at least one instance.", hint: "Add one under instances."))
        }
        if instances.count > mostInstances {
            findings.append(
                Finding(
                    "spec.instances",
                    "A service must have at most \(mostInstances) instances, but has \(instances.count).",
                    hint: "Make several services of it.", place: instances[mostInstances].place
                )
            )
        }
        var seen: Set<String> = []
        for instance in instances {
            if var fault = Name.fault(in: instance.name, what: "The instance's name") {
                fault.place = instance.place
                findings.append(fault)
            } else if !seen.insert(instance.name).inserted {
                findings.append(
                    Finding(
                        "spec.instances", "Instances must have different names, but \"\(instance.name)\" stands twice.",
                        place: instance.place
                    )
                )
            }
        }
        return findings
    }
}

extension [Finding] {
    var hasErrors: Bool { contains { $0.severity == .error } }
}
