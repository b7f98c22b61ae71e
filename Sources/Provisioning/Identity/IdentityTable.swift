internal import Catalog
internal import CloudFormation
internal import Documents

/// How each type's physical id and attributes look.
enum IdentityTable {
    struct Entry {
        var physicalID: IdentityPattern
        /// In the order of the table.
        var attributes: [(name: String, pattern: IdentityPattern)]
        var nameLimit = 64
        var isLowercase = false
        /// Whether a person may choose the physical id, so that a second one can't stand beside the first.
        var isNamed: Bool
    }

    static let entries: [String: Entry] = {
        let lines = [network, compute, data, governance].flatMap { $0.split(separator: "\n") }
        return Dictionary(lines.compactMap(entry)) { first, _ in first }
    }()

    private static func entry(_ line: Substring) -> (String, Entry)? {
        let words = line.split(separator: " ")
        guard words.count >= 2 else { return nil }
        let head = words[0].split(separator: "@")
        var entry = Entry(
            physicalID: IdentityPattern(String(words[1])), attributes: [], isNamed: words[1].contains("{name:"))
        for word in head.dropFirst() {
            switch word {
            case "lower": entry.isLowercase = true
            case "scoped": entry.isNamed = false
            default: entry.nameLimit = Int(word) ?? entry.nameLimit
            }
        }
        for word in words.dropFirst(2) {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            entry.attributes.append((String(parts[0]), IdentityPattern(String(parts[1]))))
        }
        return (String(head[0]), entry)
    }
}

/// Gives a resource its physical id and its attributes, as its service would.
struct Identity {
    let physicalID: String
    let attributes: [String: String]

    /// - Parameter keeping: The physical id that it has already; `nil` for a new one.
    init(type: String, _ maker: IdentityMaker, keeping: String? = nil) {
        var maker = maker
        let entry = IdentityTable.entries[type]
        let facts = ResourceFacts.facts(for: type, region: maker.region)
        if let entry {
            maker.nameLimit = entry.nameLimit
            maker.isLowercase = entry.isLowercase
        }
        let generic = GenericIdentity(type: type)
        physicalID = keeping ?? entry?.physicalID.text(for: maker) ?? generic.physicalID(facts, maker)
        maker.physicalID = physicalID
        var attributes: [String: String] = [:]
        for path in facts?.readOnly ?? [] where !path.steps.contains("*") {
            let name = path.steps.joined(separator: ".")
            attributes[name] = generic.attribute(name, maker)
        }
        for (name, pattern) in entry?.attributes ?? [] { attributes[name] = pattern.text(for: maker) }
        self.attributes = attributes
    }

    /// What `Fn::GetAtt` gives of a recorded resource; names that no table has are made by the generic rule.
    static func attribute(_ name: String, of record: ProvisionedResource, in job: Job) -> Value {
        let text =
            record.attributes[name]
            ?? GenericIdentity(type: record.type).attribute(
                name, IdentityMaker(record, in: job))
        guard listAttributes.contains(name) else { return .string(text) }
        return .list(text.split(separator: ",").map { .string(String($0)) })
    }

    private static let listAttributes: Set<String> = [
        "CidrBlockAssociations", "DnsEntries", "Ipv6CidrBlocks", "LoadBalancerArns", "NameServers",
        "NetworkInterfaceIds", "SecurityGroups",
    ]
}

extension IdentityMaker {
    init(_ record: ProvisionedResource, in job: Job) {
        self.init(
            stack: job.stack, logicalID: record.logicalID, generation: record.generation,
            properties: record.properties, region: job.region, account: job.account, physicalID: record.physicalID)
    }
}
