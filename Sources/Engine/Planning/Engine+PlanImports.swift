import Catalog
import CloudFormation
import Documents
import Provisioning
import Store

/// What stacks take from each other, as plans see it.
extension Engine {
    static let missingImport: Finding.Code = "import.missing"

    /// What the other stacks of a target's space export, where any of these templates can ask for it.
    func exports(
        for target: Target, in connection: Connection, templates: [String]
    ) throws -> [StackExport] {
        guard templates.contains(where: Imports.areIn) else { return [] }
        return try store.exports(besideThoseOf: target, in: connection.name)
    }

    /// What a rehearsal would refuse; of an account it is not known what else is exported there.
    ///
    /// - Parameter unknowns: A name that one of these has a part in is not known yet.
    static func importFindings(
        _ comparison: StackComparison, _ connection: Connection, unknowns: [UnknownOutput]
    ) -> [Finding] {
        guard connection.isLocal else { return [] }
        return comparison.missingImports.filter { missing in
            !unknowns.contains { missing.name.contains($0.token) }
        }.map { missing in
            Finding(
                missingImport, missing.failure.reason, hint: missing.failure.hint,
                pointer: Pointer(["Fn::ImportValue", missing.name]))
        }
    }

    /// The order with what its later steps import from earlier ones taken for granted.
    func settlingImports(_ order: OrderPlan) throws -> OrderPlan {
        var order = order
        var coming: Set<String> = []
        for index in order.plans.indices {
            let plan = order.plans[index]
            let left = plan.findings.filter { finding in
                finding.code != Engine.missingImport || !coming.contains(finding.pointer?.steps.last ?? "")
            }
            if left.count != plan.findings.count {
                order.plans[index].findings = left
                order.plans[index].seal()
            }
            if order.plans.count > 1, plan.action != .destroy { coming.formUnion(try exportNames(in: plan)) }
        }
        return order
    }

    private func exportNames(in plan: Plan) throws -> [String] {
        guard let file = plan.files.first, file.text.contains("Export") else { return [] }
        let place = StackPlace(try existingConnection(plan.connection), plan.stack)
        return (Engine.evaluated(file, place.givens)?.outputs ?? []).compactMap { output in
            output.exportName.flatMap { $0.isKnown ? $0.text : nil }
        }
    }
}
