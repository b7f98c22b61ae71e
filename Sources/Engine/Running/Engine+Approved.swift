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
        guard !approved.unknowns.isEmpty, deployment.action != .destroy else { return .plan(approved) }
        guard let service = deployment.target.service, let existing = try store.service(service) else {
            return .plan(approved)
        }
        let views = try instanceViews(of: existing)
        let record = try store.record(deployment.target)
        guard let version = try store.version(deployment.template, deployment.version) else { return .plan(approved) }
        let inputs = try read(deployment.spec, kind: .service).inputs(of: deployment.target)
        let again = try planned(
            Wanted(
                target: deployment.target, action: deployment.action, version: version, record: record,
                spec: deployment.spec, revision: deployment.revision, inputs: inputs, service: existing,
                instances: views, stage: approved.stage, connection: approved.connection
            )
        ).plan
        let expected = approved.files.map { filled($0.text, views) }
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
        // What is kept is what runs: the next plan is compared with the outputs, not with their stand-ins.
        approved.seal()
        _ = try store.put(approved.blob)
        try store.replacePlan(of: deployment.id, digest: approved.digest)
        return .plan(approved)
    }

    private func filled(_ text: String, _ views: [InstanceView]) -> String {
        var text = text
        // Longer names first: one stand-in may be the beginning of another.
        let tokens = views.flatMap { view in
            view.outputs.map { (UnknownOutput(instance: view.name, output: $0.key).token, $0.value.string ?? "") }
        }.sorted { $0.0.utf8.count > $1.0.utf8.count }
        for (token, value) in tokens { text = text.replacing(token, with: value) }
        return text
    }
}
