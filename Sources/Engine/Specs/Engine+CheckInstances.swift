import Catalog
import Documents

extension Engine {
    /// As many as Proton takes.
    private static let mostInstances = 20

    /// Throws where there are too many instances to be planned; their shape is judged where the spec is read.
    static func checkInstances(of document: SpecDocument) throws(PlanFaults) {
        let instances = document.instances
        guard instances.count > mostInstances else { return }
        let finding = Finding(
            "spec.instances",
            "A service must have at most \(mostInstances) instances, but has \(instances.count).",
            hint: "Make several services of it.", place: instances[mostInstances].place
        )
        throw PlanFaults(document.faults + [finding])
    }
}

extension [Finding] {
    var hasErrors: Bool { contains { $0.severity == .error } }
}
