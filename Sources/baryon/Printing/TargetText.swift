import Catalog
import Documents
import Engine

/// Environments, instances and pipelines for people and for programs.
enum TargetText {
    /// The members that say which target it is, by Proton's names.
    static func names(_ target: Target, environment: String) -> [(String, Value?)] {
        switch target {
        case .environment(let name): [("target", .string(target.id)), ("environmentName", .string(name))]
        case .instance(let service, let name):
            [
                ("target", .string(target.id)), ("serviceName", .string(service)),
                ("serviceInstanceName", .string(name)), ("environmentName", JSON.text(environment)),
            ]
        case .pipeline(let service): [("target", .string(target.id)), ("serviceName", .string(service))]
        case .component(let name):
            [
                ("target", .string(target.id)), ("componentName", .string(name)),
                ("environmentName", JSON.text(environment)),
            ]
        }
    }

    static func table(_ rows: [FleetRow], of kind: Target.Kind) -> Table {
        let name: String =
            switch kind {
            case .environment: "ENVIRONMENT"
            case .instance: "INSTANCE"
            case .pipeline: "PIPELINE"
            case .component: "COMPONENT"
            }
        if kind == .component { return components(rows) }
        var table = Table(name, "TEMPLATE", "VERSION", "RECOMMENDED", "DRIFT", "STAGE", "PHASE", "OWNER", "SINCE")
        if kind == .instance { table.headings.insert("ENVIRONMENT", at: 1) }
        for row in rows {
            var cells = [
                row.target.title, row.template, (row.running ?? row.desired).description,
                row.recommended?.description ?? "-", drift(row), row.stage.rawValue, phase(row), row.owner,
                row.since.iso8601,
            ]
            if kind == .instance { cells.insert(row.environment, at: 1) }
            table.rows.append(cells)
        }
        return table
    }

    /// They are of no template, and nothing is recommended for them.
    private static func components(_ rows: [FleetRow]) -> Table {
        var table = Table(
            "COMPONENT", "ENVIRONMENT", "ATTACHED TO", "FILE", "DRIFT", "STAGE", "PHASE", "OWNER", "SINCE")
        for row in rows {
            table.add(
                row.target.title, row.environment, row.attachment?.title ?? "-",
                (row.running ?? row.desired).description, row.hasSpecDrift ? "spec" : "-", row.stage.rawValue,
                phase(row),
                row.owner, row.since.iso8601)
        }
        return table
    }

    static func drift(_ row: FleetRow) -> String {
        row.hasSpecDrift ? (row.drift == .current ? "spec" : "\(row.drift.title), spec") : row.drift.title
    }

    static func phase(_ row: FleetRow) -> String {
        (row.phase.map { DeploymentText.phase($0, isAbandoned: row.isAbandoned) } ?? "-")
            + (row.isUncertain ? ", uncertain" : "")
    }

    /// - Parameter last: The last deployment, where more than its phase is needed for Proton's word.
    static func json(_ row: FleetRow, last: Deployment?) -> Value {
        let version = row.running ?? row.desired
        return JSON.object(
            [("name", .string(row.target.name))] + names(row.target, environment: row.environment)
                + attachment(row) + [
                    ("templateName", row.target.kind == .component ? nil : .string(row.template)),
                    ("templateMajorVersion", .string(String(version.major))),
                    ("templateMinorVersion", .string(String(version.minor))),
                    ("recommendedVersion", JSON.text(row.recommended?.description)),
                    ("desiredVersion", .string(row.desired.description)), ("drift", .string(row.drift.rawValue)),
                    ("hasSpecDrift", .bool(row.hasSpecDrift)), ("isUncertain", .bool(row.isUncertain)),
                    ("deploymentStatus", .string(last?.status ?? "SUCCEEDED")),
                    ("phase", JSON.text(row.phase?.rawValue)),
                    ("isAbandoned", row.phase?.isFinished == false ? .bool(row.isAbandoned) : nil),
                    ("deploymentStatusMessage", JSON.text(last?.failure?.reason)),
                    ("lastDeployment", JSON.text(row.deployment.map { String($0.number) })),
                    ("lastAttemptedDeploymentId", JSON.text(row.deployment.map { String($0.number) })),
                    ("owner", JSON.text(row.owner)), ("stage", .string(row.stage.rawValue)),
                    ("since", JSON.time(row.since)),
                ])
    }

    /// What a component is attached to, by Proton's names.
    private static func attachment(_ row: FleetRow) -> [(String, Value?)] {
        guard case .instance(let service, let name) = row.attachment else { return [] }
        return [("serviceName", .string(service)), ("serviceInstanceName", .string(name))]
    }

    /// Rows with Proton's status: what did not simply succeed is looked up.
    static func json(_ rows: [FleetRow], _ engine: Engine) throws -> Value {
        .list(
            try rows.map { row in
                let last =
                    row.phase == .succeeded ? nil : try row.deployment.map { try engine.deployment($0).deployment }
                return json(row, last: last)
            })
    }

    static func json(_ detail: TargetDetail) -> Value {
        guard case .object(var object) = json(detail.row, last: detail.deployments.first) else { return .null }
        object["createdAt"] = .string(detail.record.createdAt.iso8601)
        if let last = detail.deployments.first {
            object["lastDeploymentAttemptedAt"] = .string(last.createdAt.iso8601)
        }
        if let applied = detail.record.applied {
            object["lastDeploymentSucceededAt"] = .string(applied.at.iso8601)
            object["lastSucceededDeploymentId"] = .string(String(applied.deployment.number))
        }
        object["connection"] = .string(detail.record.connection)
        object["revision"] = JSON.number(detail.record.desired.revision)
        object["spec"] = .string(detail.record.desired.spec)
        object["inputs"] = detail.inputs
        object["outputs"] = JSON.outputs(detail.outputs)
        object["resources"] = .list(
            detail.resources.map { resource in
                JSON.object([
                    ("logicalId", .string(resource.logicalID)), ("type", .string(resource.type)),
                    ("physicalId", .string(resource.physicalID)),
                ])
            })
        object["recommendations"] = .list(detail.recommendations.map(RecommendationText.json))
        object["dependents"] = .list(detail.dependents.map { .string($0.id) })
        return .object(object)
    }

    static func text(_ detail: TargetDetail) -> String {
        let row = detail.row
        var facts = Table()
        facts.add("Target", "\(row.target.kind.rawValue) \(row.target.title)")
        if row.target.kind == .component {
            facts.add("File", "\(row.running ?? row.desired)")
            facts.add("Attached to", row.attachment?.title ?? "no instance")
        } else {
            facts.add("Template", "\(row.template) \(row.running ?? row.desired)")
        }
        if !row.environment.isEmpty { facts.add("Environment", row.environment) }
        facts.add("Stage", row.stage.rawValue)
        facts.add(
            "Connection",
            detail.record.connection + (detail.record.connection == "local" ? " (creates nothing in a cloud)" : ""))
        if !row.owner.isEmpty { facts.add("Owner", row.owner) }
        facts.add("Phase", phase(row) + (row.isAbandoned ? "; \(Abandoned.command) goes on" : ""))
        facts.add("Drift", drift(row))
        facts.add("Revision", "\(detail.record.desired.revision)")
        for move in detail.recommendations { facts.add("Could move to", "\(move.to): \(move.reason)") }
        if !detail.dependents.isEmpty {
            facts.add(
                row.target.kind == .instance ? "Component" : "Used by",
                detail.dependents.map(\.title).joined(separator: ", "))
        }
        if detail.isJoinPending {
            facts.add("Joins", "at its next deployment: baryon instance update \(row.target.title) --to \(row.desired)")
        }
        var parts = [facts.text]
        parts += part("Inputs", inputs(detail.inputs))
        var outputs = Table(indent: "  ")
        for output in detail.outputs { outputs.add(output.key, output.value) }
        parts += part("Outputs", outputs)
        var resources = Table(indent: "  ")
        for resource in detail.resources { resources.add(resource.logicalID, resource.type, resource.physicalID) }
        parts += part("Resources", resources)
        if !detail.deployments.isEmpty {
            parts.append("Deployments\n" + DeploymentText.table(Array(detail.deployments.prefix(10))).text)
        }
        return parts.joined(separator: "\n\n")
    }

    private static func part(_ title: String, _ table: Table) -> [String] {
        table.rows.isEmpty ? [] : ["\(title)\n\(table.text)"]
    }

    static func inputs(_ inputs: Value) -> Table {
        var table = Table(indent: "  ")
        for (name, value) in inputs.object ?? Object() { table.add(name, value.string ?? value.json()) }
        return table
    }
}

enum RecommendationText {
    static func table(_ moves: [Recommendation]) -> Table {
        var table = Table("TARGET", "TEMPLATE", "FROM", "TO", "STEP", "STAGE", "OWNER", "REASON")
        for move in moves {
            let reason = move.reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            table.add(
                move.target.title, move.template, "\(move.from)", "\(move.to)", move.step.rawValue,
                move.stage.rawValue, move.owner, reason)
        }
        return table
    }

    static func json(_ stranded: StrandedTarget) -> Value {
        JSON.object([
            ("target", .string(stranded.target.id)), ("templateName", .string(stranded.template)),
            ("fromVersion", .string(stranded.version.description)), ("reason", JSON.text(stranded.reason)),
            ("message", .string(stranded.sentence)),
        ])
    }

    static func json(_ move: Recommendation) -> Value {
        JSON.object(
            TargetText.names(move.target, environment: move.environment) + [
                ("templateName", .string(move.template)), ("fromVersion", .string(move.from.description)),
                ("toVersion", .string(move.to.description)), ("step", .string(move.step.rawValue)),
                ("stage", .string(move.stage.rawValue)), ("owner", JSON.text(move.owner)),
                ("reason", JSON.text(move.reason)),
            ])
    }
}
