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
                let connection = try existingConnection(plan.connection, for: plan.target)
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
}
