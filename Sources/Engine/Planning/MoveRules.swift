import Catalog
import Documents
import Store

/// What stands against a move, and what it leaves behind.
extension Engine {
    /// Why a target can't be planned for, because a move of it or of its environment has not come to its end.
    static func moveFaults(_ wanted: Wanted) -> [Finding] {
        var faults = [(wanted.left ?? wanted.record).flatMap(leftover)].compactMap(\.self)
        if let record = wanted.record, let environment = wanted.environment,
            record.connection != environment.connection
        {
            let name = environment.target.name
            faults.append(
                Finding(
                    "move.unfinished",
                    "\(record.target.title) must be where its environment is, but is \(record.connection) still, while \(name) was moved to \(environment.connection).",
                    hint: "Go on with the move: baryon environment move \(name) --connection \(environment.connection)")
            )
        }
        return faults
    }

    /// What a stuck move has left outside must go before anything else is done.
    static func leftover(_ record: TargetRecord) -> Finding? {
        guard let stack = record.leftover else { return nil }
        let title = record.target.title
        return Finding(
            "move.stuck",
            "A move of \(title) must be undone whole before anything else, but its stack \(stack.name) is left in account \(stack.account), \(stack.region).",
            hint: "Delete that stack: baryon deployment release \(record.target.id) --delete --yes \(title)")
    }

    /// What was rehearsed is only a record.
    func letGo(_ record: TargetRecord) throws -> [Finding] {
        let count =
            try store.resources(of: record.target).count + store.keptResources(of: record.target).count
        guard count > 0 else { return [] }
        let what = count == 1 ? "The 1 resource" : "The \(count) resources"
        return [
            Finding(
                "move.letGo", .note,
                "\(what) that \(record.target.title) has by its rehearsal are let go once it is moved: none of them exists in a cloud."
            )
        ]
    }

    /// Exports that others need may not go; what is imported has to be there as well.
    func linkFindings(of moving: [TargetRecord], to connection: Connection) throws -> [Finding] {
        let targets = Set(moving.map(\.target))
        var findings: [Finding] = []
        var exported: Set<String> = []
        for record in moving { exported.formUnion(try store.links(of: record.target).exports.map(\.name)) }
        for record in moving {
            let title = record.target.title
            for (name, users) in try store.importers(of: record.target).sorted(by: { $0.key < $1.key }) {
                let others = users.filter { !targets.contains($0) }
                guard !others.isEmpty else { continue }
                findings.append(
                    Finding(
                        "move.exportInUse",
                        "Export \(name) of \(title) must not be imported by what stays local, but \(others.map(\.title).few) imports it.",
                        hint: "Take the import out there first, or delete what imports it."))
            }
            for item in try store.links(of: record.target).imports where !exported.contains(item.name) {
                findings.append(
                    Finding(
                        "move.import", .warning,
                        "\(title) imports \(item.name), which is exported locally: where \(connection.name) goes, somebody has to export it too.",
                        hint: "CloudFormation refuses the stack where nobody does."))
            }
        }
        return findings
    }

    /// What exports goes before what imports it; else the order stays.
    func inOrderOfLinks(_ records: [TargetRecord]) throws -> [TargetRecord] {
        var rest = try records.map { (record: $0, links: try store.links(of: $0.target)) }
        var sorted: [TargetRecord] = []
        while !rest.isEmpty {
            let free = rest.firstIndex { one in
                !rest.contains { other in
                    other.record.target != one.record.target
                        && other.links.exports.contains { export in
                            one.links.imports.contains { $0.name == export.name }
                        }
                }
            }
            sorted.append(rest.remove(at: free ?? 0).record)
        }
        return sorted
    }

    /// Pipelines stay where the workspace says, and read other outputs from now on.
    func pipelineRemarks(_ instances: [TargetRecord]) throws -> [Finding] {
        try Set(instances.compactMap(\.target.service)).sorted().compactMap { service in
            guard let pipeline = try store.record(.pipeline(service: service)), pipeline.applied != nil else {
                return nil
            }
            return Finding(
                "move.pipeline", .warning,
                "The pipeline of \(service) stays where it is (\(pipeline.connection)), and knows the outputs of the rehearsal until it is updated.",
                hint: "Afterwards: baryon pipeline update \(service) --to \(pipeline.version)")
        }
    }
}
