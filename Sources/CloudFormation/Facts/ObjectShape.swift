internal import Synchronization

/// Which members an object of a resource's properties takes, as far as that is certain in every region.
struct ObjectShape: Sendable {
    struct Member: Sendable {
        let isRequired: Bool
        /// The number of the shape of its value, or of the items of its value.
        let shape: Int?
        let isList: Bool
    }

    /// In alphabetical order.
    let names: [String]
    let members: [String: Member]
    /// Whether it takes other members too.
    let isOpen: Bool

    /// The properties of a resource type; `nil` for one of which nothing is known.
    static func properties(of type: String) -> ObjectShape? {
        type.contains("::") ? shape(type) : nil
    }

    static func numbered(_ number: Int) -> ObjectShape? {
        shape("#\(number)")
    }

    /// What was asked for before.
    private static let decoded = Mutex<[String: ObjectShape]>([:])

    private static func shape(_ key: String) -> ObjectShape? {
        if let known = decoded.withLock({ $0[key] }) { return known }
        guard let line = FactLines.shapes.line(of: key), let tab = line.firstIndex(of: "\t") else { return nil }
        let shape = ObjectShape(line[line.index(after: tab)...])
        decoded.withLock { $0[key] = shape }
        return shape
    }

    /// Reads `Name!:12,Others*7,Plain,...`.
    private init(_ text: Substring) {
        var names: [String] = []
        var members: [String: Member] = [:]
        var isOpen = false
        for field in text.split(separator: ",") {
            if field == "..." {
                isOpen = true
                continue
            }
            let parts = field.split(maxSplits: 1) { $0 == ":" || $0 == "*" }
            guard var name = parts.first else { continue }
            let isRequired = name.last == "!"
            if isRequired { name.removeLast() }
            names.append(String(name))
            members[String(name)] = Member(
                isRequired: isRequired, shape: parts.count == 2 ? Int(parts[1]) : nil, isList: field.contains("*"))
        }
        (self.names, self.members, self.isOpen) = (names, members, isOpen)
    }
}
