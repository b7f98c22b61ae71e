package import Catalog
import Documents
import Store

/// What is looked for in every plan, and what of it may be passed over.
extension Engine {
    /// Those that are built in, then the workspace's own by name, each at its level.
    package func checks() throws(Refusal) -> [CheckDefinition] {
        let said = try refusing { try store.checks() }
        let builtIn = CheckDefinition.builtIn.map { known in
            said.first { $0.name == known.name }.map { CheckDefinition(name: known.name, level: $0.level) } ?? known
        }
        return builtIn + said.filter { own in !builtIn.contains { $0.name == own.name } }
    }

    /// Adds a command as a check.
    package func addCheck(_ check: CheckDefinition, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        var findings = [Name.fault(in: check.name, what: "The check's name")].compactMap(\.self)
        if try checks().contains(where: { $0.name == check.name }) {
            findings.append(Engine.taken("A check", check.name))
        }
        findings += Engine.commandFaults("check", check.command, check.timeoutSeconds)
        if !findings.isEmpty { throw Refusal(findings) }
        try refusing { try store.put(check, history: entry("check.add", check.name, why: why)) }
    }

    /// What is wrong with a command that a workspace is to have as a check or a hook.
    static func commandFaults(_ what: String, _ command: [String], _ seconds: Int) -> [Finding] {
        var findings: [Finding] = []
        if command.first?.isEmpty ?? true {
            findings.append(
                Finding(
                    Finding.Code(rawValue: "\(what).command"), "A \(what) must have a command.",
                    hint: "Write it behind --."))
        }
        if !(1...3600).contains(seconds) {
            findings.append(
                Finding(
                    Finding.Code(rawValue: "\(what).timeout"),
                    "The time limit must be from 1 to 3600 seconds, but is \(seconds)."))
        }
        return findings
    }

    /// - Parameter level: `nil` turns it off.
    package func setCheck(_ name: String, level: Check.Level?, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        var check = try existingCheck(name)
        guard !CheckDefinition.fixed.contains(name) else {
            throw Refusal(
                "check.fixed", "The level of \(name) can't be changed: without it there is nothing to deploy.")
        }
        check.level = level
        let changed = check
        try refusing {
            try store.put(
                changed, history: entry("check.set", name, detail: level?.rawValue ?? "off", why: why))
        }
    }

    package func deleteCheck(_ name: String, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        guard try !existingCheck(name).isBuiltIn else {
            throw Refusal(
                "check.builtIn", "The check \(name) is built in and can't be deleted.",
                hint: "Turn it off: baryon check set \(name) --level off")
        }
        try refusing { try store.deleteCheck(name, history: entry("check.delete", name, why: why)) }
    }

    /// Newest first; those that have ended among them.
    package func waivers() throws(Refusal) -> [Waiver] { try refusing { try store.waivers() } }

    /// Passes a check's failure over, for a while.
    ///
    /// - Parameters:
    ///   - code: Of the findings that it covers; empty for all of the check.
    ///   - target: `nil` for every target.
    package func waive(
        _ name: String, code: String = "", target: Target? = nil, why: String, until: Instant
    ) throws(Refusal) -> Waiver {
        try Words.check(why: why)
        let check = try existingCheck(name)
        var findings: [Finding] = []
        if check.level != .soft {
            findings.append(
                Finding(
                    "waiver.level",
                    "A check must be soft to be waived, but \(name) is \(check.level?.rawValue ?? "off").",
                    hint: check.level == .hard ? "What is hard holds for everyone." : "It blocks nothing as it is."))
        }
        if why.isEmpty {
            findings.append(Finding("waiver.why", "A waiver must say why.", hint: "Add --why TEXT."))
        }
        if until <= clock() {
            findings.append(
                Finding("waiver.until", "A waiver must end later than now, but would have ended \(until.iso8601)."))
        }
        if let target { _ = try existingRecord(target) }
        if !findings.isEmpty { throw Refusal(findings) }
        let waiver = Waiver(
            id: 0, check: name, code: code, target: target?.id ?? "", by: actor.name, why: why, createdAt: clock(),
            until: until)
        let detail = [code, target?.title ?? "", "until \(until.iso8601)"].filter { !$0.isEmpty }
        let history = entry("check.waive", name, detail: detail.joined(separator: " "), why: why)
        return try refusing { try store.add(waiver, history: history) }
    }

    package func endWaiver(_ id: Int, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        try refusing { try store.endWaiver(id, at: clock(), history: entry("check.unwaive", "\(id)", why: why)) }
    }

    private func existingCheck(_ name: String) throws(Refusal) -> CheckDefinition {
        let known = try checks()
        guard let check = known.first(where: { $0.name == name }) else {
            throw Refusal(
                "check.unknown", "There is no check \"\(name)\" in this workspace.",
                hint: Spelling.nearest(to: name, among: known.map(\.name)).map { "Did you mean \($0)?" }
                    ?? "It has \(known.map(\.name).joined(separator: ", ")).")
        }
        return check
    }

    /// The checks at their levels, without those that are off, and with the waivers that cover them.
    func leveled(_ checks: [Check], of target: Target) throws -> [Check] {
        let levels = Dictionary(try self.checks().map { ($0.name, $0.level) }) { first, _ in first }
        let needsWaivers = checks.contains { $0.outcome == .failed }
        let waivers = needsWaivers ? try store.waivers() : []
        return checks.compactMap { check in
            guard let level = levels[check.name] ?? check.level else { return nil }
            var check = check
            check.level = level
            return check.waived(by: waivers, target: target, at: clock())
        }
    }
}
