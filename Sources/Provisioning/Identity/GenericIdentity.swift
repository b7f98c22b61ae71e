internal import CloudFormation

/// Ids and attributes of types that have no line of their own: by what their names end in.
struct GenericIdentity {
    let type: String

    /// The primary identifier where there is one, as newer types have it; else a made name.
    func physicalID(_ facts: ResourceTypeFacts?, _ maker: IdentityMaker) -> String {
        let name = maker.text(of: "name", "")
        guard let identifier = facts?.primaryIdentifier, identifier.count == 1, let path = identifier.first else {
            return name
        }
        let own = maker.text(of: "p", Substring(path.description))
        if !own.isEmpty { return own }
        var maker = maker
        maker.physicalID = name
        let isMade = facts?.readOnly.contains(path) ?? false
        return isMade ? attribute(path.steps.joined(separator: "."), maker) : name
    }

    func attribute(_ name: String, _ maker: IdentityMaker) -> String {
        let own = maker.text(of: "p", Substring(name.replacing(".", with: "/")))
        if !own.isEmpty { return own }
        let salt = Substring(name)
        let last = name.split(separator: ".").last.map(String.init) ?? name
        func ends(_ words: String...) -> Bool { words.contains { last.lowercased().hasSuffix($0) } }
        if ends("arn") { return arn(maker) }
        if ends("url", "uri") {
            return "https://\(maker.text(of: "lower10", salt)).\(service).\(maker.region).amazonaws.com"
        }
        if ends("dnsname", "domainname", "address", "endpoint", "host") {
            return "\(maker.text(of: "lower10", salt)).\(service).\(maker.region).amazonaws.com"
        }
        if ends("port") { return "443" }
        if ends("version", "revision") { return String(maker.generation + 1) }
        if ends("status", "state") { return "ACTIVE" }
        if ends("time", "timestamp", "date", "at") { return "2026-01-01T00:00:00Z" }
        if ends("name"), !maker.physicalID.isEmpty { return lastPart(maker.physicalID) }
        if ends("id") { return maker.text(of: "lower16", salt) }
        return "\(maker.logicalID)-\(last)-\(maker.text(of: "hex8", salt))"
    }

    private func arn(_ maker: IdentityMaker) -> String {
        if maker.physicalID.hasPrefix("arn:") { return maker.physicalID }
        let words = type.split(separator: ":").map { $0.lowercased() }
        let kind = words.count > 2 ? words[words.count - 1] : "resource"
        return "arn:aws:\(service):\(maker.region):\(maker.account):\(kind)/\(lastPart(maker.physicalID))"
    }

    private var service: String {
        let words = type.split(separator: ":")
        return words.count > 1 ? words[1].lowercased() : "custom"
    }

    private func lastPart(_ id: String) -> String {
        id.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? id
    }
}
