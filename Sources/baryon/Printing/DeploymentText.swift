import Catalog
import Documents
import Engine

/// Deployments for people and for programs.
enum DeploymentText {
    /// In a column: one that nobody carries out says so.
    static func phase(_ phase: Deployment.Phase, isAbandoned: Bool) -> String {
        phase.rawValue + (isAbandoned ? ", nobody carries it out" : "")
    }

    static func table(_ deployments: [Deployment]) -> Table {
        var table = Table("ID", "TARGET", "ACTION", "VERSION", "PHASE", "BY", "CREATED", "WHY")
        for one in deployments {
            table.add(
                "\(one.id)", one.target.title, one.action.rawValue,
                "\(one.target.version(of: one.template)) \(one.version)",
                phase(one.phase, isAbandoned: one.isAbandoned), one.by, one.createdAt.iso8601, one.why)
        }
        return table
    }

    static func detail(_ detail: DeploymentDetail) -> String {
        let one = detail.deployment
        var table = Table()
        table.add("Deployment", "\(one.id) of \(one.target.title)")
        table.add("Action", one.action.rawValue)
        table.add(
            "Version",
            "\(one.target.version(of: one.template)) " + (one.fromVersion.map { "\($0) -> " } ?? "") + "\(one.version)")
        table.add(
            "Phase",
            phase(one.phase, isAbandoned: one.isAbandoned) + (one.isAbandoned ? "; \(Abandoned.command) goes on" : ""))
        table.add("Order", "\(detail.order.title), step \(one.step + 1) of \(detail.steps.count)")
        table.add("By", one.by)
        if !one.why.isEmpty { table.add("Why", one.why) }
        for (name, text) in detail.order.tags.sorted(by: { $0.key < $1.key }) { table.add("Tag", "\(name)=\(text)") }
        table.add("Created", one.createdAt.iso8601)
        if let at = one.startedAt { table.add("Started", at.iso8601) }
        if let at = one.finishedAt { table.add("Finished", at.iso8601) }
        if let failure = one.failure {
            let type = failure.type.isEmpty ? "" : " (\(failure.type))"
            table.add(
                "Cause", failure.resource.isEmpty ? failure.reason : "\(failure.resource)\(type): \(failure.reason)")
            if !failure.undone.isEmpty { table.add("Undone", failure.undone.joined(separator: ", ")) }
            if !failure.hint.isEmpty { table.add("Hint", failure.hint) }
        }
        for output in one.outputs { table.add("Output", "\(output.key) = \(output.value)") }
        return table.text
    }

    static func json(_ one: Deployment) -> Value {
        JSON.object(
            [
                ("id", .string(String(one.id.number))), ("order", JSON.number(one.order.number)),
                ("step", JSON.number(one.step)),
            ]
                + TargetText.names(one.target, environment: "") + [
                    ("action", .string(one.action.rawValue)), ("templateName", .string(one.template)),
                    ("templateMajorVersion", .string(String(one.version.major))),
                    ("templateMinorVersion", .string(String(one.version.minor))),
                    ("fromVersion", JSON.text(one.fromVersion?.description)),
                    ("deploymentStatus", .string(one.status)), ("phase", .string(one.phase.rawValue)),
                    ("isAbandoned", one.phase.isFinished ? nil : .bool(one.isAbandoned)),
                    ("deploymentStatusMessage", JSON.text(one.failure?.reason)),
                    ("failure", one.failure.map(failure)), ("by", .string(one.by)), ("why", JSON.text(one.why)),
                    ("createdAt", JSON.time(one.createdAt)), ("startedAt", JSON.time(one.startedAt)),
                    ("completedAt", JSON.time(one.finishedAt)), ("outputs", JSON.outputs(one.outputs)),
                ])
    }

    private static func failure(_ failure: Failure) -> Value {
        JSON.object([
            ("resource", JSON.text(failure.resource)), ("type", JSON.text(failure.type)),
            ("reason", .string(failure.reason)), ("hint", JSON.text(failure.hint)),
            ("undone", .list(failure.undone.map(Value.string))),
        ])
    }

    static func json(_ detail: DeploymentDetail, _ events: [Event]) -> Value {
        guard case .object(var object) = json(detail.deployment) else { return .null }
        object["orderTitle"] = .string(detail.order.title)
        object["tags"] = .object(
            Object(detail.order.tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        object["steps"] = .list(detail.steps.map { .string(String($0.id.number)) })
        object["runner"] = .string(detail.runner.rawValue)
        object["spec"] = .string(detail.deployment.spec)
        object["changes"] = .list((detail.plan?.changes ?? []).map(\.value))
        object["events"] = .list(events.map { EventText.json($0, of: detail.deployment.target) })
        return .object(object)
    }
}

/// What is said of deployments that have not ended and that nobody carries out.
enum Abandoned {
    static let command = "baryon runner --until-idle"

    static func talk(_ isAny: Bool) {
        if isAny { Console.talk("Nobody carries it out now; go on with: \(command)") }
    }
}

/// What happens during a deployment, one line each.
enum EventText {
    static func line(_ event: Event, of target: Target) -> String {
        // The day stands in the deployment's own row.
        let time = event.at.iso8601.dropFirst(11).prefix(8)
        let what: String
        switch event.kind {
        case .phase: what = event.message
        case .resource:
            let state = event.state?.rawValue ?? ""
            let end = [event.physicalID, event.message].filter { !$0.isEmpty }.joined(separator: " ")
            what = "\(padded(state, 8))  \(event.resource) (\(event.type))" + (end.isEmpty ? "" : "  \(end)")
        case .log: what = event.message
        case .output: what = "output    \(event.resource) = \(event.message)"
        }
        return "\(time)  \(target.title)  \(what)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    static func json(_ event: Event, of target: Target) -> Value {
        JSON.object([
            ("sequence", JSON.number(event.sequence)), ("deployment", .string(String(event.deployment.number))),
            ("target", .string(target.id)), ("at", JSON.time(event.at)), ("kind", .string(event.kind.rawValue)),
            ("resource", JSON.text(event.resource)), ("type", JSON.text(event.type)),
            ("state", JSON.text(event.state?.rawValue)), ("physicalId", JSON.text(event.physicalID)),
            ("message", JSON.text(event.message)),
        ])
    }
}
