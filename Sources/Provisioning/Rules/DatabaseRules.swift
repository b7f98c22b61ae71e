internal import Catalog
internal import Documents

/// What RDS and DynamoDB refuse.
enum DatabaseRules {
    static let all = [
        ServiceRule("AWS::RDS::DBInstance", check: instanceClass),
        ServiceRule("AWS::RDS::DBInstance", check: storage),
        ServiceRule("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", check: password),
        ServiceRule("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", check: user),
        ServiceRule("AWS::RDS::DBInstance", check: databaseName),
        ServiceRule("AWS::RDS::DBSubnetGroup", check: zones),
        ServiceRule("AWS::DynamoDB::Table", check: keys),
    ]

    private static func instanceClass(_ proposal: Proposal) -> Refusal? {
        guard let name = proposal.text("DBInstanceClass") else { return nil }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count < 3 || parts.count > 4 || parts[0] != "db" || parts.contains("") else { return nil }
        let full = parts.count == 2 ? "db.\(name)" : "db.t4g.micro"
        return Refusal(
            "The class of a database must be db, a family and a size, but is \(name).",
            hint: "Choose \(full), for instance.")
    }

    /// Least storage by engine and storage type, in GiB (RDS user guide, "DB instance storage").
    private static func storage(_ proposal: Proposal) -> Refusal? {
        let engine = proposal.text("Engine") ?? ""
        guard !engine.hasPrefix("aurora"), let size = proposal.int("AllocatedStorage") else { return nil }
        let type = proposal.text("StorageType") ?? "gp2"
        let isProvisioned = type == "io1" || type == "io2"
        let least = isProvisioned ? 100 : (type == "standard" && !engine.hasPrefix("sqlserver") ? 5 : 20)
        if size < least {
            return Refusal(
                "The storage of a \(engine) database on \(type) must be at least \(least) GiB, but is \(size).",
                hint: "Choose \(least) or more.")
        }
        let most = engine.hasPrefix("sqlserver") ? 16_384 : 65_536
        if size > most {
            return Refusal(
                "The storage of a \(engine) database must be at most \(most) GiB, but is \(size).",
                hint: "Choose \(most) or less.")
        }
        guard let grown = proposal.int("MaxAllocatedStorage"), grown <= size else { return nil }
        return Refusal(
            "The storage that a database may grow to must be above its \(size) GiB, but is \(grown).",
            hint: "Choose \(size + (size + 9) / 10) or more, or leave MaxAllocatedStorage out.")
    }

    private static func password(_ proposal: Proposal) -> Refusal? {
        let isManaged = proposal.text("ManageMasterUserPassword") == "true"
        guard let password = proposal["MasterUserPassword"] else {
            let isCopied = [
                "DBSnapshotIdentifier", "SourceDBInstanceIdentifier", "DBClusterIdentifier",
                "SnapshotIdentifier", "SourceDBClusterIdentifier",
            ].contains { proposal[$0] != nil }
            guard !isManaged, !isCopied, proposal.isNew else { return nil }
            return Refusal(
                "A new database must have a password for its first user, but has none.",
                hint: "Set ManageMasterUserPassword to true, so that nobody has to know one.")
        }
        if isManaged {
            return Refusal(
                "A managed password must not be given, but MasterUserPassword is set too.",
                hint: "Remove MasterUserPassword.")
        }
        guard !password.isDynamic, let text = password.string else { return nil }
        let most = (proposal.text("Engine") ?? "").contains("postgres") ? 128 : 41
        let count = text.unicodeScalars.count
        if !(8...most).contains(count) {
            return Refusal(
                "A database password must have 8 to \(most) characters, but has \(count).",
                hint: "Choose another one, or set ManageMasterUserPassword to true.")
        }
        let isGood = text.unicodeScalars.allSatisfy {
            (0x21...0x7E).contains($0.value) && !"/\"@".unicodeScalars.contains($0)
        }
        guard !isGood else { return nil }
        return Refusal(
            "A database password must be printable ASCII without / \" @ and spaces, but has another sign.",
            hint: "Choose another one, or set ManageMasterUserPassword to true.")
    }

    private static func user(_ proposal: Proposal) -> Refusal? {
        guard let name = proposal.text("MasterUsername"), !name.contains("{{resolve:") else { return nil }
        let isPostgres = (proposal.text("Engine") ?? "").contains("postgres")
        let reserved = isPostgres ? ["admin", "postgresql", "rdsadmin", "rds_superuser"] : ["rdsadmin"]
        if reserved.contains(name.lowercased()) {
            return Refusal(
                "The first user of a database must not have a reserved name, but is \(name).", hint: "Choose another.")
        }
        guard !isWord(name, limit: isPostgres ? 63 : 32) else { return nil }
        return Refusal(
            "The first user of a database must be letters, digits and underscores after a letter, but is \(name).",
            hint: "Write it like owner.")
    }

    private static func databaseName(_ proposal: Proposal) -> Refusal? {
        guard let name = proposal.text("DBName"), let engine = proposal.text("Engine") else { return nil }
        let isPostgres = engine.contains("postgres")
        if isPostgres, ["db", "postgres", "template0", "template1"].contains(name.lowercased()), name != "postgres" {
            return Refusal("A database must not have a reserved name, but is called \(name).", hint: "Choose another.")
        }
        guard !isWord(name, limit: isPostgres ? 63 : 64), !engine.hasPrefix("oracle") else { return nil }
        return Refusal(
            "A database's name must be letters, digits and underscores after a letter, but is \(name).",
            hint: "Write it like orders.")
    }

    private static func isWord(_ text: String, limit: Int) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic || first == "_" else {
            return false
        }
        return text.utf8.count <= limit
            && text.unicodeScalars.allSatisfy {
                $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            }
    }

    private static func zones(_ proposal: Proposal) -> Refusal? {
        guard let zones = proposal.zones(ofSubnets: "SubnetIds"), zones.count < 2 else { return nil }
        return Refusal(
            "The subnets of a database must lie in at least two zones, but all lie in \(zones.joined()).",
            hint: "Add a subnet in another zone.")
    }

    private static func keys(_ proposal: Proposal) -> Refusal? {
        let defined = proposal.list("AttributeDefinitions").compactMap { $0.text("AttributeName") }
        let indexes = proposal.list("GlobalSecondaryIndexes") + proposal.list("LocalSecondaryIndexes")
        let schemas = [proposal.list("KeySchema")] + indexes.map { $0["KeySchema"]?.list ?? [] }
        let used = schemas.flatMap { $0.compactMap { $0.text("AttributeName") } }
        if let name = used.first(where: { !defined.contains($0) }) {
            return Refusal(
                "A key of a table must be one of its attributes (\(defined.joined(separator: ", "))), but is \(name).",
                hint: "Define it in AttributeDefinitions.")
        }
        if let name = defined.first(where: { !used.contains($0) }) {
            return Refusal(
                "An attribute that a table defines must be a key somewhere, but \(name) is none.", hint: "Remove it.")
        }
        let isOnDemand = proposal.text("BillingMode") == "PAY_PER_REQUEST"
        guard !isOnDemand, proposal["ProvisionedThroughput"] == nil, proposal.isNew else { return nil }
        return Refusal(
            "A table that is not paid per request must have a throughput, but has none.",
            hint: "Set BillingMode to PAY_PER_REQUEST, or ProvisionedThroughput.")
    }
}

extension Proposal {
    /// The zones of the subnets that a property lists; `nil` where one of them is not in this stack.
    func zones(ofSubnets property: String) -> [String]? {
        let ids = list(property).compactMap(ScalarText.of)
        let subnets = others(of: "AWS::EC2::Subnet").filter { ids.contains($0.physicalID) }
        guard !ids.isEmpty, subnets.count == Set(ids).count else { return nil }
        let zones = subnets.compactMap { $0.properties.text("AvailabilityZone") }
        return zones.count == subnets.count ? Array(Set(zones)).sorted() : nil
    }
}
