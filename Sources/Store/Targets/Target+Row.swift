import Catalog
import Documents

extension TargetRecord {
    static let columns = """
        target, template, environment, owner, stage, connection, desired_major, desired_minor, desired_spec,
        desired_revision, attempted, applied_deployment, applied_major, applied_minor, applied_spec, applied_revision,
        applied_outputs, applied_at, is_uncertain, created_at, stack, attachment
        """

    init(_ columns: inout Columns) throws {
        self.init(
            target: try columns.target(), template: columns.text(), environment: columns.text(),
            owner: columns.text(), stage: try columns.choice(), connection: columns.text(),
            desired: DesiredState(version: columns.number(), spec: columns.text(), revision: columns.int()),
            attempted: columns.optionalDeployment(), applied: try AppliedState(&columns),
            isUncertain: columns.bool(), createdAt: columns.instant())
        stack = columns.optionalText().flatMap(StoredJSON.value).flatMap(StackIdentity.init(value:))
        attachment = columns.optionalText().flatMap(Target.init(id:))
    }
}

extension AppliedState {
    fileprivate init?(_ columns: inout Columns) throws {
        let deployment = columns.optionalDeployment()
        let version = columns.optionalNumber()
        let spec = columns.text()
        let revision = columns.int()
        let outputs = columns.optionalText()
        let at = columns.instant()
        guard let version else { return nil }
        self.init(
            deployment: deployment ?? Deployment.ID(0), version: version, spec: spec, revision: revision,
            outputs: [Output](stored: outputs.flatMap(StoredJSON.value) ?? .list([])), at: at)
    }
}

extension Service {
    static let columns =
        "name, template, owner, repository, branch, connection, spec, revision, created_at"

    init(_ columns: inout Columns) {
        self.init(
            name: columns.text(), template: columns.text(), owner: columns.text(), repository: columns.text(),
            branch: columns.text(), repositoryConnection: columns.text(), spec: columns.text(),
            revision: columns.int(), createdAt: columns.instant())
    }
}

extension FleetRow {
    /// Needs `targets` joined with `versions` by the version that the target is seen on.
    static let columns = """
        targets.target, targets.template, targets.environment, targets.owner, targets.stage, applied_major,
        applied_minor, desired_major, desired_minor, offer_major, offer_minor, targets.rank, is_drifted, is_uncertain,
        targets.attachment, phase, attempted, since
        """

    static let joinVersions = """
        LEFT JOIN versions ON versions.template = targets.template AND versions.major = targets.major
            AND versions.minor = targets.minor
        """

    init(_ columns: inout Columns) throws {
        self.init(
            target: try columns.target(), template: columns.text(), environment: columns.text(),
            owner: columns.text(), stage: try columns.choice(), running: columns.optionalNumber(),
            desired: columns.number(), recommended: columns.optionalNumber(), drift: VersionDrift(rank: columns.int()),
            hasSpecDrift: columns.bool(), isUncertain: columns.bool(),
            attachment: columns.optionalText().flatMap(Target.init(id:)), phase: try columns.optionalChoice(),
            deployment: columns.optionalDeployment(), since: columns.instant())
    }
}
