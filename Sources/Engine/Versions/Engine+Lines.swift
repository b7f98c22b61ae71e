package import Catalog
import Documents
import Store

/// Publishing, recommending and retiring versions.
extension Engine {
    package func publish(
        _ template: String, _ number: VersionNumber, why: String = ""
    ) throws(Refusal) -> TemplateVersion {
        try change(template, number, act: "publish", .published, why: why, from: [.draft, .deprecated]) {
            $0.publish(number)
        }
    }

    /// Makes a version the one that new targets get and its major's targets are recommended; it may be an older one.
    package func recommend(
        _ template: String, _ number: VersionNumber, why: String = ""
    ) throws(Refusal) -> TemplateVersion {
        try change(template, number, act: "recommend", .recommended, why: why, from: [.published]) {
            $0.recommend(number)
        }
    }

    package func withdraw(
        _ template: String, _ number: VersionNumber, why: String
    ) throws(Refusal) -> TemplateVersion {
        try Engine.needReason(why, "withdrawn")
        return try change(
            template, number, act: "withdraw", .withdrawn, why: why, keepsReason: true, from: [.published, .deprecated]
        ) { $0.retire(number, as: .withdrawn) }
    }

    package func deprecate(
        _ template: String, _ number: VersionNumber, why: String
    ) throws(Refusal) -> TemplateVersion {
        try Engine.needReason(why, "deprecated")
        return try change(
            template, number, act: "deprecate", .deprecated, why: why, keepsReason: true, from: [.published]
        ) {
            $0.retire(number, as: .deprecated)
        }
    }

    package func deleteVersion(_ template: String, _ number: VersionNumber, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        _ = try resolve(.exact(number), of: try existingTemplate(template))
        try refusing {
            try store.deleteVersion(
                template, number, history: entry("template.deleteVersion", template, detail: "\(number)", why: why))
        }
    }

    package func deleteTemplate(_ name: String, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        _ = try existingTemplate(name)
        try refusing { try store.deleteTemplate(name, history: entry("template.delete", name, why: why)) }
    }

    package func setOwner(_ owner: String, ofTemplate name: String, why: String = "") throws(Refusal) {
        try Words.check(owner: owner, why: why)
        var template = try existingTemplate(name)
        template.owner = owner
        let described = template
        try refusing {
            try store.describe(described, history: entry("template.owner", name, detail: owner, why: why))
        }
    }

    /// Whether developers may attach components to instances of a version; those that are attached stay.
    package func allowComponents(
        _ isAllowed: Bool, to template: String, _ number: VersionNumber, why: String = ""
    ) throws(Refusal) -> TemplateVersion {
        try Words.check(why: why)
        let version = try resolve(.exact(number), of: try existingTemplate(template))
        guard version.kind == .service else {
            throw Refusal(
                "template.components",
                "Components are attached to service instances, but \(template) is a template for \(version.kind.plural).",
                hint: "Name a service template.")
        }
        return try refusing {
            try store.setTakesComponents(
                isAllowed, of: template, number,
                history: entry(
                    "template.components", template, detail: "\(number) \(isAllowed ? "allowed" : "refused")", why: why)
            )
            return try store.version(template, number) ?? version
        }
    }

    private static func needReason(_ why: String, _ act: String) throws(Refusal) {
        if why.allSatisfy(\.isWhitespace) {
            throw Refusal(
                "version.reason", "A version is \(act) with a reason, because the people who run it read it.",
                hint: "Say why: --why TEXT"
            )
        }
    }

    private func change(
        _ template: String, _ number: VersionNumber, act: String, _ moment: Hook.Moment, why: String,
        keepsReason: Bool = false,
        from allowed: [VersionStatus], _ body: (inout VersionLine) -> Void
    ) throws(Refusal) -> TemplateVersion {
        try Words.check(why: why)
        let version = try resolve(.exact(number), of: try existingTemplate(template))
        guard allowed.contains(version.status) else {
            let wanted = allowed.map(\.rawValue).joined(separator: " or ")
            throw Refusal(
                "version.status",
                "Version \(number) of \(template) must be \(wanted) to \(act) it, but is \(version.status.rawValue)."
            )
        }
        let changed = try refusing {
            _ = try store.changeLine(
                of: template, reason: keepsReason ? (number, why) : nil, at: clock(),
                history: entry("template.\(act)", template, detail: "\(number)", why: why)
            ) { line in body(&line) }
            return try store.version(template, number) ?? version
        }
        tell(moment, changed, why: why)
        return changed
    }
}
