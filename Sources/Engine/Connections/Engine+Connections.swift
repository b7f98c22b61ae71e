package import Catalog
import CloudFormation
package import Documents
import Store

/// What a person says of a connection; what is `nil` stays as it is, or at its default.
package struct ConnectionChange: Hashable, Sendable {
    package var account: String?
    package var region: String?
    package var role: String?
    /// Of components.
    package var componentRole: String?
    /// Tags to set; one with an empty value is taken away.
    package var tags: [String: String]
    package var bucket: String?
    package var notificationTopics: [String]?
    /// 0 for none.
    package var timeoutMinutes: Int?
    package var isTerminationProtected: Bool?
    /// 0 for no cap.
    package var concurrency: Int?

    package init(
        account: String? = nil, region: String? = nil, role: String? = nil, componentRole: String? = nil,
        tags: [String: String] = [:], bucket: String? = nil, notificationTopics: [String]? = nil,
        timeoutMinutes: Int? = nil,
        isTerminationProtected: Bool? = nil, concurrency: Int? = nil
    ) {
        self.account = account
        self.region = region
        self.role = role
        self.componentRole = componentRole
        self.tags = tags
        self.bucket = bucket
        self.notificationTopics = notificationTopics
        self.timeoutMinutes = timeoutMinutes
        self.isTerminationProtected = isTerminationProtected
        self.concurrency = concurrency
    }

    fileprivate func applied(to connection: Connection) -> Connection {
        var connection = connection
        connection.account = account ?? connection.account
        connection.region = region ?? connection.region
        connection.settings.role = role ?? connection.settings.role
        connection.settings.componentRole = componentRole ?? connection.settings.componentRole
        connection.settings.bucket = bucket ?? connection.settings.bucket
        connection.settings.notificationTopics = notificationTopics ?? connection.settings.notificationTopics
        connection.settings.isTerminationProtected =
            isTerminationProtected ?? connection.settings.isTerminationProtected
        for (key, value) in tags { connection.settings.tags[key] = value.isEmpty ? nil : value }
        if let timeoutMinutes { connection.settings.timeoutMinutes = timeoutMinutes == 0 ? nil : timeoutMinutes }
        if let concurrency { connection.settings.concurrency = concurrency == 0 ? nil : concurrency }
        return connection
    }
}

/// A connection with what uses it.
package struct ConnectionDetail: Hashable, Sendable {
    package var connection: Connection
    package var users: [Target]
    /// Whether pipelines go there.
    package var isForPipelines: Bool
    /// Whether this person's programs carry out what goes there.
    package var isClaimed: Bool
    /// The profile by which this person goes there; `nil` for the command's own default.
    package var profile: String?
    /// What specs of what goes there may name, by name.
    package var secrets: [Secret]
}

/// A connection as screens show it: what was asked once for all of them, and not each pipeline and instance.
package struct ConnectionGlance: Hashable, Sendable, Identifiable {
    package var connection: Connection
    /// Those that go there, by name.
    package var environments: [FleetRow]
    /// Whether new pipelines go there.
    package var isForPipelines: Bool
    /// Whether this person's programs carry out what goes there.
    package var isClaimed: Bool
    /// The profile by which this person goes there; `nil` for the command's own default.
    package var profile: String?
    /// What specs of what goes there may name, by name.
    package var secrets: [Secret]

    package var id: String { connection.name }
}

extension Engine {
    /// All connections, in the order of `connections`.
    package func connectionGlances() throws(Refusal) -> [ConnectionGlance] {
        let pipelines = try pipelineConnection().name
        let all = try connections()
        return try refusing {
            let environments = try store.environmentsByConnection()
            return try all.map { connection in
                let name = connection.name
                return ConnectionGlance(
                    connection: connection, environments: try carried(environments[name] ?? []),
                    isForPipelines: pipelines == name, isClaimed: access.mayClaim(name),
                    profile: access.profiles[name], secrets: try store.secrets(of: name))
            }
        }
    }

    /// The built-in one first, then by name.
    package func connections() throws(Refusal) -> [Connection] {
        [Connection.local] + (try refusing { try store.connections() })
    }

    package func connection(_ name: String) throws(Refusal) -> ConnectionDetail {
        let connection = try existingConnection(name)
        return try refusing {
            let onTheirWay = Set(
                try store.deployments(DeploymentQuery(isUnfinished: true, limit: .max))
                    .filter { $0.connection == name }.map(\.target))
            let users = try store.records().filter {
                $0.connection == name || onTheirWay.contains($0.target) || $0.leftover?.isIn(connection) == true
            }.map(\.target)
            return ConnectionDetail(
                connection: connection, users: users, isForPipelines: try pipelineConnection().name == name,
                isClaimed: access.mayClaim(name), profile: access.profiles[name],
                secrets: try store.secrets(of: name))
        }
    }

    /// - Returns: Remarks on what was kept.
    @discardableResult
    package func addConnection(
        _ name: String, _ change: ConnectionChange, why: String = ""
    ) throws(Refusal) -> [Finding] {
        try Words.check(why: why)
        let connection = change.applied(
            to: Connection(
                name: name, provisioner: .cloudFormation, account: "", region: "", createdAt: clock()))
        let faults = ConnectionRule.faults(of: connection)
        if !faults.isEmpty { throw Refusal(faults) }
        let detail = "\(connection.account) \(connection.region)"
        try refusing {
            try store.put(
                connection, base: nil, history: entry("connection.add", name, detail: detail, why: why))
        }
        return Engine.remarks(on: connection)
    }

    /// Account and region stay while something is there: a stack does not move by that.
    @discardableResult
    package func changeConnection(
        _ name: String, _ change: ConnectionChange, why: String = ""
    ) throws(Refusal) -> [Finding] {
        try Words.check(why: why)
        let detail = try connection(name)
        let old = detail.connection
        var wanted = change.applied(to: old)
        var faults = ConnectionRule.faults(of: wanted)
        let moves = wanted.account != old.account || wanted.region != old.region
        if moves, !detail.users.isEmpty {
            faults.append(
                Finding(
                    "connection.inUse",
                    "The account and region of \(name) must stay while something is there: \(detail.users.map(\.title).few).",
                    hint: "Add another connection, and move these there."))
        }
        if !faults.isEmpty { throw Refusal(faults) }
        guard wanted != old else { return [] }
        wanted.revision += 1
        let changed = wanted
        try refusing {
            try store.put(changed, base: old.revision, history: entry("connection.change", name, why: why))
        }
        return Engine.remarks(on: changed)
    }

    package func deleteConnection(_ name: String, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        let detail = try connection(name)
        guard !detail.connection.isLocal else {
            throw Refusal("connection.local", "The connection local is built in and can't be deleted.")
        }
        guard !detail.isForPipelines else {
            throw Refusal(
                "connection.pipelines", "Connection \(name) must not be deleted while pipelines go there.",
                hint: "Choose another one: baryon workspace set pipeline-connection local")
        }
        let left = try refusing { try store.records().first { $0.leftover?.isIn(detail.connection) == true } }
        if let fault = left.flatMap(Engine.leftover) { throw Refusal([fault]) }
        try refusing { try store.deleteConnection(name, history: entry("connection.delete", name, why: why)) }
    }

    /// A connection as a target goes there: components, which developers write, have a role of their own.
    func existingConnection(_ name: String, for target: Target) throws(Refusal) -> Connection {
        try existingConnection(name).taking(target)
    }

    func existingConnection(_ name: String) throws(Refusal) -> Connection {
        if name == Connection.local.name { return .local }
        if let found = try refusing({ try store.connection(name) }) { return found }
        let names = try connections().map(\.name)
        throw Refusal(
            "connection.unknown", "There is no connection \"\(name)\" in this workspace.",
            hint: Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                ?? "It has \(names.joined(separator: ", ")); add one with: baryon connection add \(name)")
    }

    /// What is allowed and yet likely to be a slip.
    private static func remarks(on connection: Connection) -> [Finding] {
        guard ResourceFacts.isKnown("AWS::S3::Bucket", in: connection.region) == nil else { return [] }
        return [
            Finding(
                "connection.regionUnknown", .warning,
                "Nothing is known of the region \(connection.region): what it offers can't be checked.",
                hint: "Look whether it is spelt right.")
        ]
    }
}
