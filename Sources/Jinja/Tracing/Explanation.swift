import Documents

/// Finds what took part in a fault, once it has come about: nothing is noted while all goes well.
///
/// What is told is what the failing instruction took, and every name that led to it. Secrets, and what was made of them,
/// are told by their kind alone.
struct Explanation {
    let secrets: SecretValues
    private let unit: Unit
    private let frame: Frame.Reference
    private let tracer: UnsafeMutablePointer<Tracer>
    private var told: [(title: String, sentence: String)] = []

    private static let most = 6
    private static let longest = 60

    /// - Parameter sp: As the instruction left it when it failed.
    static func values(
        _ secrets: SecretValues, _ unit: Unit, _ pc: Int, _ frame: Frame.Reference, _ sp: UnsafeMutablePointer<Item>,
        _ tracer: UnsafeMutablePointer<Tracer>
    ) -> [String] {
        var explanation = Explanation(secrets: secrets, unit: unit, frame: frame, tracer: tracer)
        explanation.tell(pc, sp)
        return explanation.told.prefix(most).map(\.sentence)
    }

    private init(
        secrets: SecretValues, unit: Unit, frame: Frame.Reference, tracer: UnsafeMutablePointer<Tracer>
    ) {
        self.secrets = secrets
        self.unit = unit
        self.frame = frame
        self.tracer = tracer
    }

    private mutating func tell(_ pc: Int, _ sp: UnsafeMutablePointer<Item>) {
        let instruction = unit.code[pc]
        tellName(pc)
        let (below, count) = unit.operands(of: instruction)
        guard count > 0 else { return }
        let items = UnsafeBufferPointer(start: sp - below, count: count)
        let origins = tracer.pointee.operands(of: pc, count: count)
        for (index, phrase) in Phrase.all(count, before: pc, in: unit).enumerated() {
            let item = items[index]
            if !isOpen(item, origins?[index]) { secrets.hide(item, in: unit.source) }
            guard let phrase, !phrase.isConstant else { continue }
            if let title = phrase.title(in: unit) { tell(title, item, origins?[index]) }
            for part in phrase.range { tellName(part) }
        }
    }

    // MARK: Names

    /// Tells the name that an instruction reads, as far as there is a value.
    private mutating func tellName(_ pc: Int) {
        let instruction = unit.code[pc]
        switch instruction.operation {
        case .load, .loadSoft, .path, .pathSoft, .emitPath: break
        default: return
        }
        let hops = Int(instruction.d)
        let slot = Int(instruction.a)
        let root = frame.slots(hops)[slot]
        let origin = frame.origins(hops)?[slot]
        if instruction.operation == .load || instruction.operation == .loadSoft {
            return tell(unit.names[Int(instruction.b)].text.string, root, origin)
        }
        let path = unit.paths[Int(instruction.b)]
        var item = root
        var count = 0
        while count < path.count, case .map(let map) = item, let next = map[path.steps[count].name.text] {
            item = next
            count += 1
        }
        tell(
            unit.spelling(of: path, upTo: count), item,
            origin.map { tracer.pointee.origin(of: path, upTo: count, $0, root) })
    }

    // MARK: Values

    private mutating func tell(_ title: String, _ item: Item, _ origin: Origins.Origin?) {
        // What is not there the fault itself tells, and functions are no values of anybody's.
        if case .native(let object) = item, object.native.isCallable { return }
        guard !item.isUndefined, !told.contains(where: { $0.title == title }) else { return }
        guard secrets.allows(title) else { return }
        told.append((title, "\(title) is \(shown(item, origin, title))."))
    }

    private func shown(_ item: Item, _ origin: Origins.Origin?, _ title: String) -> String {
        let isOpen = isOpen(item, origin)
        let path = origin.flatMap { $0 > 0 ? tracer.pointee.origins.path(of: $0).description : nil }
        let source = path.map { Self.isSame($0, title) ? "" : ", from \($0)" } ?? ""
        let kind = item.kind
        let text: String
        switch item {
        case .text(let value): text = Self.quoted(value.string)
        case .none: return "none"
        case .list, .tuple, .range, .native, .missing, .undefined: return item.size.map { "\(kind) of \($0)" } ?? kind
        case .map(let map):
            if map.count == 0 { return "an empty mapping" }
            return isOpen ? "\(kind) with \(keys(of: map))" : "\(kind) of \(item.size ?? "")"
        case .bool(let flag): text = flag ? "true" : "false"
        case .int, .big, .float:
            guard let number = try? item.text() else { return "\(kind) of more than \(BigInt.mostDigits) digits" }
            text = Self.cut(number.string)
        }
        return isOpen ? "\(text) (\(kind)\(source))" : "\(kind) that is not shown, for it is a secret or may hold one"
    }

    /// Whether a value is known to hold no secret.
    private func isOpen(_ item: Item, _ origin: Origins.Origin?) -> Bool {
        guard let origin else { return false }
        switch item {
        case .text(let text): if !secrets.allows(text.string) { return false }
        case .int, .float, .big: if let text = try? item.text(), !secrets.allows(text.string) { return false }
        case .map(let map): if map["$secret"] != nil { return false }
        default: break
        }
        let places = tracer.pointee.origins.places(origin)
        // A set of places is cut where it is long.
        guard places.count < Origins.most else { return false }
        let isContainer = item.size != nil && !item.isText
        for path in places.map({ tracer.pointee.origins.path(of: $0) }) {
            if secrets.hides(path) || !isContainer && secrets.hidesBelow(path) { return false }
        }
        let spilled = tracer.pointee.origins.places(tracer.pointee.spilled)
        return !spilled.contains { secrets.hides(tracer.pointee.origins.path(of: $0)) }
    }

    private func keys(of map: Mapping) -> String {
        var keys: [String] = []
        var length = 0
        for key in map.keys {
            guard case .text(let text) = key, secrets.allows(text.string) else { continue }
            let name = Self.cut(text.string)
            length += name.unicodeScalars.count + 2
            if length > Self.longest, !keys.isEmpty { break }
            keys.append(name)
        }
        if keys.isEmpty { return map.count == 1 ? "1 member" : "\(map.count) members" }
        let rest = map.count - keys.count
        if rest > 0 { return keys.joined(separator: ", ") + " and \(rest) more" }
        guard let last = keys.popLast(), !keys.isEmpty else { return keys.first ?? Self.cut(text(map.keys.first)) }
        return keys.joined(separator: ", ") + " and \(last)"
    }

    private func text(_ item: Item?) -> String { item.flatMap { try? $0.text() }?.string ?? "" }

    /// Whether both name one place: `a['b']` is `a.b`.
    private static func isSame(_ path: String, _ title: String) -> Bool {
        func plain(_ text: String) -> String { text.replacing("['", with: ".").replacing("']", with: "") }
        return plain(path) == plain(title)
    }

    private static func quoted(_ text: String) -> String {
        var shown = "\""
        for scalar in cut(text).unicodeScalars {
            switch scalar {
            case "\n": shown += "\\n"
            case "\t": shown += "\\t"
            case "\r": shown += "\\r"
            case "\"", "\\": shown += "\\\(scalar)"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown + "\""
    }

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.count > longest ? String(scalars.prefix(longest - 1)) + "…" : text
    }
}

extension Item {
    /// What a value is, for people.
    fileprivate var kind: String {
        switch self {
        case .missing, .undefined: "undefined"
        case .none: "none"
        case .bool: "a boolean"
        case .int, .big: "a whole number"
        case .float: "a number"
        case .text: "a string"
        case .list: "a list"
        case .tuple: "a tuple"
        case .map: "a mapping"
        case .range: "a range"
        case .native(let object): object.native is Macro ? "a macro" : "an object of type '\(typeName)'"
        }
    }

    /// How much a container holds.
    fileprivate var size: String? {
        let count: Int? =
            switch self {
            case .list(let items), .tuple(let items): items.count
            case .map(let map): map.count
            case .range(let range): range.count
            default: nil
            }
        return count.map { $0 == 1 ? "1 item" : "\($0) items" }
    }
}
