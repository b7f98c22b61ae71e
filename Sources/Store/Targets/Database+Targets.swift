import Catalog
import GRDB

extension Database {
    /// A whole record; its drift is what its version's row says.
    func insert(_ record: TargetRecord) throws {
        let applied = record.applied
        try run(
            """
            INSERT INTO targets (\(TargetRecord.columns), kind, service, title, phase, rank)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                record.target.id, record.template, record.environment, record.owner, record.stage.rawValue,
                record.connection, record.desired.version.major, record.desired.version.minor, record.desired.spec,
                record.desired.revision, record.attempted?.number, applied?.deployment.number, applied?.version.major,
                applied?.version.minor, applied?.spec, applied?.revision, applied?.outputs.stored,
                applied?.at.milliseconds, record.isUncertain ? 1 : 0, record.createdAt.milliseconds,
                record.stack.map { StoredJSON.text($0.value) }, record.attachment?.id,
                record.target.kind.rawValue, record.target.service ?? "", record.target.title, nil as String?,
                try applied.map { try rank(of: record.template, $0.version) } ?? 0,
            ])
    }

    /// What a target on this version is told; see `VersionDrift.rank`.
    func rank(of template: String, _ number: VersionNumber) throws -> Int {
        try int(
            "SELECT rank FROM versions WHERE template = ? AND major = ? AND minor = ?",
            [template, number.major, number.minor]) ?? 0
    }
}
