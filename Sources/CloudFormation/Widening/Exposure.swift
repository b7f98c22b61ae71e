internal import Documents

/// A property that opens a resource to the outside.
struct Exposure {
    let path: [String]
    let kind: Widening.Kind
    /// What it then does, after "It", and the same after "It may".
    let words: (does: String, may: String)
    /// Whether a value opens it; `nil` stands for the property left out.
    let isOpen: @Sendable (Term?) -> Bool
    /// Whether an added resource that is open is worth a line.
    var isToldOfNew = true

    private static let yes: @Sendable (Term?) -> Bool = { $0?.text?.lowercased() == "true" }
    private static let unlessNo: @Sendable (Term?) -> Bool = { $0?.text?.lowercased() != "false" }

    private static func equal(_ text: String) -> @Sendable (Term?) -> Bool {
        { $0?.text == text }
    }

    private static let publicAddress = Exposure(
        path: ["PubliclyAccessible"], kind: .network, words: ("gets a public address", "get a public address"),
        isOpen: yes)

    private static let scheme = Exposure(
        path: ["Scheme"], kind: .network, words: ("faces the internet", "face the internet"),
        isOpen: { $0.map { $0.text == "internet-facing" } ?? true })

    private static func blocks(of root: [String]) -> [Exposure] {
        ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].map { name in
            Exposure(
                path: root + [name], kind: .permission,
                words: (
                    "no longer has \(name), which keeps the public out",
                    "no longer have \(name), which keeps the public out"
                ),
                isOpen: unlessYes, isToldOfNew: false)
        }
    }

    private static let unlessYes: @Sendable (Term?) -> Bool = { $0?.text?.lowercased() != "true" }

    private static let types: [String: [Exposure]] = [
        "AWS::S3::Bucket": blocks(of: ["PublicAccessBlockConfiguration"]) + [
            Exposure(
                path: ["AccessControl"], kind: .permission, words: ("lets anyone read", "let anyone read"),
                isOpen: equal("PublicRead")),
            Exposure(
                path: ["AccessControl"], kind: .permission,
                words: ("lets anyone read and write", "let anyone read and write"),
                isOpen: equal("PublicReadWrite")),
        ],
        "AWS::S3::AccessPoint": blocks(of: ["PublicAccessBlockConfiguration"]),
        "AWS::RDS::DBInstance": [publicAddress], "AWS::RDS::DBCluster": [publicAddress],
        "AWS::DMS::ReplicationInstance": [
            Exposure(
                path: ["PubliclyAccessible"], kind: .network, words: ("gets a public address", "get a public address"),
                isOpen: unlessNo)
        ],
        "AWS::Redshift::Cluster": [publicAddress], "AWS::RedshiftServerless::Workgroup": [publicAddress],
        "AWS::AmazonMQ::Broker": [publicAddress],
        "AWS::ElasticLoadBalancingV2::LoadBalancer": [scheme], "AWS::ElasticLoadBalancing::LoadBalancer": [scheme],
        "AWS::EKS::Cluster": [
            Exposure(
                path: ["ResourcesVpcConfig", "EndpointPublicAccess"], kind: .network,
                words: ("is reached from outside of its network", "be reached from outside of its network"),
                isOpen: unlessNo)
        ],
        "AWS::ECS::Service": [
            Exposure(
                path: ["NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"], kind: .network,
                words: ("gives its tasks public addresses", "give its tasks public addresses"), isOpen: equal("ENABLED")
            )
        ],
        "AWS::EC2::Subnet": [
            Exposure(
                path: ["MapPublicIpOnLaunch"], kind: .network,
                words: ("gives public addresses to what starts in it", "give public addresses to what starts in it"),
                isOpen: yes, isToldOfNew: false)
        ],
        "AWS::Lambda::Url": [
            Exposure(
                path: ["AuthType"], kind: .permission, words: ("lets anyone call", "let anyone call"),
                isOpen: equal("NONE"))
        ],
        "AWS::Serverless::Function": [
            Exposure(
                path: ["FunctionUrlConfig", "AuthType"], kind: .permission,
                words: ("lets anyone call", "let anyone call"),
                isOpen: equal("NONE"))
        ],
        "AWS::ApiGateway::Method": [
            Exposure(
                path: ["AuthorizationType"], kind: .permission, words: ("lets anyone call", "let anyone call"),
                isOpen: { $0.map { $0.text == "NONE" } ?? true })
        ],
        "AWS::ApiGatewayV2::Route": [
            Exposure(
                path: ["AuthorizationType"], kind: .permission, words: ("lets anyone call", "let anyone call"),
                isOpen: { $0.map { $0.text == "NONE" } ?? true }, isToldOfNew: false)
        ],
    ]

    static func all(of type: String) -> [Exposure] { types[type] ?? [] }
}

/// Finds what is open to the outside and was not.
struct ExposureWidening {
    let old: EvaluatedResource?
    let new: EvaluatedResource
    var list: WideningList

    mutating func run() {
        guard isReachable else { return }
        for exposure in Exposure.all(of: new.type) { compare(exposure) }
        if new.type == "AWS::EKS::Cluster" { compareBlocks(["ResourcesVpcConfig", "PublicAccessCidrs"]) }
    }

    /// Preflight calls carry no authorization, and gateway balancers face nobody.
    private var isReachable: Bool {
        switch new.type {
        case "AWS::ApiGateway::Method": new.properties["HttpMethod"]?.text != "OPTIONS"
        case "AWS::ElasticLoadBalancingV2::LoadBalancer": new.properties["Type"]?.text != "gateway"
        default: true
        }
    }

    private mutating func compare(_ exposure: Exposure) {
        let (before, after) = (old?.properties[exposure.path], new.properties[exposure.path])
        guard old != nil || exposure.isToldOfNew, old == nil || before != after else { return }
        if let old, exposure.isOpen(before), before?.isKnown ?? old.properties.isKnown { return }
        if old == nil, !(after?.isKnown ?? true) { return }
        let isCertain = after?.isKnown ?? true
        // What is not known may be open.
        guard exposure.isOpen(after) || !isCertain else { return }
        let sentence = isCertain ? "It \(exposure.words.does)." : "It may \(exposure.words.may)."
        list.add(
            exposure.kind, sentence, ["Properties"] + (after == nil ? exposure.path.prefix(1) : exposure.path[...]),
            at: after?.position ?? new.position, isCertain: isCertain)
    }

    private mutating func compareBlocks(_ path: [String]) {
        guard let old else { return }
        guard let after = new.properties[path] else {
            guard old.properties[path] != nil else { return }
            list.add(.network, "It is reached from the whole internet.", ["Properties"] + path, at: new.position)
            return
        }
        let olds = (old.properties[path]?.items ?? []).compactMap { $0.text.flatMap { AddressBlock($0) } }
        guard old.properties[path] != nil else { return }
        for item in after.items {
            guard let block = item.text.flatMap({ AddressBlock($0) }), !olds.contains(where: { $0.contains(block) })
            else {
                continue
            }
            list.add(.network, "It is reached from \(block.text) too.", ["Properties"] + path, at: item.position)
        }
    }
}
