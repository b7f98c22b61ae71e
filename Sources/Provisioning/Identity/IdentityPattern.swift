internal import Documents

/// A text with places to fill in, from which ids and attributes are made.
///
/// Places: `{hex17}` `{hex8:salt}` `{suffix}` `{lower10}` `{decimal10}` `{uuid}` made from the stack, the logical id
/// and the generation; `{name:Property}` the property, or a name that the service would make; `{p:A/B}` the property,
/// `{p:A/B|other}` with what stands for it when absent, `{first:A,B}` the first that is there, `{last:A}` its end after
/// the last slash or colon, `{tail:A}` its end after the first slash; `{ref}` the physical id; `{region}` `{account}`
/// `{stack}` `{logical}` `{revision}`, and a few that only one service has.
struct IdentityPattern {
    private enum Part {
        case text(String)
        case place(name: Substring, argument: Substring)
    }

    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.text(String(rest[..<open])))
            let inside = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            parts.append(.place(name: inside.first ?? "", argument: inside.count == 2 ? inside[1] : ""))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    func text(for maker: IdentityMaker) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let own): text += own
            case .place(let name, let argument): text += maker.text(of: name, argument)
            }
        }
    }
}

/// What the places of a pattern are filled from, for one resource.
struct IdentityMaker {
    let stack: String
    let logicalID: String
    let generation: Int
    let properties: Value
    let region: String
    let account: String
    /// Empty while the physical id itself is made.
    var physicalID = ""
    /// How long a made name may be, and whether it must be small letters.
    var nameLimit = 64
    var isLowercase = false

    func text(of place: Substring, _ argument: Substring) -> String {
        switch place {
        case "ref": return physicalID
        case "region": return region
        case "account": return account
        case "stack": return stack
        case "logical": return logicalID
        case "revision": return String(generation + 1)
        case "name": return property(argument) ?? madeName
        case "p":
            let parts = argument.split(separator: "|", maxSplits: 1)
            return parts.first.flatMap { property($0) } ?? (parts.count == 2 ? String(parts[1]) : "")
        case "first": return argument.split(separator: ",").lazy.compactMap { property($0) }.first ?? ""
        case "tail": return property(argument).map { String($0.drop { $0 != "/" }.dropFirst()) } ?? ""
        case "last":
            let whole = text(of: "p", argument)
            return whole.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? whole
        case "zone": return property("AvailabilityZone") ?? region + "a"
        case "octet": return String(1 + (Int(seed(argument).hex(2), radix: 16) ?? 0) % 254)
        case "family": return property("Family") ?? (stack + logicalID).filter { $0.isLetter || $0.isNumber }
        case "kind": return ["network": "net", "gateway": "gwy"][property("Type") ?? ""] ?? "app"
        case "port": return property("Port") ?? Self.databasePort(property("Engine") ?? "")
        case "uuid": return seed(argument).uuid
        case "suffix": return seed(argument).suffix()
        default: return made(place, argument)
        }
    }

    /// `hex17` and the like: an alphabet and a count.
    private func made(_ place: Substring, _ salt: Substring) -> String {
        let kind = place.prefix { !$0.isNumber }
        let count = Int(place.dropFirst(kind.count)) ?? 0
        switch kind {
        case "hex": return seed(salt).hex(count)
        // Ids of EC2 begin with a zero.
        case "id": return "0" + seed(salt).hex(max(0, count - 1))
        case "lower": return seed(salt).lowercase(count)
        case "decimal": return seed(salt).decimal(count)
        default: return ""
        }
    }

    private static func databasePort(_ engine: String) -> String {
        let ports = [("postgres", "5432"), ("oracle", "1521"), ("sqlserver", "1433"), ("neptune", "8182")]
        return ports.first { engine.contains($0.0) }?.1 ?? "3306"
    }

    private func seed(_ salt: Substring) -> Seed {
        Seed("\(stack)/\(logicalID)/\(generation)/\(salt)")
    }

    /// `stack-LogicalId-SUFFIX`, its parts cut evenly where the service allows less.
    private var madeName: String {
        let suffix = seed("name").suffix(nameLimit < 40 ? 12 : 13)
        let room = max(4, nameLimit - suffix.count - 2)
        var (left, right) = (stack, logicalID)
        if left.count + right.count > room {
            left = String(left.prefix(max(room / 2, room - right.count)))
            right = String(right.prefix(room - left.count))
        }
        let name = "\(left)-\(right)-\(suffix)"
        return isLowercase ? name.lowercased() : name
    }

    private func property(_ path: some StringProtocol) -> String? {
        let value = properties[Pointer(String(path).split(separator: "/").map(String.init))]
        guard let text = value.flatMap(ScalarText.of), !text.isEmpty else { return nil }
        return text
    }
}

/// Scalars as the service passes them on: everything is text in the end.
enum ScalarText {
    static func of(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    /// Any value as one text: lists with commas between, what is neither as JSON.
    static func joined(_ value: Value) -> String {
        if case .list(let items) = value { return items.map(joined).joined(separator: ",") }
        return of(value) ?? value.json()
    }
}
