internal import Catalog
internal import Documents

/// Something that a service refuses and no schema can say, because it lies between properties, resources or days.
struct ServiceRule: Sendable {
    /// The types that it is about.
    let types: [String]
    let check: @Sendable (Proposal) -> Refusal?

    init(_ types: String..., check: @escaping @Sendable (Proposal) -> Refusal?) {
        self.types = types
        self.check = check
    }

    /// The first thing that a service would refuse of `proposal`; `nil` when it would carry it out.
    static func refusal(of proposal: Proposal) -> Refusal? {
        for rule in byType[proposal.type] ?? [] {
            if let refusal = rule.check(proposal) { return refusal }
        }
        return nil
    }

    /// What the rules of a type look at in other stacks: what shares a network, a table, a listener.
    struct Neighbourhood: Sendable {
        /// The property of the proposal that names the shared thing.
        var property: String
        var type: String
        /// The property in which a neighbour names it too; `nil` where the neighbour is that thing.
        var sharing: String?
    }

    static let neighbourhoods: [String: [Neighbourhood]] = [
        "AWS::EC2::Subnet": [
            Neighbourhood(property: "VpcId", type: "AWS::EC2::VPC"),
            Neighbourhood(property: "VpcId", type: "AWS::EC2::VPCCidrBlock", sharing: "VpcId"),
            Neighbourhood(property: "VpcId", type: "AWS::EC2::Subnet", sharing: "VpcId"),
        ],
        "AWS::EC2::Route": [
            Neighbourhood(property: "RouteTableId", type: "AWS::EC2::Route", sharing: "RouteTableId")
        ],
        "AWS::ElasticLoadBalancingV2::Listener": [
            Neighbourhood(
                property: "LoadBalancerArn", type: "AWS::ElasticLoadBalancingV2::Listener", sharing: "LoadBalancerArn")
        ],
        "AWS::ElasticLoadBalancingV2::ListenerRule": [
            Neighbourhood(
                property: "ListenerArn", type: "AWS::ElasticLoadBalancingV2::ListenerRule", sharing: "ListenerArn")
        ],
    ]

    private static let byType: [String: [ServiceRule]] = {
        let all =
            NetworkRules.all + ContainerRules.all + FunctionRules.all + DatabaseRules.all + BalancerRules.all
            + ScalingRules.all + SettingRules.all + NameRules.all
        var table: [String: [ServiceRule]] = [:]
        for rule in all { for type in rule.types { table[type, default: []].append(rule) } }
        return table
    }()
}

/// What a service says to a request that it does not carry out.
struct Refusal: Hashable, Sendable {
    /// One sentence: what must hold, and what was asked for.
    var reason: String
    /// One sentence that starts with a verb: what would be right.
    var hint: String

    init(_ reason: String, hint: String) {
        self.reason = reason
        self.hint = hint
    }
}

/// A request to a service: one resource with its evaluated properties, and what stands around it.
struct Proposal: Sendable {
    var logicalID: String
    var type: String
    var properties: Value
    var physicalID: String = ""
    /// The stack's other resources as they are now, and what other stacks have beside them.
    var others: [ProvisionedResource] = []
    /// Whether there is none yet.
    var isNew = true
    /// The day of the deployment, as `2026-11-23`; empty where nobody said.
    var day = ""

    subscript(path: String) -> Value? {
        properties[Pointer(path.split(separator: "/").map(String.init))]
    }

    func text(_ path: String) -> String? {
        self[path].flatMap(ScalarText.of)
    }

    /// A whole number, also where it is written as text.
    func int(_ path: String) -> Int? { self[path]?.wholeNumber }

    func list(_ path: String) -> [Value] { self[path]?.list ?? [] }

    func others(of type: String) -> [ProvisionedResource] { others.filter { $0.type == type } }
}

extension Value {
    /// A whole number, also where it is written as text, as templates may do.
    ///
    /// Cut at a million millions either way, so that rules can calculate without overflow.
    var wholeNumber: Int? {
        let whole: Int? =
            switch self {
            case .number(let number): number.int
            case .string(let text): Int(text)
            case .null, .bool, .list, .object: nil
            }
        return whole.map { Swift.min(Swift.max($0, -1_000_000_000_000), 1_000_000_000_000) }
    }

    func text(_ key: String) -> String? { self[key].flatMap(ScalarText.of) }
    func int(_ key: String) -> Int? { self[key]?.wholeNumber }

    /// Whether it is filled in by the service when it deploys, so that nothing can be said of it here.
    var isDynamic: Bool { string?.contains("{{resolve:") ?? false }
}

/// Lists in words: `512, 1024 or 2048`.
func alternatives(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " or " + last
}
