import Catalog
import Documents
import Terminal

/// The checks and findings of an order in lines: what passed is short, what did not is told in full.
enum CheckWords {
    /// One line a check; over several steps one that passed everywhere is a single line.
    static func lines(_ plan: OrderPlan, width: Int) -> [Line] {
        var names: [String] = []
        for check in plan.plans.flatMap(\.checks) where !names.contains(check.name) { names.append(check.name) }
        if names.isEmpty, plan.plans.contains(where: { $0.action == .destroy }) {
            return Line("A destruction has nothing to check.", .dim).wrapped(to: width)
        }
        let room = min(14, names.map(\.count).max() ?? 0)
        return names.flatMap { name -> [Line] in
            let found = plan.plans.compactMap { step in
                step.checks.first { $0.name == name }.map { (step: step, check: $0) }
            }
            let passed = found.filter { $0.check.outcome == .passed }
            var lines = found.filter { $0.check.outcome != .passed }.flatMap { found in
                let who = plan.plans.count > 1 ? "\(found.step.target.title): " : ""
                return line(found.check, room, width, said: who + found.check.sentence)
            }
            if let first = passed.first?.check {
                let all = passed.count == found.count ? "all " : ""
                let text = passed.count == 1 ? first.sentence : "In order in \(all)\(passed.count) steps."
                lines += line(first, room, width, said: text)
            }
            return lines
        }
    }

    /// A check with how it went, what its failure means, and who has waived it.
    private static func line(_ check: Check, _ room: Int, _ width: Int, said text: String) -> [Line] {
        let lead = Words.check(check) + Line("  ") + Line(untrusted: check.name, .dim).filling(room) + Line("  ")
        var lines = (lead + Line(untrusted: text)).wrapped(to: width, indent: lead.width)
        guard check.outcome == .failed else { return lines }
        let indent = Line(untrusted: String(repeating: " ", count: min(lead.width, width / 3)))
        for waiver in check.waivers {
            let words = "waived by \(waiver.by) until \(waiver.until.iso8601.prefix(10)): \(waiver.why)"
            lines += (indent + Line(untrusted: words, .warn)).wrapped(to: width, indent: indent.width)
        }
        if let level = level(check) { lines += (indent + level).wrapped(to: width, indent: indent.width) }
        return lines
    }

    /// What a failure that nobody has waived means.
    private static func level(_ check: Check) -> Line? {
        switch check.level {
        case .advisory: Line("advisory: it blocks nothing", .dim)
        case .soft where check.waivers.isEmpty:
            Line("soft: somebody may waive it, with ", .dim)
                + Line(untrusted: "baryon check waive \(check.name)", .info)
        case .soft, .hard: nil
        }
    }

    /// `ok 5  warn 1  FAIL 0`: checks by outcome, faults of the whole among the failed ones.
    static func counts(_ plan: OrderPlan) -> Line {
        let checks = plan.plans.flatMap(\.checks)
        let findings = CheckWords.findings(plan)
        let ok = checks.count { $0.outcome == .passed }
        let failed = checks.count(where: \.blocks) + findings.count { $0.severity == .error }
        let warned = checks.count { $0.outcome != .passed && !$0.blocks } + findings.count { $0.severity == .warning }
        var line = Line("ok \(ok)", ok > 0 ? .ok : .dim)
        line.append("  warn \(warned)", warned > 0 ? .warn : .dim)
        line.append("  FAIL \(failed)", failed > 0 ? .fail : .dim)
        return line
    }

    /// `+14 add  ~1 update  !0 replace  -0 remove`; without the words where there is no room for them.
    static func changeCounts(_ plan: OrderPlan, isShort: Bool = false) -> Line {
        func count(_ kinds: Set<Change.Kind>) -> Int { plan.changes.count { kinds.contains($0.kind) } }
        let parts: [(sign: String, word: String, count: Int, style: Style)] = [
            ("+", " add", count([.add]), .added), ("~", " update", count([.update, .metadata, .unknown]), .changed),
            ("!", " replace", count([.replace, .mayReplace]), .warn), ("-", " remove", count([.remove]), .removed),
        ]
        var line = Line()
        for (index, part) in parts.enumerated() {
            if index > 0 { line.append(isShort ? " " : "  ") }
            line.append(
                SafeText(untrusted: "\(part.sign)\(part.count)\(isShort ? "" : part.word)"),
                part.count > 0 ? part.style : .dim)
        }
        return line
    }

    /// Of the whole and of every step, errors first.
    static func findings(_ plan: OrderPlan) -> [Finding] {
        (plan.findings + plan.plans.flatMap(\.findings)).sorted { $0.severity > $1.severity }
    }

    static func lines(of finding: Finding, width: Int) -> [Line] {
        let (word, style): (SafeText, Style) =
            switch finding.severity {
            case .error: ("FAIL  ", .fail)
            case .warning: ("warn  ", .warn)
            case .note: ("note  ", .dim)
            }
        var line = Line(word, style)
        if let place = finding.place { line.append(SafeText(untrusted: "\(place.text): "), .dim) }
        line.append(SafeText(untrusted: finding.message))
        var lines = line.wrapped(to: width, indent: 6)
        if let hint = finding.hint {
            lines += (Line("      ") + Line(untrusted: hint, .info)).wrapped(to: width, indent: 6)
        }
        return lines
    }

    /// Everything that was checked, with what each check found.
    static func allLines(_ plan: OrderPlan, width: Int) -> [Line] {
        let findings = findings(plan)
        var lines = findings.flatMap { CheckWords.lines(of: $0, width: width) }
        for step in plan.plans where !step.checks.isEmpty {
            if !lines.isEmpty { lines.append(Line()) }
            lines.append(Line(untrusted: step.target.title, .header))
            let room = min(14, step.checks.map(\.name.count).max() ?? 0)
            for check in step.checks {
                lines += line(check, room, width, said: check.sentence)
                lines += check.findings.dropFirst(check.findings.count > 1 ? 0 : 1).flatMap {
                    CheckWords.lines(of: $0, width: width - 6).map { Line("      ") + $0 }
                }
            }
        }
        return lines.isEmpty ? [Line("Nothing was checked.", .dim)] : lines
    }
}
