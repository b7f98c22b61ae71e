package import Documents

/// One way in which a value breaks a schema, with all that a face or a program may want to know.
package struct Fault: Hashable, Sendable {
    /// The value at fault; for a missing member the object that lacks it.
    package var pointer: Pointer
    /// Where a form puts the cursor; for a missing member the member.
    package var focus: Pointer
    package var keyword: String
    /// Where the broken keyword stands in the schema's document, as `#/types/Name/maxLength`.
    package var schemaPath: String { "#\(node.appending(keyword))" }
    /// The schema object that is broken.
    var node: Pointer
    /// What the sentence speaks of: titles, else names; list places count from one.
    package var label: String
    /// What must hold, as the part of the sentence after the label.
    package var rule: String
    /// What was found, as the part of the sentence after "but".
    package var found: String?
    /// The author's own sentence.
    package var override: String?
    package var suggestion: String?
    package var expected: Value?
    /// The value at fault; absent when it must not be shown.
    package var actual: Value?
    /// The missing or unknown member.
    package var property: String?
    /// The branch of a choice that was most likely meant.
    package var branch: Int?
    /// The branches that matched where only one may.
    package var matched: [Int] = []
    /// Whether the value is a secret, which no sentence shows.
    package var isRedacted = false
    package var causes: [Fault] = []

    /// One sentence with a full stop.
    package var message: String { override ?? sentence(end: ".") }

    /// The sentence without its full stop, to stand in another one.
    var clause: String { sentence(end: "") }

    private func sentence(end: String) -> String {
        var text = ""
        text.reserveCapacity(label.utf8.count + rule.utf8.count + (found?.utf8.count ?? 0) + 8)
        text += label
        text += " "
        text += rule
        if let found {
            text += ", but "
            text += found
        }
        text += end
        return text
    }

    /// The codes of the keywords, made once.
    private static let codes = Dictionary(
        uniqueKeysWithValues: Keyword.known.map { ($0, Finding.Code(rawValue: "schema.\($0)")) })

    package var finding: Finding {
        Finding(
            Fault.codes[keyword] ?? Finding.Code(rawValue: "schema.\(keyword)"), .error, message, hint: suggestion,
            pointer: pointer,
            focus: focus, causes: causes.map(\.finding))
    }
}

/// Whether a value is on its way in or out.
package enum Direction: Sendable {
    /// A request or a spec: members that are read-only must not be sent, and are not required.
    case write
    /// A response: members that are write-only must not be shown, and are not required.
    case read
}

extension Schema {
    /// What `validate` finds, with the parts that sentences are made of.
    package struct Verdict: Sendable {
        package var faults: [Fault] = []
        /// Faults beyond the limit.
        package var unlistedCount = 0
    }

    /// All ways in which `value` breaks the schema, in the order of the schema, up to `limit`.
    package func verdict(on value: Value, direction: Direction = .write, limit: Int = 100) -> Verdict {
        guard !hasConditions else { return conditionalVerdict(on: value, direction, limit) }
        if quick.accepts(value, root, direction) { return Verdict() }
        var full = Check(quick, direction: direction, limit: max(1, limit))
        _ = full.check(value, root)
        return Verdict(faults: full.faults, unlistedCount: full.unlistedCount)
    }

    /// Whether `value` breaks nothing; much cheaper than the sentences.
    package func accepts(_ value: Value, direction: Direction = .write) -> Bool {
        guard !hasConditions else { return conditionalVerdict(on: value, direction, 1).faults.isEmpty }
        return quick.accepts(value, root, direction)
    }

    /// What conditions hide is neither checked nor missing.
    private func conditionalVerdict(on value: Value, _ direction: Direction, _ limit: Int) -> Verdict {
        let visible = visible(value)
        var check = Check(quick, direction: direction, limit: max(1, limit))
        check.hidden = visible.hidden
        _ = check.check(visible.value, root)
        return Verdict(faults: check.faults, unlistedCount: check.unlistedCount)
    }

    /// All faults of `value` as findings, in the order of the schema.
    ///
    /// Beyond `limit` the last finding says how many more there are.
    package func validate(_ value: Value, direction: Direction = .write, limit: Int = 100) -> [Finding] {
        let verdict = verdict(on: value, direction: direction, limit: limit)
        var findings: [Finding] = []
        findings.reserveCapacity(verdict.faults.count + 1)
        // By index: a loop would copy each fault.
        for index in verdict.faults.indices { findings.append(verdict.faults[index].finding) }
        if verdict.unlistedCount > 0 {
            let rest = Wording.count(verdict.unlistedCount, "more fault is", "more faults are")
            findings.append(Finding("schema.more", .error, "\(rest) not listed.", pointer: Pointer()))
        }
        return findings
    }

    /// Warnings and errors about defaults that break their own schema object.
    static func defaultFindings(_ quick: QuickCheck, _ strictness: Strictness) -> [Finding] {
        quick.nodes.enumerated().compactMap { index, node in
            guard let value = node.notes.defaultValue, !quick.accepts(value, index, .write) else { return nil }
            var check = Check(quick, direction: .write, limit: 1)
            check.path = [.member(node.pointer.steps.last ?? "default", title: node.notes.title)]
            _ = check.check(value, index)
            guard let fault = check.faults.first else { return nil }
            let isOwn = fault.pointer.steps.count == 1
            let message: String =
                switch (fault.keyword, isOwn) {
                case ("type", true): "default \(fault.rule)" + (fault.found.map { ", but \($0)" } ?? "")
                case ("pattern", true): "default \(Wording.shown(value)) \(fault.rule)"
                case (_, true): "default \(Wording.shown(value)) is not valid here: \(fault.label) \(fault.rule)"
                case (_, false): "default is not valid here: \(fault.clause)"
                }
            return Finding(
                "schema.invalidDefault", strictness == .lenient ? .warning : .error, message + ".",
                pointer: node.pointer.appending("default"))
        }
    }
}
