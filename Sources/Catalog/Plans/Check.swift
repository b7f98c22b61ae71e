package import Documents

/// A check that really ran over a plan.
package struct Check: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case passed, warned, failed
    }

    /// What a failure means.
    package enum Level: String, Hashable, Sendable, CaseIterable {
        /// It is told, and blocks nothing.
        case advisory
        /// It blocks unless somebody has waived it.
        case soft
        /// It blocks, whatever anybody says.
        case hard
    }

    package var name: String
    package var level: Level
    package var outcome: Outcome
    package var sentence: String
    package var findings: [Finding]
    /// Those that cover its failure, all of it.
    package var waivers: [Waiver]

    package init(
        name: String, level: Level = .hard, outcome: Outcome, sentence: String, findings: [Finding] = [],
        waivers: [Waiver] = []
    ) {
        self.name = name
        self.level = level
        self.outcome = outcome
        self.sentence = sentence
        self.findings = findings
        self.waivers = waivers
    }

    /// Whether nothing may be deployed because of it.
    package var blocks: Bool {
        switch (outcome, level) {
        case (.failed, .hard): true
        case (.failed, .soft): waivers.isEmpty
        case (.failed, .advisory), (.passed, _), (.warned, _): false
        }
    }

    /// The check with the waivers that cover all of its errors, if some do.
    package func waived(by known: [Waiver], target: Target, at now: Instant) -> Check {
        guard level == .soft, outcome == .failed else { return self }
        let valid = known.filter { $0.check == name && $0.isValid(for: target, at: now) }
        if let whole = valid.first(where: \.code.isEmpty) { return with([whole]) }
        let codes = Set(findings.filter { $0.severity == .error }.map(\.code.rawValue))
        let covering = codes.sorted().compactMap { code in valid.first { $0.code == code } }
        return covering.count == codes.count && !codes.isEmpty ? with(covering) : self
    }

    private func with(_ waivers: [Waiver]) -> Check {
        var check = self
        check.waivers = waivers
        return check
    }
}

/// Somebody's word that a failed check may be passed over: who, why, until when.
package struct Waiver: Hashable, Sendable, Identifiable {
    package var id: Int
    package var check: String
    /// The code of the findings that it covers; empty for all of the check.
    package var code: String
    /// The target's id; empty for every target.
    package var target: String
    package var by: String
    package var why: String
    package var createdAt: Instant
    package var until: Instant

    package init(
        id: Int, check: String, code: String = "", target: String = "", by: String, why: String, createdAt: Instant,
        until: Instant
    ) {
        self.id = id
        self.check = check
        self.code = code
        self.target = target
        self.by = by
        self.why = why
        self.createdAt = createdAt
        self.until = until
    }

    package func isValid(for target: Target, at now: Instant) -> Bool {
        now < until && (self.target.isEmpty || self.target == target.id)
    }

    package var value: Value {
        .object(
            Object([
                ("id", .number(Number(id))), ("check", .string(check)), ("code", .string(code)),
                ("target", .string(target)), ("by", .string(by)), ("why", .string(why)),
                ("createdAt", .string(createdAt.iso8601)), ("until", .string(until.iso8601)),
                ("createdAtMilliseconds", .number(Number(Int(createdAt.milliseconds)))),
                ("untilMilliseconds", .number(Number(Int(until.milliseconds)))),
            ]))
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let check = value["check"]?.string, let until = value["untilMilliseconds"]?.number?.int else {
            return nil
        }
        func text(_ key: String) -> String { value[key]?.string ?? "" }
        self.init(
            id: value["id"]?.number?.int ?? 0, check: check, code: text("code"), target: text("target"),
            by: text("by"), why: text("why"),
            createdAt: Instant(milliseconds: Int64(value["createdAtMilliseconds"]?.number?.int ?? 0)),
            until: Instant(milliseconds: Int64(until)))
    }
}
