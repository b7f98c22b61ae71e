import Catalog
import Documents
import Store

/// What a runner may carry out.
enum ApprovedPlan {
    case plan(Plan)
    /// It differs from what was approved: the reason.
    case void(Failure)
}

extension Engine {
    /// The plan of a deployment as it was approved; unknowns are known by now and filled in.
    ///
    /// A step that waited for outputs is planned again; it runs only if nothing else differs.
    func approvedPlan(for deployment: Deployment) throws -> ApprovedPlan {
        guard var approved = try storedPlan(deployment) else {
            return .void(
                Failure(
                    reason: "The plan of this deployment is no longer in the workspace.",
                    hint: "Order it again."
                )
            )
        }
        // What has begun is gone on with: its own acts are among what moves.
        if try store.journal(of: deployment.id).isEmpty {
            let moved = try moved(since: approved)
            guard moved.isEmpty else {
                return .void(
                    Failure(
                        reason: "The plan that was approved is void. \(moved.map(\.message).joined(separator: " "))",
                        hint: "Review it again, and order it anew."))
            }
        }
        let readsMoved = deployment.action == .move && [.instance, .component].contains(deployment.target.kind)
        guard !approved.unknowns.isEmpty || readsMoved, deployment.action != .destroy else { return .plan(approved) }
        guard let (wanted, known) = try wantedNow(deployment, approved) else {
            return .void(
                Failure(
                    reason: "What this step was planned with is not there any more.",
                    hint: "Review and order it again."))
        }
        let again = try planned(wanted).plan
        let expected = approved.files.map { Engine.filled($0.text, known) }
        guard expected == again.files.map(\.text) else {
            return .void(
                Failure(
                    reason:
                        "The rendering differs from what was approved in more than the outputs that were not known.",
                    hint: "Review and order it again."
                )
            )
        }
        approved.files = again.files
        approved.changes = again.changes
        approved.unknowns = []
        approved.grounds.environmentOutputs = again.grounds.environmentOutputs
        approved.grounds.attachment = again.grounds.attachment
        // What is kept is what runs: the next plan is compared with the outputs, not with their stand-ins.
        approved.seal()
        _ = try store.put(approved.blob)
        try store.replacePlan(of: deployment.id, digest: approved.digest)
        return .plan(approved)
    }

    /// What a step that waited for outputs is to become, now that they are there, and what stood in for them.
    private func wantedNow(
        _ deployment: Deployment, _ approved: Plan
    ) throws -> (wanted: Wanted, known: [(token: String, value: String)])? {
        if deployment.target.kind == .component { return try wantedNow(ofComponent: deployment) }
        guard let name = deployment.target.service, let service = try store.service(name),
            let version = try store.version(deployment.template, deployment.version)
        else { return nil }
        let record = try store.record(deployment.target)
        let document = try read(deployment.spec, kind: .service)
        if deployment.action == .move {
            guard let record, let environment = try store.record(.environment(deployment.environment)) else {
                return nil
            }
            let wanted = try wantedMove(
                of: record, to: try existingConnection(deployment.connection), version, document, in: environment)
            let component = try joined(to: deployment.target)
            let own = component.map {
                Engine.known(Engine.outputs(of: $0), of: $0.target.id.replacing("/", with: "-"))
            }
            return (wanted, Engine.known(Engine.outputs(of: environment), of: environment.target.name) + (own ?? []))
        }
        let views = try instanceViews(of: service)
        let wanted = Wanted(
            target: deployment.target, action: deployment.action, version: version, record: record,
            spec: deployment.spec, revision: deployment.revision, inputs: document.inputs(of: deployment.target),
            service: service, instances: views, stage: approved.stage, connection: approved.connection)
        return (wanted, views.flatMap { Engine.known($0.outputs, of: $0.name) })
    }

    /// A component waits for outputs where its environment is moved before it.
    private func wantedNow(
        ofComponent deployment: Deployment
    ) throws -> (wanted: Wanted, known: [(token: String, value: String)])? {
        guard deployment.action == .move, let record = try store.record(deployment.target),
            let environment = try store.record(.environment(deployment.environment))
        else { return nil }
        let wanted = try wantedMove(
            ofComponent: record, to: try existingConnection(deployment.connection), in: environment)
        return (wanted, Engine.known(Engine.outputs(of: environment), of: environment.target.name))
    }

    private static func known(_ outputs: Object, of source: String) -> [(token: String, value: String)] {
        outputs.map { (UnknownOutput(source: source, output: $0.key).token, $0.value.string ?? "") }
    }

    private static func filled(_ text: String, _ known: [(token: String, value: String)]) -> String {
        var text = text
        // Longer names first: one stand-in may be the beginning of another.
        for (token, value) in known.sorted(by: { $0.token.utf8.count > $1.token.utf8.count }) {
            text = text.replacing(token, with: value)
        }
        return text
    }
}
