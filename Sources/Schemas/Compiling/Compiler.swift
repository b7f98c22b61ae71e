import Documents

/// Turns schema objects into nodes, and finds their faults on the way.
struct Compiler {
    let document: Value
    let root: Pointer
    let strictness: Schema.Strictness
    private(set) var nodes: [SchemaNode] = []
    var findings: [Finding] = []

    private var drafts: [SchemaNode.Draft] = []
    /// The node of each schema object that was met, by where it stands.
    private var known: [Pointer: SchemaNode.Index] = [:]
    /// References on the way from one to the next.
    private var following: [Pointer] = []
    private var depth = 0
    /// Patterns by their text: one stands in many places.
    private var patterns: [Key: Pattern] = [:]
    private static let deepest = 200
    private static let mostNodes = 20_000
    private static let mostCombined = 1000

    init(document: Value, root: Pointer, strictness: Schema.Strictness) {
        self.document = document
        self.root = root
        self.strictness = strictness
    }

    /// The node for the schema object at `pointer`, compiled when it is met first.
    mutating func compile(at pointer: Pointer) -> SchemaNode.Index {
        if let index = known[pointer] { return index }
        guard let value = document[pointer], let object = value.object else {
            note("notSchema", pointer, "A schema must be an object, but is \(document[pointer]?.kind ?? "absent").")
            return addNode(pointer)
        }
        if let reference = object["$ref"] {
            let index = follow(reference, from: pointer)
            known[pointer] = index
            return index
        }
        guard depth < Self.deepest, drafts.count < Self.mostNodes else {
            note("tooBig", pointer, "A schema must be at most \(Self.deepest) levels deep.")
            return addNode(pointer)
        }
        depth += 1
        defer { depth -= 1 }
        let outside = following
        following = []
        defer { following = outside }
        let index = addNode(pointer)
        known[pointer] = index
        var reader = NodeReader(object: object, pointer: pointer, isLoneRoot: pointer.isRoot)
        drafts[index] = reader.read(&self)
        findings += reader.findings.map(weighed)
        return index
    }

    mutating func pattern(_ text: String) throws(PatternFault) -> Pattern {
        if let known = patterns[Key(text)] { return known }
        let pattern = try Pattern(text)
        patterns[Key(text)] = pattern
        return pattern
    }

    private mutating func addNode(_ pointer: Pointer) -> SchemaNode.Index {
        drafts.append(SchemaNode.Draft(pointer: pointer))
        return drafts.count - 1
    }

    private mutating func follow(_ reference: Value, from pointer: Pointer) -> SchemaNode.Index {
        let place = pointer.appending("$ref")
        guard let text = reference.string else {
            note("keywordType", place, "$ref must be text, but is \(reference.kind).")
            return addNode(pointer)
        }
        guard text.hasPrefix("#") else {
            note("remoteRef", place, "Only references inside this file (#/…) are allowed.")
            return addNode(pointer)
        }
        guard let target = target(of: text) else {
            note("unresolvedRef", place, "\(text) does not exist.")
            return addNode(pointer)
        }
        guard !following.contains(pointer), following.count < Self.deepest else {
            let first = following.first ?? pointer
            note(
                "refCycle", first.appending("$ref"),
                "#\(first) refers back to itself without any object or list between.")
            return addNode(pointer)
        }
        following.append(pointer)
        defer { following.removeLast() }
        return compile(at: target)
    }

    /// Where a reference leads: from the document's root, or from an object above the schema, as `#/types/Name` does.
    private func target(of reference: String) -> Pointer? {
        guard let fragment = Self.percentDecoded(reference.dropFirst()), let pointer = Pointer(fragment) else {
            return nil
        }
        if document[pointer] != nil { return pointer }
        var base = root
        while !base.isRoot {
            base = base.parent
            let candidate = Pointer(base.steps + pointer.steps)
            if document[candidate] != nil { return candidate }
        }
        return nil
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private mutating func note(_ reason: String, _ pointer: Pointer, _ message: String) {
        findings.append(Finding(Finding.Code(rawValue: "schema.\(reason)"), .error, message, pointer: pointer))
    }

    /// Faults that the service took without a word.
    private static let tolerated: Set<Finding.Code> = [
        "schema.emptyRequired", "schema.requiredNotList", "schema.arrayWithoutItems", "schema.negativeSize",
        "schema.exclusiveNotBoolean",
    ]

    private func weighed(_ finding: Finding) -> Finding {
        guard strictness == .lenient, Self.tolerated.contains(finding.code) else { return finding }
        var finding = finding
        finding.severity = .warning
        return finding
    }

    /// Cuts combinators that lead back to their own schema object, then freezes the nodes.
    mutating func finish() {
        var finished = Array(repeating: false, count: drafts.count)
        var open = Array(repeating: false, count: drafts.count)
        for index in drafts.indices { cutCycles(from: index, &finished, &open) }
        var sizes: [Int?] = Array(repeating: nil, count: drafts.count)
        for index in drafts.indices { _ = cutExpansions(of: index, &sizes) }
        nodes = drafts.map(SchemaNode.init)
    }

    /// Combinators that refer to combinators multiply: what becomes too much is cut, for all who walk through it.
    ///
    /// - Returns: How many schema objects one value is held against.
    private mutating func cutExpansions(of index: Int, _ sizes: inout [Int?]) -> Int {
        if let size = sizes[index] { return size }
        var size = 1
        for next in drafts[index].combined { size = min(Self.mostCombined + 1, size + cutExpansions(of: next, &sizes)) }
        if size > Self.mostCombined {
            note(
                "tooBig", drafts[index].pointer,
                "allOf, anyOf, oneOf and not must combine at most \(Self.mostCombined) schemas, but combine more.")
            drafts[index].allOf = []
            drafts[index].anyOf = []
            drafts[index].oneOf = []
            drafts[index].not = nil
            size = 1
        }
        sizes[index] = size
        return size
    }

    private mutating func cutCycles(from index: Int, _ finished: inout [Bool], _ open: inout [Bool]) {
        guard !finished[index] else { return }
        open[index] = true
        let cutsNot = drafts[index].not.map { open[$0] } ?? false
        let isCyclic =
            cutsNot || (drafts[index].allOf + drafts[index].anyOf + drafts[index].oneOf).contains { open[$0] }
        if isCyclic {
            let pointer = drafts[index].pointer
            note("refCycle", pointer, "#\(pointer) refers back to itself without any object or list between.")
            drafts[index].allOf.removeAll { open[$0] }
            drafts[index].anyOf = []
            drafts[index].oneOf = []
            if cutsNot { drafts[index].not = nil }
        }
        for next in drafts[index].combined { cutCycles(from: next, &finished, &open) }
        open[index] = false
        finished[index] = true
    }
}
