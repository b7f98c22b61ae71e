package import Documents

/// A command that hears of events, so that people hear of them where they are.
package struct Hook: Hashable, Sendable, Identifiable {
    package enum Moment: String, Hashable, Sendable, CaseIterable {
        case submitted = "order.submitted"
        case succeeded = "deployment.succeeded"
        case failed = "deployment.failed"
        case cancelled = "deployment.cancelled"
        case stuck = "deployment.stuck"
        case published = "version.published"
        case recommended = "version.recommended"
        case withdrawn = "version.withdrawn"
        case deprecated = "version.deprecated"

        /// Whether it is told of a deployment that may have been carried out, and so of one that names secrets.
        package var isOfDeployment: Bool {
            switch self {
            case .succeeded, .failed, .cancelled, .stuck: true
            case .submitted, .published, .recommended, .withdrawn, .deprecated: false
            }
        }
    }

    package var name: String
    /// The program and its arguments; it gets the event as JSON on standard input.
    package var command: [String]
    /// Empty for every event.
    package var moments: Set<Moment>
    package var timeoutSeconds: Int
    /// By variable of its environment: the input of a deployment that names the secret, such as `db.password`.
    package var secrets: [String: String]

    package var id: String { name }

    package init(
        name: String, command: [String], moments: Set<Moment> = [], timeoutSeconds: Int = 30,
        secrets: [String: String] = [:]
    ) {
        self.name = name
        self.command = command
        self.moments = moments
        self.timeoutSeconds = timeoutSeconds
        self.secrets = secrets
    }

    package func hears(_ moment: Moment) -> Bool { moments.isEmpty || moments.contains(moment) }

    package var value: Value {
        var object = Object([
            ("name", .string(name)), ("command", .list(command.map(Value.string))),
            ("events", .list(moments.map(\.rawValue).sorted().map(Value.string))),
            ("timeoutSeconds", .number(Number(timeoutSeconds))),
        ])
        if !secrets.isEmpty {
            let sorted = secrets.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            object["secrets"] = .object(Object(sorted.map { ($0.key, .string($0.value)) }))
        }
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let name = value["name"]?.string else { return nil }
        self.init(
            name: name, command: (value["command"]?.list ?? []).compactMap(\.string),
            moments: Set((value["events"]?.list ?? []).compactMap { $0.string.flatMap(Moment.init) }),
            timeoutSeconds: value["timeoutSeconds"]?.number?.int ?? 30,
            secrets: Dictionary(
                (value["secrets"]?.object ?? Object()).map { ($0.key, $0.value.string ?? "") }
            ) { _, last in last })
    }
}
