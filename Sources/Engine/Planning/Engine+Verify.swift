package import Catalog
import Documents
import Foundation
import Provisioning
import Store

extension Engine {
    /// The plan with what the providers themselves say, by change sets that are taken away again.
    ///
    /// Steps that go to the connection local, wait for outputs or destroy are as they were.
    package func verified(_ order: OrderPlan) async throws(Refusal) -> OrderPlan {
        var order = order
        for index in order.plans.indices {
            let plan = order.plans[index]
            guard plan.connection != Connection.local.name, plan.action != .destroy, plan.unknowns.isEmpty,
                !plan.files.isEmpty
            else { continue }
            do {
                let connection = try existingConnection(plan.connection)
                let record = try store.record(plan.target)
                let trial = UUID().uuidString.lowercased().prefix(13)
                let job = Job(
                    deployment: Deployment.ID(0), target: plan.target,
                    token: "baryon-\(try store.workspaceID())-verify-\(trial)", connection: connection,
                    stack: plan.stack, identity: record?.stack.flatMap { $0.id == plan.grounds.stackID ? $0 : nil },
                    template: plan.files[0].text, path: plan.files[0].path,
                    tags: Engine.tags(of: plan, account: connection.account))
                guard let verdict = try await provisioners[connection].plan(job) else { continue }
                order.plans[index] = plan.verified(by: verdict.changes)
                order.plans[index].seal()
            } catch {
                throw Engine.told(error)
            }
        }
        return order
    }

    /// Asks who this person is where a connection goes, and whether that is the account it names.
    ///
    /// - Returns: The caller's ARN, and how many stacks there are.
    package func checkConnection(_ name: String) async throws(Refusal) -> (caller: String, stacks: Int) {
        let connection = try realConnection(name)
        do {
            let reader = try await checkedReader(connection)
            return (try await reader.callerIdentity().arn, try await reader.stacks().count)
        } catch {
            throw Engine.told(error)
        }
    }

    /// What was changed outside, by asking the provider; empty where nothing was.
    package func liveDrift(of target: Target) async throws(Refusal) -> [LiveDrift] {
        let record = try existingRecord(target)
        let connection = try existingConnection(record.connection)
        let isOfValues = try refusing { try isCustomerManaged(record) }
        guard !connection.isLocal, !isOfValues, record.applied != nil else { return [] }
        do {
            let job = Job(
                deployment: Deployment.ID(0), target: target, connection: connection,
                stack: StackName.of(target, record, in: connection), identity: record.stack,
                template: try appliedPlan(of: record)?.files.first?.text ?? "")
            let ledger = ReadingLedger(found: try store.resources(of: target))
            return try await provisioners[connection].drift(job, ledger).map {
                LiveDrift(
                    resource: $0.resource, type: $0.type, property: $0.property, recorded: $0.recorded, found: $0.found)
            }
        } catch {
            throw Engine.told(error)
        }
    }
}

/// One property that was changed outside.
package struct LiveDrift: Hashable, Sendable {
    package var resource: String
    package var type: String
    /// Empty where the whole resource is gone.
    package var property: String
    package var recorded: String?
    package var found: String?
}

/// The memory of a look that changes nothing.
private struct ReadingLedger: Ledger {
    let found: [ProvisionedResource]

    func resources() async throws -> [ProvisionedResource] { found }
    func journal() async throws -> [JournalEntry] { [] }
    func record(_ step: Step) async throws {}
    func record(_ steps: [Step]) async throws {}
    func isCancelRequested() async throws -> Bool { false }
}
