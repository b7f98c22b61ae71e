import Catalog
import Documents

/// The model as exported JSON.
extension Export {
    private func object(_ members: [(String, Value?)], identity: [(String, Value?)] = []) -> Value {
        let kept = withoutIDs ? members : members + identity
        return .object(Object(kept.compactMap { name, value in value.map { (name, $0) } }))
    }

    private func text(_ text: String?) -> Value? { text.map(Value.string) }
    private func time(_ instant: Instant?) -> Value? { instant.map { .string($0.iso8601) } }
    private func number(_ number: VersionNumber?) -> Value? { number.map { .string($0.description) } }
    private func count(_ count: Int?) -> Value? { count.map { .number(Number($0)) } }

    func value(of template: Template) -> Value {
        object(
            [
                ("name", text(template.name)), ("kind", text(template.kind.rawValue)), ("title", text(template.title)),
                ("summary", text(template.summary)), ("owner", text(template.owner)),
                ("recommended", number(template.recommended)),
            ], identity: [("createdAt", time(template.createdAt))])
    }

    func value(of version: TemplateVersion) -> Value {
        let languages = version.languages.sorted { $0.key.rawValue < $1.key.rawValue }
        return object(
            [
                ("template", text(version.template)), ("kind", text(version.kind.rawValue)),
                ("number", number(version.number)), ("status", text(version.status.rawValue)),
                ("digest", text(version.digest)), ("notes", text(version.notes)), ("reason", text(version.reason)),
                ("compatibleEnvironments", .list(version.compatibleEnvironments.map { .string($0.description) })),
                ("languages", .object(Object(languages.map { ($0.key.rawValue, .string($0.value.rawValue)) }))),
                ("registeredBy", text(version.registeredBy)),
                ("isRecommendedInMajor", .bool(version.isRecommendedInMajor)),
                ("takesComponents", .bool(version.takesComponents)),
            ],
            identity: [
                ("registeredAt", time(version.registeredAt)), ("publishedAt", time(version.publishedAt)),
            ])
    }

    func value(of service: Service) -> Value {
        object(
            [
                ("name", text(service.name)), ("template", text(service.template)), ("owner", text(service.owner)),
                ("repository", text(service.repository)), ("branch", text(service.branch)),
                ("repositoryConnection", text(service.repositoryConnection)), ("revision", count(service.revision)),
            ], identity: [("createdAt", time(service.createdAt))])
    }

    func value(of record: TargetRecord) -> Value {
        object(
            [
                ("target", text(record.target.id)), ("template", text(record.template)),
                ("environment", text(record.environment)), ("owner", text(record.owner)),
                ("stage", text(record.stage.rawValue)), ("connection", text(record.connection)),
                ("desiredVersion", number(record.desired.version)),
                ("desiredRevision", count(record.desired.revision)),
                ("appliedVersion", number(record.applied?.version)),
                ("appliedRevision", count(record.applied?.revision)),
                ("outputs", record.applied.map { .list($0.outputs.map(\.stored)) }),
                ("isUncertain", .bool(record.isUncertain)), ("stack", text(record.stack?.name)),
                ("attachment", text(record.attachment?.id)),
            ],
            identity: [
                ("stackIdentity", record.stack?.value),
                ("attempted", count(record.attempted?.number)),
                ("appliedDeployment", count(record.applied?.deployment.number)),
                ("appliedAt", time(record.applied?.at)), ("createdAt", time(record.createdAt)),
            ])
    }

    func value(of deployment: Deployment) -> Value {
        object(
            [
                ("target", text(deployment.target.id)), ("action", text(deployment.action.rawValue)),
                ("template", text(deployment.template)), ("version", number(deployment.version)),
                ("fromVersion", number(deployment.fromVersion)), ("revision", count(deployment.revision)),
                ("phase", text(deployment.phase.rawValue)), ("by", text(deployment.by)), ("why", text(deployment.why)),
                ("failure", deployment.failure.flatMap { StoredJSON.value($0.stored) }),
                ("outputs", .list(deployment.outputs.map(\.stored))), ("spec", text(deployment.spec)),
                ("connection", text(deployment.connection)),
            ],
            identity: [
                ("id", count(deployment.id.number)), ("order", count(deployment.order.number)),
                ("step", count(deployment.step)), ("planDigest", text(deployment.planDigest)),
                ("createdAt", time(deployment.createdAt)), ("startedAt", time(deployment.startedAt)),
                ("finishedAt", time(deployment.finishedAt)),
            ])
    }

    func value(of connection: Connection) -> Value {
        object(
            [
                ("name", text(connection.name)), ("provisioner", text(connection.provisioner.rawValue)),
                ("account", text(connection.account)), ("region", text(connection.region)),
                ("settings", connection.settings.value), ("revision", count(connection.revision)),
            ], identity: [("createdAt", time(connection.createdAt))])
    }

    func value(of order: Order) -> Value {
        object([
            ("id", count(order.id.number)), ("title", text(order.title)), ("by", text(order.by)),
            ("why", text(order.why)), ("tags", StoredJSON.value(StoredShapes.text(order.tags))),
            ("createdAt", time(order.createdAt)),
        ])
    }

    func value(of event: Event) -> Value {
        object([
            ("sequence", count(event.sequence)), ("deployment", count(event.deployment.number)),
            ("at", time(event.at)), ("kind", text(event.kind.rawValue)), ("resource", text(event.resource)),
            ("type", text(event.type)), ("state", text(event.state?.rawValue)),
            ("physicalID", text(event.physicalID)), ("message", text(event.message)),
        ])
    }
}
