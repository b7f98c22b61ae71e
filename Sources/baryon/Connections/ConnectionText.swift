import Catalog
import Documents
import Engine

/// Connections for people and for programs.
enum ConnectionText {
    static func table(_ details: [ConnectionDetail]) -> Table {
        var table = Table("CONNECTION", "PROVISIONER", "ACCOUNT", "REGION", "USED BY", "YOURS TO RUN", "PROFILE")
        for detail in details {
            let connection = detail.connection
            table.add(
                connection.name, connection.provisioner.rawValue, connection.isLocal ? "-" : connection.account,
                connection.isLocal ? "-" : connection.region, "\(detail.users.count)", detail.isClaimed ? "yes" : "no",
                detail.profile ?? "-")
        }
        return table
    }

    static func text(_ detail: ConnectionDetail) -> String {
        let connection = detail.connection
        let settings = connection.settings
        var table = Table()
        table.add("Connection", connection.name)
        table.add("Provisioner", connection.provisioner.rawValue)
        if connection.isLocal {
            table.add("Makes", "nothing in a cloud: it rehearses in the workspace")
        } else {
            table.add("Account", connection.account)
            table.add("Region", connection.region)
            table.add("Role", settings.role.isEmpty ? "none: the rights of who runs it" : settings.role)
            table.add(
                "Components",
                settings.componentRole.isEmpty ? "none: there is no role for them" : settings.componentRole)
            table.add("Bucket", settings.bucket.isEmpty ? "none" : settings.bucket)
            table.add("Timeout", settings.timeoutMinutes.map { counted($0, "minute") } ?? "none")
            table.add("At once", settings.concurrency.map(String.init) ?? "any number")
            table.add("Protection", settings.isTerminationProtected ? "stacks are protected from deletion" : "none")
            for (key, value) in settings.tags.sorted(by: { $0.key < $1.key }) { table.add("Tag", "\(key)=\(value)") }
            for topic in settings.notificationTopics { table.add("Topic", topic) }
        }
        table.add("Pipelines", detail.isForPipelines ? "new ones go here" : "go elsewhere")
        table.add("Yours to run", detail.isClaimed ? "yes" : "no: a runner elsewhere has to")
        if !connection.isLocal { table.add("Profile", detail.profile ?? "the command's default") }
        for secret in detail.secrets { table.add("Secret", "\(secret.name) at \(secret.source.text)") }
        for target in detail.users { table.add("Used by", target.title) }
        return table.text
    }

    static func json(_ detail: ConnectionDetail) -> Value {
        let connection = detail.connection
        return JSON.object([
            ("name", .string(connection.name)), ("provisioner", .string(connection.provisioner.rawValue)),
            ("account", .string(connection.account)), ("region", .string(connection.region)),
            ("settings", connection.settings.value), ("revision", JSON.number(connection.revision)),
            ("isForPipelines", .bool(detail.isForPipelines)), ("isClaimed", .bool(detail.isClaimed)),
            ("profile", JSON.text(detail.profile)), ("usedBy", .list(detail.users.map { .string($0.id) })),
            ("secrets", json(detail.secrets)),
        ])
    }

    static func json(_ secrets: [Secret]) -> Value {
        .list(secrets.map { JSON.object([("name", .string($0.name)), ("source", .string($0.source.text))]) })
    }
}
