import Catalog
import GRDB

extension Database {
    func insert(_ template: Template) throws {
        try run(
            """
            INSERT INTO templates (name, kind, title, summary, owner, recommended_major, recommended_minor, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                template.name, template.kind.rawValue, template.title, template.summary, template.owner,
                template.recommended?.major, template.recommended?.minor, template.createdAt.milliseconds,
            ])
    }

    func insert(_ version: TemplateVersion) throws {
        try run(
            "INSERT INTO versions (\(TemplateVersion.columns), rank) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                version.template, version.kind.rawValue, version.number.major, version.number.minor,
                version.status.rawValue, version.digest, version.notes, version.reason,
                StoredShapes.text(version.compatibleEnvironments), StoredShapes.text(version.languages),
                version.registeredAt.milliseconds, version.registeredBy, version.publishedAt?.milliseconds,
                version.isRecommendedInMajor, version.takesComponents,
            ])
    }

    /// Writes which versions are recommended, and what follows for each version and for the targets that run it.
    func refresh(_ line: VersionLine, of template: String) throws {
        try run(
            "UPDATE templates SET recommended_major = ?, recommended_minor = ? WHERE name = ?",
            [line.recommended?.major, line.recommended?.minor, template])
        for entry in line.entries {
            let number = entry.number
            let offer = line.offer(to: number)
            let rank = VersionDrift(running: number, in: line).rank
            try run(
                """
                UPDATE versions SET is_recommended = ?1, rank = ?2, offer_major = ?3, offer_minor = ?4
                WHERE template = ?5 AND major = ?6 AND minor = ?7
                    AND (is_recommended, rank, offer_major, offer_minor) IS NOT (?1, ?2, ?3, ?4)
                """,
                [
                    line.minors[number.major] == number.minor ? 1 : 0, rank, offer?.major, offer?.minor, template,
                    number.major, number.minor,
                ])
            guard changesCount > 0 else { continue }
            try run(
                """
                UPDATE targets SET rank = ?1
                WHERE template = ?2 AND major = ?3 AND minor = ?4 AND applied_major IS NOT NULL AND rank <> ?1
                """, [rank, template, number.major, number.minor])
        }
    }

    /// Titles of the targets that keep a version from being deleted.
    func users(of template: String, _ number: VersionNumber) throws -> [String] {
        try rows(
            """
            SELECT title FROM targets WHERE template = ?1
                AND ((desired_major, desired_minor) = (?2, ?3) OR (applied_major, applied_minor) = (?2, ?3))
            UNION
            SELECT targets.title FROM deployments JOIN targets ON targets.target = deployments.target
            WHERE deployments.template = ?1 AND deployments.major = ?2 AND deployments.minor = ?3
                AND deployments.is_finished = 0
            ORDER BY title
            """, [template, number.major, number.minor]
        ) { $0.text() }
    }
}
