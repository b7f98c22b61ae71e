import Catalog
import Documents
import Store

extension Engine {
    /// The version that was chosen, of a template of the right kind; faults and remarks are added to `findings`.
    ///
    /// - Parameter running: What the target has now, where there is one: staying on it needs no remark.
    func version(
        of template: String, kind: TemplateKind, _ choice: VersionChoice, running: VersionNumber? = nil,
        _ findings: inout [Finding]
    ) throws(Refusal) -> TemplateVersion? {
        let existing = try existingTemplate(template)
        guard existing.kind == kind else {
            findings.append(
                Finding(
                    "template.kind",
                    "\(template) must be a template for \(kind.plural), but it is one for \(existing.kind.plural)."
                )
            )
            return nil
        }
        let version: TemplateVersion
        do throws(Refusal) {
            version = try resolve(choice, of: existing)
        } catch {
            findings += error.findings
            return nil
        }
        if version.status == .withdrawn {
            findings.append(try withdrawn(version, running: running))
            return nil
        }
        if version.number != running, let remark = Engine.remark(on: version) { findings.append(remark) }
        return version
    }

    private func withdrawn(_ version: TemplateVersion, running: VersionNumber?) throws(Refusal) -> Finding {
        let line = try refusing { try store.line(of: version.template) }
        let moves = running.map { Recommendation.moves(from: $0, in: line).map(\.to) } ?? []
        let better = moves.first ?? line.recommended(inMajor: version.number.major) ?? line.recommended
        return Finding(
            "version.withdrawn",
            "Version \(version.number) of \(version.template) must not be used: it was withdrawn (\(version.reason)).",
            hint: better.map { running == nil ? "Use \($0)." : "Move to \($0) with --to \($0)." }
                ?? "No other version is published: publish one, or register a newer one."
        )
    }

    private static func remark(on version: TemplateVersion) -> Finding? {
        switch version.status {
        case .draft:
            Finding(
                "version.draft", .warning, "\(version.template) \(version.number) is a draft: it is not published yet.",
                hint: "Publish it before others order it.")
        case .deprecated:
            Finding(
                "version.deprecated", .warning,
                "\(version.template) \(version.number) is deprecated: \(version.reason).",
                hint: "Take a published version where one will do.")
        case .published, .withdrawn: nil
        }
    }
}
