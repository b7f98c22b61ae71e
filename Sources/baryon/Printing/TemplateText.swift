import Catalog
import Documents
import Engine
import Schemas

/// Templates and versions for people and for programs.
enum TemplateText {
    static func table(_ rows: [CatalogRow]) -> Table {
        var table = Table("TEMPLATE", "KIND", "RECOMMENDED", "LATEST", "VERSIONS", "USED", "OWNER", "TITLE")
        for row in rows {
            let latest = row.latest.map {
                "\($0)" + (row.latestStatus == .published ? "" : " \(row.latestStatus?.rawValue ?? "")")
            }
            table.add(
                row.template.name, kind(row.template, isCustomerManaged: row.isCustomerManaged),
                row.template.recommended?.description ?? "-",
                latest ?? "-", "\(row.versionCount)", "\(row.usedCount)", row.template.owner, row.template.title)
        }
        return table
    }

    /// `environment, customer-managed`.
    private static func kind(_ template: Template, isCustomerManaged: Bool) -> String {
        template.kind.rawValue + (isCustomerManaged ? ", customer-managed" : "")
    }

    static func json(_ row: CatalogRow) -> Value {
        guard case .object(var object) = json(row.template) else { return .null }
        object["isCustomerManaged"] = .bool(row.isCustomerManaged)
        object["latestVersion"] = JSON.text(row.latest?.description)
        object["latestStatus"] = JSON.text(row.latestStatus?.rawValue.uppercased())
        object["versionCount"] = JSON.number(row.versionCount)
        object["usedCount"] = JSON.number(row.usedCount)
        object["lastModifiedAt"] = JSON.time(row.changedAt)
        return .object(object)
    }

    static func json(_ template: Template) -> Value {
        JSON.object([
            ("name", .string(template.name)), ("kind", .string(template.kind.rawValue)),
            ("displayName", JSON.text(template.title)), ("description", JSON.text(template.summary)),
            ("owner", JSON.text(template.owner)), ("recommendedVersion", JSON.text(template.recommended?.description)),
            ("createdAt", JSON.time(template.createdAt)),
        ])
    }

    static func json(_ version: TemplateVersion) -> Value {
        JSON.object([
            ("templateName", .string(version.template)), ("majorVersion", .string(String(version.number.major))),
            ("minorVersion", .string(String(version.number.minor))),
            ("status", .string(version.status.rawValue.uppercased())), ("statusMessage", JSON.text(version.reason)),
            ("isRecommendedInMajor", .bool(version.isRecommendedInMajor)), ("description", JSON.text(version.notes)),
            (
                "compatibleEnvironmentTemplates",
                .list(
                    version.compatibleEnvironments.map { environment in
                        JSON.object([
                            ("templateName", .string(environment.template)),
                            ("majorVersion", .string(String(environment.major))),
                        ])
                    })
            ),
            ("supportedComponentSources", .list(version.takesComponents ? ["DIRECTLY_DEFINED"] : [])),
            (
                "provisioning",
                .object(
                    Object(
                        version.languages.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                            ($0.key.rawValue, .string($0.value.rawValue))
                        }))
            ),
            ("isCustomerManaged", .bool(version.isCustomerManaged)),
            ("digest", .string(version.digest)), ("createdAt", JSON.time(version.registeredAt)),
            ("registeredBy", JSON.text(version.registeredBy)), ("publishedAt", JSON.time(version.publishedAt)),
        ])
    }

    static func json(_ detail: TemplateDetail, _ version: VersionDetail) -> Value {
        guard case .object(var object) = json(detail.template), case .object(var shown) = json(version.version) else {
            return .null
        }
        shown["readme"] = .string(version.readme)
        shown["inputs"] = parts(version.schemas) { .list($0.form().fields.map(input)) }
        shown["outputs"] = parts(version.outputs) { .list($0.map { .string($0.key) }) }
        shown["files"] = .list(
            version.files.map { JSON.object([("path", .string($0.path)), ("size", JSON.number($0.size))]) })
        object["version"] = .object(shown)
        object["versions"] = .list(
            detail.versions.map { version in
                guard case .object(var object) = json(version) else { return .null }
                object["usedCount"] = JSON.number(detail.usedBy[version.number] ?? 0)
                return .object(object)
            })
        return .object(object)
    }

    private static func parts<Content>(_ parts: [TemplateVersion.Part: Content], _ value: (Content) -> Value) -> Value {
        JSON.object(TemplateVersion.Part.allCases.map { part in (part.rawValue, parts[part].map(value)) })
    }

    private static func input(_ field: Field) -> Value {
        JSON.object([
            ("name", .string(field.name)), ("title", .string(field.label)), ("description", JSON.text(field.help)),
            ("isRequired", .bool(field.isRequired)), ("default", field.defaultValue), ("rule", JSON.text(field.rule)),
            ("kind", .string(kind(field))),
        ])
    }

    static func text(_ detail: TemplateDetail, _ version: VersionDetail) -> String {
        var facts = Table()
        let template = detail.template
        facts.add(
            "Template",
            "\(template.name) \(version.version.number) (\(kind(template, isCustomerManaged: version.version.isCustomerManaged)), \(version.version.status.rawValue))"
        )
        if template.title != template.name { facts.add("Title", template.title) }
        if !template.owner.isEmpty { facts.add("Owner", template.owner) }
        facts.add("Recommended", template.recommended?.description ?? "-")
        if !version.version.compatibleEnvironments.isEmpty {
            facts.add("Runs in", version.version.compatibleEnvironments.map(\.description).joined(separator: ", "))
        }
        if version.version.takesComponents { facts.add("Components", "may be attached to its instances") }
        if !version.version.reason.isEmpty { facts.add("Reason", version.version.reason) }
        var parts = [facts.text]
        if !version.readme.isEmpty { parts.append(trimmed(version.readme)) }
        for part in TemplateVersion.Part.allCases {
            guard let schema = version.schemas[part] else { continue }
            var table = Table("INPUT", "KIND", "DEFAULT", "ALLOWED", "MEANING", indent: "  ")
            for field in schema.form().fields {
                let standard = field.defaultValue.map(field.text) ?? (field.isRequired ? "(required)" : "-")
                table.add(field.name, kind(field), standard, field.rule ?? "", field.label)
            }
            if !table.rows.isEmpty { parts.append("Inputs of the \(part.rawValue)\n\(table.text)") }
        }
        for part in TemplateVersion.Part.allCases {
            guard let outputs = version.outputs[part], !outputs.isEmpty else { continue }
            parts.append("Outputs of the \(part.rawValue)\n  \(outputs.map(\.key).joined(separator: ", "))")
        }
        parts.append(versions(detail).text)
        return parts.joined(separator: "\n\n")
    }

    private static func versions(_ detail: TemplateDetail) -> Table {
        var table = Table("VERSION", "STATUS", "USED", "REGISTERED", "BY", "NOTES")
        for version in detail.versions {
            let isStandard = version.number == detail.template.recommended
            let notes = version.reason.isEmpty ? version.notes : version.reason
            table.add(
                version.number.description, version.status.rawValue + (isStandard ? ", recommended" : ""),
                "\(detail.usedBy[version.number] ?? 0)", version.registeredAt.iso8601, version.registeredBy,
                notes.split(whereSeparator: \.isNewline).first { !$0.hasPrefix("#") }.map(String.init) ?? "")
        }
        return table
    }

    private static func trimmed(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).reversed().drop { $0.isEmpty }.reversed()
            .joined(separator: "\n")
    }

    private static func kind(_ field: Field) -> String {
        switch field.kind {
        case .text, .multiline: "text"
        case .choice(let options, _): options.map { field.text(for: $0.value) }.joined(separator: "|")
        case .checks: "several of"
        case .flag: "yes or no"
        case .number(let entry): entry.isInteger ? "integer" : "number"
        case .list: "list"
        case .table: "table"
        case .section: "section"
        case .map: "map"
        case .branches: "one of"
        case .file: "file"
        case .secret: "secret"
        case .yaml: "any"
        }
    }
}
