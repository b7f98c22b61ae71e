import Yams

/// Reads YAML: libyaml finds the structure, the profile decides what scalars mean and what is refused.
struct YAMLReader {
    let source: Source
    let profile: Document.Profile
    let limits: Limits
    private(set) var findings: [Finding] = []
    private var nodeCount = 0
    private var aliasCount = 0
    /// Marks of anchored nodes that were seen: seeing one again means that an alias led there.
    private var anchored: Set<Position> = []
    private var isInAlias = false
    private var isStopped = false
    private let breaks: YAMLBreaks?

    private struct Position: Hashable {
        let line: Int
        let column: Int
    }

    init(source: Source, profile: Document.Profile, limits: Limits) {
        self.source = source
        self.profile = profile
        self.limits = limits
        breaks = YAMLBreaks(source)
    }

    /// The root of the only document, null for an empty text; `nil` when the structure can't be read.
    mutating func read() -> Node? {
        if YAMLAliasGuard.isRisky(source.bytes) {
            findings.append(
                Finding(
                    "yaml.alias", "A key must be text, but this document uses aliases within keys.",
                    hint: "Write the keys out.", place: Place(file: source.name)))
            return nil
        }
        var hidden = RepeatedKeys(source: source)
        while true {
            do {
                let text = String(decoding: hidden.bytes, as: UTF8.self)
                // The parser owns the anchors of its nodes, which hold them weakly.
                let parser = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8)
                let root = try parser.singleRoot()
                let node = withExtendedLifetime(parser) { root.map { convert($0, depth: 0) } }
                findings += hidden.findings
                return node ?? Self.empty
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let mark = position(of: context.mark)
                guard hidden.hideNext(of: names.first ?? "", line: mark.line, column: mark.column) else {
                    findings = hidden.findings
                    return nil
                }
            } catch {
                findings = hidden.findings + [YAMLProblem(error).finding(in: source, position: position(of:))]
                return nil
            }
        }
    }

    private static let empty = Node(.scalar(.init(value: .null, text: "", isPlain: true)), line: 1, column: 1)

    private func position(of mark: Mark) -> (line: Int, column: Int) {
        breaks?.position(line: mark.line, column: mark.column, in: source) ?? (mark.line, mark.column)
    }

    private mutating func convert(_ node: Yams.Node, depth: Int) -> Node {
        let mark = node.mark.map(position(of:)) ?? (line: 1, column: 1)
        guard !isStopped else { return Node(.list([]), line: mark.line, column: mark.column) }
        nodeCount += 1
        if depth > limits.depth { stop(.tooDeep(place(mark), limit: limits.depth)) }
        if nodeCount > limits.nodes { stop(.tooManyNodes(place(mark), limit: limits.nodes)) }
        let wasInAlias = isInAlias
        if let anchor = node.anchor { meet(anchor.rawValue, at: mark) }
        defer { isInAlias = wasInAlias }
        switch node {
        case .scalar(let scalar):
            let tag = explicitTag(of: scalar.tag, isPlain: scalar.style == .plain, at: mark)
            return Node(.scalar(read(scalar, tag: tag)), tag: tag, line: mark.line, column: mark.column)
        case .sequence(let sequence):
            let tag = explicitTag(of: sequence.tag, isPlain: false, at: mark)
            let items = sequence.map { convert($0, depth: depth + 1) }
            return Node(.list(items), tag: tag, line: mark.line, column: mark.column)
        case .mapping(let mapping):
            let tag = explicitTag(of: mapping.tag, isPlain: false, at: mark)
            return Node(.object(members(of: mapping, depth: depth)), tag: tag, line: mark.line, column: mark.column)
        case .alias:
            return Node(.list([]), line: mark.line, column: mark.column)
        }
    }

    private func place(_ mark: (line: Int, column: Int), length: Int = 1) -> Place {
        source.place(line: mark.line, column: mark.column, length: length)
    }

    private mutating func stop(_ finding: Finding) {
        if !isStopped { findings.append(finding) }
        isStopped = true
    }

    private mutating func meet(_ anchor: String, at mark: (line: Int, column: Int)) {
        let isAlias = !anchored.insert(Position(line: mark.line, column: mark.column)).inserted
        if profile == .spec {
            guard !isAlias else { return }
            findings.append(
                Finding(
                    "yaml.alias", "A value must be written out, but has the anchor \"\(anchor)\".",
                    hint: "Remove the anchor, and write the value where an alias names it.", place: place(mark)))
        } else if isAlias, !isInAlias {
            isInAlias = true
            aliasCount += 1
            if aliasCount > limits.aliases {
                stop(
                    Finding(
                        "yaml.alias", "A document must use at most \(limits.aliases) aliases, but uses more.",
                        hint: "Write some of the values out.", place: place(mark)))
            }
        }
    }

    private mutating func members(of mapping: Yams.Node.Mapping, depth: Int) -> [Node.Member] {
        var members: [Node.Member] = []
        var first: [Key: Node] = [:]
        for (key, value) in mapping {
            let key = convert(key, depth: depth + 1)
            let value = convert(value, depth: depth + 1)
            guard !isStopped else { break }
            guard let name = key.text else {
                let braces = YAMLProblem.braces(in: source, line: key.line)
                findings.append(
                    braces
                        ?? Finding(
                            "yaml.key", "A key must be text, but is \(key.value.kind).",
                            hint: "Put the key into quotes if it is meant as text.",
                            place: place((key.line, key.column))))
                continue
            }
            if name == "<<", case .scalar(let scalar) = key.content, scalar.isPlain {
                findings.append(
                    Finding(
                        "yaml.merge", "Members must be written out, but are merged by \"<<\".",
                        hint: "Copy the members here.", place: place((key.line, key.column), length: 2)))
            }
            if let earlier = first.updateValue(key, forKey: Key(name)) {
                let length = max(1, name.unicodeScalars.count)
                findings.append(
                    .repeatedKey(
                        name, at: place((key.line, key.column), length: length),
                        first: place((earlier.line, earlier.column))))
            }
            members.append(Node.Member(key: key, value: value))
        }
        return members
    }

    /// The tag as it was written, where one was.
    private mutating func explicitTag(of tag: Tag, isPlain: Bool, at mark: (line: Int, column: Int)) -> String? {
        let core = "tag:yaml.org,2002:"
        let name = tag.description
        // libyaml gives quoted text the string tag, and a plain key gets it when keys are compared.
        guard !name.isEmpty, ![core + "str", core + "map", core + "seq"].contains(name) else { return nil }
        let written = name.hasPrefix(core) ? "!!" + name.dropFirst(core.count) : name
        if profile == .spec {
            findings.append(
                Finding(
                    "yaml.tag", "A value must have no tag, but has \(written).", hint: "Remove the tag.",
                    place: place(mark, length: written.unicodeScalars.count)))
        }
        return written
    }

    private func read(_ scalar: Yams.Node.Scalar, tag: String?) -> Node.Scalar {
        let isPlain = scalar.style == .plain
        let text = scalar.string
        let isTaggedText = tag == nil && scalar.tag.description == "tag:yaml.org,2002:str"
        let value: Value
        if !isPlain || isTaggedText || tag?.hasPrefix("!!") == false {
            value = .string(text)
        } else {
            value = profile == .spec ? YAMLScalars.spec(text) : YAMLScalars.cloudFormation(text)
        }
        return Node.Scalar(value: value, text: text, isPlain: isPlain)
    }
}
