import Catalog

extension Template {
    static let columns = """
        templates.name, templates.kind, templates.title, templates.summary, templates.owner,
        templates.recommended_major, templates.recommended_minor, templates.created_at
        """

    init(_ columns: inout Columns) throws {
        self.init(
            name: columns.text(), kind: try columns.choice(), title: columns.text(), summary: columns.text(),
            owner: columns.text(), recommended: columns.optionalNumber(), createdAt: columns.instant())
    }
}

extension TemplateVersion {
    static let columns = """
        template, kind, major, minor, status, digest, notes, reason, compatible, languages, registered_at,
        registered_by, published_at, is_recommended, takes_components
        """

    init(_ columns: inout Columns) throws {
        self.init(
            template: columns.text(), kind: try columns.choice(), number: columns.number(),
            status: try columns.choice(), digest: columns.text(), notes: columns.text(), reason: columns.text(),
            compatibleEnvironments: StoredShapes.environments(try columns.json()),
            languages: StoredShapes.languages(try columns.json()), registeredAt: columns.instant(),
            registeredBy: columns.text(), publishedAt: columns.optionalInstant(),
            isRecommendedInMajor: columns.bool(), takesComponents: columns.bool())
    }
}
