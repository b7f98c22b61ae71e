/// "This target could move to that version", with the reason.
package struct Recommendation: Hashable, Sendable, Identifiable {
    package enum Step: String, Hashable, Sendable, CaseIterable {
        case minor, major
        /// To an older version, because this one was withdrawn or another is recommended.
        case back
    }

    package var target: Target
    package var template: String
    package var environment: String
    package var owner: String
    package var stage: Stage
    package var from: VersionNumber
    package var to: VersionNumber
    package var step: Step
    /// The new version's notes, or why the old one was withdrawn.
    package var reason: String

    package init(
        target: Target, template: String, environment: String, owner: String, stage: Stage, from: VersionNumber,
        to: VersionNumber, step: Step, reason: String
    ) {
        self.target = target
        self.template = template
        self.environment = environment
        self.owner = owner
        self.stage = stage
        self.from = from
        self.to = to
        self.step = step
        self.reason = reason
    }

    package var id: String { "\(target.id)@\(to)" }

    /// The moves that a target on `running` is offered: the newest minor of its major, and beside it the major.
    package static func moves(from running: VersionNumber, in line: VersionLine) -> [(to: VersionNumber, step: Step)] {
        var moves: [(to: VersionNumber, step: Step)] = []
        let withdrawn = line.status(of: running) == .withdrawn
        if let wanted = line.recommended(inMajor: running.major), wanted != running {
            moves.append((wanted, wanted < running ? .back : .minor))
        } else if withdrawn, let recommended = line.recommended, recommended.major < running.major {
            moves.append((recommended, .back))
        }
        if let recommended = line.recommended, recommended.major > running.major {
            moves.append((recommended, .major))
        }
        return moves
    }
}
