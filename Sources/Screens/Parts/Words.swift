import Catalog
import Documents
import Engine
import Terminal

/// How the model's words look: glyph, word and colour, in that order of importance.
enum Words {
    /// What became of a deployment; where nobody carries it out any more, that it has no runner.
    static func phase(of deployment: Deployment) -> Line {
        deployment.isAbandoned ? abandoned : phase(deployment.phase)
    }

    static func phase(of row: FleetRow) -> Line { row.isAbandoned ? abandoned : phase(row.phase) }

    private static var abandoned: Line { Line("no runner", .warn) }

    static func phase(_ phase: Deployment.Phase?) -> Line {
        switch phase {
        case .succeeded: Line("ok", .ok)
        case .failed: Line("FAIL", .fail)
        case .stuck: Line("STUCK", .fail)
        case .cancelled: Line("cancelled", .warn)
        case .queued: Line("queued", .wait)
        case .waiting: Line("waits", .wait)
        case .inProgress: Line("> running", .run)
        case .cancelling: Line("cancelling", .warn)
        case .rollingBack: Line("undoing", .warn)
        case nil: Line("-", .dim)
        }
    }

    static func drift(_ drift: VersionDrift) -> Line {
        switch drift {
        case .current, .none: Line("-", .dim)
        case .minor: Line("minor", .warn)
        case .major: Line("MAJOR", .fail)
        case .back: Line("back", .warn)
        }
    }

    static func status(_ status: VersionStatus) -> Line {
        switch status {
        case .draft: Line("draft", .info)
        case .published: Line("published", .ok)
        case .deprecated: Line("deprecated", .warn)
        case .withdrawn: Line("withdrawn", .fail)
        }
    }

    static func stage(_ stage: Stage) -> Line {
        switch stage {
        case .test: Line("test", .dim)
        case .production: Line("PROD", Style(.production))
        }
    }

    static func change(_ kind: Change.Kind) -> Line {
        switch kind {
        case .add: Line("+ add", .added)
        case .update: Line("~ update", .changed)
        case .mayReplace: Line("? may replace", .warn)
        case .replace: Line("! replace", .warn)
        case .remove: Line("- remove", .removed)
        case .metadata: Line("  tags", .dim)
        case .unknown: Line("? unknown", .warn)
        }
    }

    static func consequence(_ consequence: Change.Consequence) -> Line {
        switch consequence {
        case .dataLoss: Line("DATA LOSS", .fail)
        case .outage: Line("outage", .fail)
        case .snapshot: Line("snapshot kept", .warn)
        case .detached: Line("kept, detached", .warn)
        case .routine: Line("routine", .dim)
        case .none: Line()
        }
    }

    /// A failure that blocks nothing, or that somebody has waived, is a warning.
    static func check(_ check: Check) -> Line {
        switch check.outcome {
        case .passed: Line("ok  ", .ok)
        case .warned: Line("warn", .warn)
        case .failed: check.blocks ? Line("FAIL", .fail) : Line("warn", .warn)
        }
    }

    static func resource(_ state: Event.ResourceState?) -> Line {
        switch state {
        case .creating, .updating, .deleting: Line(">", .run)
        case .created, .updated: Line("ok", .ok)
        case .deleted, .undone: Line("-", .dim)
        case .retained: Line("kept", .warn)
        case .failed: Line("FAIL", .fail)
        case .undoing: Line("<", .warn)
        case nil: Line(".", .faint)
        }
    }

    /// A value in one line.
    static func value(_ value: Value?) -> SafeText {
        switch value {
        case nil: "-"
        case .string(let text)?: SafeText(untrusted: text.isEmpty ? "''" : text)
        case let value?: SafeText(untrusted: value.json())
        }
    }

    /// All faults, each with what to do about it.
    static func faults(_ refusal: Refusal, width: Int) -> [Line] {
        refusal.findings.flatMap { finding -> [Line] in
            let lines = Line(untrusted: finding.message, .fail).wrapped(to: width)
            guard let hint = finding.hint else { return lines }
            return lines + (Line("  ") + Line(untrusted: hint, .info)).wrapped(to: width, indent: 2)
        }
    }

    /// `3 changes`, `1 change`.
    static func count(_ count: Int, _ word: String, _ plural: String? = nil) -> SafeText {
        SafeText(untrusted: count == 1 ? "1 \(word)" : "\(count) \(plural ?? word + "s")")
    }
}

extension Line {
    /// Text from outside.
    init(untrusted text: String, _ style: Style = .text) {
        self.init(SafeText(untrusted: text), style)
    }
}
