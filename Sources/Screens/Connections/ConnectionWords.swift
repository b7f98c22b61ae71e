import Catalog
import Engine
import Terminal

/// What is said about a connection.
enum ConnectionWords {
    /// Its place, its settings and whose it is to run, with what a check has found.
    static func facts(_ glance: ConnectionGlance, _ check: ConnectionCheck?, width: Int) -> [Line] {
        let connection = glance.connection
        let provisioner = connection.isLocal ? "" : "  \(connection.provisioner.rawValue)"
        var lines = (Line(untrusted: connection.name, .header) + Line(untrusted: provisioner, .dim)).wrapped(to: width)
        if let check { lines += [Line()] + check.lines(width: width) }
        lines.append(Line())
        func fact(_ label: SafeText, _ text: Line) { lines += ConnectionWords.fact(label, text, width: width) }
        /// A setting, or in faint words that there is none.
        func setting(_ label: SafeText, _ text: String?, else words: SafeText) {
            fact(label, text.flatMap { $0.isEmpty ? nil : Line(untrusted: $0) } ?? Line(words, .dim))
        }
        if connection.isLocal {
            fact("makes", Line("nothing in a cloud: it rehearses", Style(.test)))
        } else {
            let settings = connection.settings
            fact("account", Line(untrusted: connection.account))
            fact("region", Line(untrusted: connection.region))
            setting("role", settings.role, else: "none: the rights of who runs it")
            setting("components", settings.componentRole, else: "none: there is no role for them")
            let tags = settings.tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            for (index, tag) in tags.enumerated() { fact(index == 0 ? "tags" : "", Line(untrusted: tag)) }
            if tags.isEmpty { fact("tags", Line("none of its own", .dim)) }
            setting("bucket", settings.bucket, else: "none")
            for (index, topic) in settings.notificationTopics.enumerated() {
                fact(index == 0 ? "topics" : "", Line(untrusted: topic))
            }
            setting(
                "timeout", settings.timeoutMinutes.map { Words.count($0, "minute").string }, else: "never cancelled")
            setting("at once", settings.concurrency.map { Words.count($0, "deployment").string }, else: "any number")
            fact(
                "protection",
                settings.isTerminationProtected
                    ? Line("stacks are protected from deletion", .ok) : Line("none", .dim))
        }
        fact("pipelines", glance.isForPipelines ? Line("new ones go here") : Line("new ones go elsewhere", .dim))
        fact("yours to run", glance.isClaimed ? Line("yes") : Line("no: a runner elsewhere has to", .warn))
        if !connection.isLocal { setting("profile", glance.profile, else: "the command's own default") }
        return lines
    }

    /// The names of what may be named and of what is there.
    static func contents(_ glance: ConnectionGlance, width: Int) -> [Line] {
        var lines = [Line(), Panes.heading("SECRETS", "\(glance.secrets.count)")]
        let room = min(width / 2, glance.secrets.map { SafeText(untrusted: $0.name).width }.max() ?? 0)
        lines += glance.secrets.map { secret in
            .columns([
                .init(Line(untrusted: secret.name), room, .left, .middle),
                .init(Line(untrusted: secret.source.text, .info), max(1, width - room - 2), .left, .middle),
            ])
        }
        lines += [Line(), Panes.heading("ENVIRONMENTS", "\(glance.environments.count)")]
        let names = min(width / 2, glance.environments.map { SafeText(untrusted: $0.target.name).width }.max() ?? 0)
        lines += glance.environments.map { row in
            .columns([
                .init(Line(untrusted: row.target.name), names, .left, .middle), .init(Words.stage(row.stage), 4),
                .init(Words.phase(of: row), 10), .init(Line(untrusted: row.template, .dim), nil),
            ]).truncated(to: width)
        }
        return lines
    }

    /// How it is changed, or how another one is added.
    static func commands(_ connection: Connection, width: Int) -> [Line] {
        let command =
            connection.isLocal
            ? "baryon connection add NAME --account DIGITS --region NAME"
            : "baryon connection change \(connection.name) --role ARN, --tag KEY=VALUE, --timeout MINUTES and others"
        let label: SafeText = connection.isLocal ? "add another" : "change it"
        return [Line()] + fact(label, Line(untrusted: command, .info), width: width)
    }

    /// A long name begins beside its label, and is broken where the room ends.
    private static func fact(_ label: SafeText, _ text: Line, width: Int) -> [Line] {
        text.wrapped(to: max(1, width - 13)).enumerated().map { Panes.fact($0 == 0 ? label : "", $1) }
    }
}
