import Catalog
import Terminal

/// How a step of an order is told: what it does to which target, and where that is.
enum StepWords {
    /// Where a step's resources go: connection, account and region, then by which role and program.
    static func place(_ plan: Plan, width: Int) -> [Line] {
        let place = Place(plan)
        guard !place.isLocal else { return [place.line(width: width)] }
        let manner = place.manner + Line(untrusted: "by \(plan.provisioner)", .dim)
        let line = place.line(width: width)
        return line.width + manner.width + 2 <= width ? [line + Line("  ") + manner] : [line, Line("  ") + manner]
    }

    /// `create shop/dev  fargate-service 1.0`.
    static func head(_ plan: Plan, number: Int?) -> Line {
        var line = number.map { Line("\($0)  ", .dim) } ?? Line()
        line.append(SafeText(untrusted: plan.action.rawValue), plan.action == .destroy ? .removed : .text)
        line.append(" ")
        line.append(SafeText(untrusted: plan.target.title), .header)
        if plan.action == .move { line.append(SafeText(untrusted: " to \(plan.connection)")) }
        line.append(SafeText(untrusted: "  \(plan.target.version(of: plan.template)) "), .dim)
        if let from = plan.fromVersion, from != plan.version {
            line.append(SafeText(untrusted: "\(from) → "), .dim)
        }
        line.append(SafeText(untrusted: plan.version.description))
        return line
    }

    /// `in demo  test  stack baryon-shop-dev`: environment, stage, stack.
    static func facts(_ plan: Plan, isShort: Bool = false) -> Line {
        var line = Line()
        if !plan.environment.isEmpty, plan.target.kind != .environment {
            line.append(isShort ? "" : "in ", .dim)
            line.append(SafeText(untrusted: plan.environment))
            line.append("  ")
        }
        if let instance = plan.attachment {
            line.append(SafeText(untrusted: isShort ? "\(instance.title)  " : "attached to \(instance.title)  "), .dim)
        }
        line = line + Words.stage(plan.stage)
        line.append(isShort ? "  " : "  stack ", .dim)
        line.append(SafeText(untrusted: plan.stack), .dim)
        return line
    }

    /// Both in one row where they fit, else below each other.
    static func lines(of plan: Plan, number: Int?, width: Int, withPlace: Bool = true) -> [Line] {
        let head = head(plan, number: number)
        let facts = facts(plan)
        let lead = Line(number == nil ? "" : "   ")
        var lines: [Line]
        if head.width + facts.width + 2 <= width {
            lines = [head + Line("  ") + facts]
        } else {
            lines = [head.truncated(to: width, .middle)] + (lead + facts).wrapped(to: width, indent: lead.width)
        }
        if withPlace { lines += place(plan, width: width - lead.width).map { lead + $0 } }
        return lines
    }

    /// All steps; the place is said once where it is the same for all.
    static func lines(of plans: [Plan], width: Int, limit: Int) -> [Line] {
        guard let first = plans.first else { return [] }
        let isShared = plans.allSatisfy { Place($0) == Place(first) }
        let isOne = plans.count == 1
        var lines: [Line] = []
        for (index, plan) in plans.enumerated() {
            let own = StepWords.lines(
                of: plan, number: isOne ? nil : index + 1, width: width, withPlace: !isShared)
            let isLast = index == plans.count - 1
            if lines.count + own.count + (isLast ? 0 : 1) + (isShared ? 1 : 0) > limit, index > 0 {
                lines.append(
                    Line("... \(Words.count(plans.count - index, "more step")), listed among the changes", .dim))
                break
            }
            lines += own
        }
        let lead = Line(isOne ? "" : "   ")
        if isShared { lines += place(first, width: width - lead.width).map { lead + $0 } }
        return lines
    }
}
