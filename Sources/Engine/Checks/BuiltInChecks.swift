import Catalog
import CloudFormation
import Documents

/// What the embedded facts say about a rendered template, as checks of a plan.
struct BuiltInChecks {
    let connection: Connection
    /// The day as `2026-11-28`.
    let day: String

    /// - Parameters:
    ///   - template: Evaluated where it will be.
    ///   - applied: What is there now.
    func checks(
        _ template: CloudFormation.Template, _ evaluated: EvaluatedTemplate, applied: EvaluatedTemplate?,
        _ changes: [Change]
    ) -> [Check] {
        let advice = evaluated.advice(region: connection.region, day: day, applied: applied)
        // A rehearsal has no request that could be too long.
        let limits = connection.isLocal ? [] : template.limitFindings() + uploadFindings(template)
        let access = changes.flatMap { change in
            change.widenings.map { Finding("access.opened", .warning, "\(change.resource): \($0)") }
        }
        var checks = [
            Check(
                "resources", advice.filter { !Self.isRuntime($0) && !Self.isEnded($0) },
                passed: "Types and properties are ones that \(connection.region) has."),
            Check("access", access, passed: "No access is opened."),
        ]
        let runtimes = advice.filter(Self.isRuntime)
        if !runtimes.isEmpty || evaluated.resources.contains(where: { $0.type == "AWS::Lambda::Function" }) {
            checks.append(Check("runtimes", runtimes, passed: "The functions' runtimes are maintained."))
        }
        let ended = advice.filter(Self.isEnded)
        if !ended.isEmpty { checks.append(Check("ended services", ended, passed: "")) }
        if !connection.isLocal { checks.append(Check("limits", limits, passed: "It is within the service's limits.")) }
        return checks
    }

    private func uploadFindings(_ template: CloudFormation.Template) -> [Finding] {
        guard template.mustBeUploaded, connection.settings.bucket.isEmpty else { return [] }
        return [
            Finding(
                "cloudformation.limit",
                "A template over \(ServiceLimits.sentBytes) bytes must lie in a bucket, but connection \(connection.name) names none.",
                hint: "Name one: baryon connection change \(connection.name) --bucket NAME")
        ]
    }

    private static func isRuntime(_ finding: Finding) -> Bool {
        finding.code.rawValue.hasPrefix("cloudformation.runtime")
    }

    private static func isEnded(_ finding: Finding) -> Bool { finding.code == "cloudformation.endedService" }
}

extension Check {
    /// A check by what it found: errors fail it, warnings warn.
    init(_ name: String, _ findings: [Finding], passed: String) {
        let errors = findings.filter { $0.severity == .error }
        let worst = errors.isEmpty ? findings.filter { $0.severity == .warning } : errors
        guard let first = worst.first else {
            self.init(name: name, outcome: .passed, sentence: passed, findings: findings)
            return
        }
        let more = worst.count > 1 ? " And \(worst.count - 1) more." : ""
        self.init(
            name: name, outcome: errors.isEmpty ? .warned : .failed, sentence: first.plainMessage + more,
            findings: findings)
    }
}

extension Finding {
    /// The sentence without words of the template language.
    fileprivate var plainMessage: String {
        let parts = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
        if code == "jinja.undefined", parts.count >= 3, message.contains("has no attribute") {
            return "The template reads \(parts[parts.count - 2]), which has no value here."
        }
        if code == "jinja.undefined", parts.count == 3 {
            return "The template reads \(parts[1]), which is not given."
        }
        return message
    }
}
