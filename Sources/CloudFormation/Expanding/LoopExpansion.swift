internal import Documents

/// Writes out the loops of `Fn::ForEach`, as the transform AWS::LanguageExtensions does before the service reads.
///
/// Every made node keeps the position of the text that it was made of.
struct LoopExpansion {
    static let prefix = "Fn::ForEach"
    /// A few lines of loops in loops can ask for millions.
    static let nodeLimit = 100_000
    private static let byteLimit = 16 << 20

    let source: Source
    /// The texts that a collection has; `nil` while they are not known.
    let texts: (Node) -> [String]?
    /// Names that no loop may take for its items.
    var taken: Set<Key> = []
    private(set) var findings: [Finding] = []
    /// Whether a loop had to stay as it is.
    private(set) var isIncomplete = false
    private var loopPlaces: [Key: Position] = [:]
    private var nodes = 0
    private var bytes = 0

    init(source: Source, texts: @escaping (Node) -> [String]?) {
        self.source = source
        self.texts = texts
    }

    /// Whether a loop stands anywhere in `node`.
    static func hasLoop(_ node: Node, depth: Int = 0) -> Bool {
        guard depth < LongForm.depthLimit else { return false }
        switch node.content {
        case .scalar: return node.tag?.hasPrefix("!ForEach") ?? false
        case .list(let items):
            return node.tag?.hasPrefix("!ForEach") ?? false || items.contains { hasLoop($0, depth: depth + 1) }
        case .object(let members):
            return members.contains { $0.name.hasPrefix(prefix) || hasLoop($0.value, depth: depth + 1) }
        }
    }

    /// `node` without loops. `names` are those of the loops around it, each with its present item.
    mutating func expand(_ node: Node, _ names: [Key: String] = [:], depth: Int = 0) -> Node {
        guard depth < LongForm.depthLimit, spend(0, at: node) else { return node }
        if !names.isEmpty, let plain = plain(node, names, depth: depth) { return plain }
        var node = node
        switch node.content {
        case .scalar(var scalar):
            guard let text = replaced(scalar.text, names, at: node) else { return node }
            scalar = Node.Scalar(value: .string(text), text: text, isPlain: scalar.isPlain)
            node.content = .scalar(scalar)
        case .list(let items):
            // The name of the condition in Fn::If is no text: the service leaves it alone.
            let kept = node.tag == "!If" ? 1 : 0
            node.content = .list(expand(items, names, keeping: kept, depth: depth))
        case .object(let members):
            node.content = .object(expand(members, names, depth: depth))
        }
        return node
    }

    private mutating func expand(_ items: [Node], _ names: [Key: String], keeping kept: Int, depth: Int) -> [Node] {
        items.prefix(kept) + items.dropFirst(kept).map { expand($0, names, depth: depth + 1) }
    }

    private mutating func expand(_ members: [Node.Member], _ names: [Key: String], depth: Int) -> [Node.Member] {
        var made: [Node.Member] = []
        var seen: Set<Key> = []
        for member in members {
            let isLoop = member.name.hasPrefix(Self.prefix)
            for new in isLoop ? loop(member, names, depth: depth) : [renamed(member, names, depth: depth)] {
                // What was written twice is told by whoever reads it; what loops make twice only shows here.
                if !seen.insert(Key(new.name)).inserted, isLoop {
                    report(
                        "cloudformation.duplicate",
                        "A loop must make names that are not there yet, but makes \"\(new.name.prefix(255))\" again.",
                        hint: "Put the name of the loop's item into the key.", at: new.key)
                } else {
                    made.append(new)
                }
            }
        }
        return made
    }

    private mutating func renamed(_ member: Node.Member, _ names: [Key: String], depth: Int) -> Node.Member {
        var member = member
        if let name = replaced(member.name, names, at: member.key) {
            member.key.content = .scalar(Node.Scalar(value: .string(name), text: name, isPlain: true))
        }
        if member.name == Function.choose.rawValue, case .list(let items) = member.value.content {
            member.value.content = .list(expand(items, names, keeping: 1, depth: depth + 1))
        } else {
            member.value = expand(member.value, names, depth: depth + 1)
        }
        return member
    }

    private mutating func loop(_ member: Node.Member, _ names: [Key: String], depth: Int) -> [Node.Member] {
        guard case .list(let parts) = member.value.content, parts.count == 3,
            let name = ExpressionReader.name(parts[0]), case .object(let body) = parts[2].content
        else {
            report(
                "cloudformation.loopShape",
                "\(member.name.prefix(255)) must have a list of a name, a collection and an object.", at: member.key)
            isIncomplete = true
            return [member]
        }
        checkNames(member, item: name)
        let collection = expand(parts[1], names, depth: depth + 1)
        guard let texts = texts(collection) else {
            isIncomplete = true
            return [member]
        }
        var made: [Node.Member] = []
        for text in texts {
            guard spend(0, at: member.key) else { break }
            var inner = names
            inner[Key(name)] = text
            made += expand(body, inner, depth: depth + 1)
        }
        return made
    }

    private mutating func checkNames(_ member: Node.Member, item: String) {
        let position = Position(member.key)
        let known = loopPlaces.updateValue(position, forKey: Key(member.name))
        if let known, known != position {
            report(
                "cloudformation.duplicate",
                "\"\(member.name)\" must stand once in the template, but stands there again.",
                at: member.key)
        }
        guard taken.contains(Key(item)) else { return }
        report(
            "cloudformation.loopName",
            "The item of a loop must have a name of its own, but \"\(item)\" is a parameter.", at: member.key)
    }

    /// What a function becomes once the names in it are known: `!Ref Item`, or `!Sub` with nothing left to fill in.
    private mutating func plain(_ node: Node, _ names: [Key: String], depth: Int) -> Node? {
        guard let (function, parameter) = LongForm.call(node) else { return nil }
        var text: String?
        if function == Function.ref.rawValue {
            text = ExpressionReader.name(parameter).flatMap { names[Key($0)] }
        } else if function == Function.sub.rawValue, let template = ExpressionReader.name(parameter) {
            guard let whole = replaced(template, names, at: node), !whole.contains("${") else { return nil }
            text = whole
        }
        guard let text, spend(text.utf8.count, at: node) else { return nil }
        return Node(
            .scalar(Node.Scalar(value: .string(text), text: text, isPlain: false)), line: node.line, column: node.column
        )
    }

    /// `text` with `${Name}` and `&{Name}` replaced, the latter by letters and digits alone; `nil` where none is in it.
    private mutating func replaced(_ text: String, _ names: [Key: String], at node: Node) -> String? {
        guard !names.isEmpty, text.utf8.contains(UInt8(ascii: "{")) else { return nil }
        var made = ""
        var isReplaced = false
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(where: { $0 == "$" || $0 == "&" }) {
            let open = rest.index(after: start)
            made.unicodeScalars += rest[..<start]
            if open < rest.endIndex, rest[open] == "{", let end = rest[open...].firstIndex(of: "}"),
                let value = names[Key(String(rest[rest.index(after: open)..<end]))]
            {
                guard spend(value.utf8.count, at: node) else { return nil }
                made += rest[start] == "$" ? value : value.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
                rest = rest[rest.index(after: end)...]
                isReplaced = true
            } else {
                made.unicodeScalars.append(rest[start])
                rest = rest[open...]
            }
        }
        made.unicodeScalars += rest
        return isReplaced ? made : nil
    }

    /// Counts a node and the bytes that it takes; `false` once there are too many.
    private mutating func spend(_ count: Int, at node: Node) -> Bool {
        if nodes > Self.nodeLimit || bytes > Self.byteLimit { return false }
        nodes += 1
        bytes += count
        guard nodes > Self.nodeLimit || bytes > Self.byteLimit else { return true }
        isIncomplete = true
        report(
            "cloudformation.loopLimit",
            "The loops of a template must make at most \(Self.nodeLimit) values of 16 MiB in all, but make more.",
            hint: "Take items out of the collections, or nest fewer loops.", at: node)
        return false
    }

    private mutating func report(_ code: Finding.Code, _ message: String, hint: String? = nil, at node: Node) {
        findings.append(Finding(code, message, hint: hint, place: Position(node).place(in: source)))
    }
}
