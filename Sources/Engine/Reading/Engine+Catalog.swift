package import Catalog
import Documents
import Store

extension Engine {
    package func catalog(_ query: CatalogQuery) throws(Refusal) -> Page<CatalogRow> {
        try refusing { try store.catalog(query) }
    }

    package func template(_ name: String) throws(Refusal) -> TemplateDetail {
        let template = try existingTemplate(name)
        return try refusing {
            TemplateDetail(
                template: template, versions: try store.versions(of: name), usedBy: try store.uses(of: name))
        }
    }

    package func version(_ template: String, _ choice: VersionChoice) throws(Refusal) -> VersionDetail {
        let owner = try existingTemplate(template)
        let version = try resolve(choice, of: owner)
        let loaded = try bundle(of: version)
        return VersionDetail(
            template: owner, version: version, readme: loaded.readme, schemas: loaded.schemas,
            schemaFile: loaded.schemaFile, inputTypes: loaded.inputTypes, outputs: loaded.outputs,
            files: loaded.fileList
        )
    }

    func existingTemplate(_ name: String) throws(Refusal) -> Template {
        if let template = try refusing({ try store.template(name) }), template.kind != .component { return template }
        let names = try refusing { try store.catalog(CatalogQuery(limit: 10_000)).rows.map(\.template.name) }
        let hint = Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
        throw Refusal(
            "template.unknown", "There is no template \"\(name)\" in this workspace.",
            hint: hint ?? "See what there is with: baryon template list"
        )
    }

    /// The version that a choice means for a new target. Withdrawn ones are not to be had.
    func resolve(_ choice: VersionChoice, of template: Template) throws(Refusal) -> TemplateVersion {
        let line = try refusing { try store.line(of: template.name) }
        let number: VersionNumber
        switch choice {
        case .standard:
            guard let recommended = line.recommended ?? line.entries.last?.number else {
                throw Refusal("template.noVersion", "Template \(template.name) has no version yet.")
            }
            number = recommended
        case .major(let major):
            guard let recommended = line.recommended(inMajor: major) else {
                throw Refusal(
                    "version.noRecommended", "No version \(major).x of \(template.name) is published.",
                    hint: "Name a draft by its whole number, or publish one first."
                )
            }
            number = recommended
        case .exact(let exact): number = exact
        }
        guard let version = try refusing({ try store.version(template.name, number) }) else {
            let known = line.entries.map(\.number.description).joined(separator: ", ")
            throw Refusal(
                "version.unknown", "There is no version \(number) of \(template.name).",
                hint: known.isEmpty ? nil : "It has \(known)."
            )
        }
        return version
    }
}
