import Documents

/// What of a context must not be told: values whose names are those of secrets, and what the caller says.
final class SecretValues {
    private let context: PreparedContext
    /// The texts and numbers that are secret, the longest first.
    private var texts: [String] = []

    /// Shorter ones are hidden only where they stand alone: they are parts of most sentences.
    private static let shortest = 4
    private static let mask = "(secret)"
    /// What starts a reference that is looked up elsewhere.
    private static let references = ["{{resolve:", "{{secret:"]

    init(_ context: PreparedContext) {
        self.context = context
        for (name, value) in context.object { collect(value, InputPath(root: name, steps: []), isHidden: false) }
        sort()
    }

    private func collect(_ value: Value, _ path: InputPath, isHidden: Bool) {
        let isHidden = isHidden || isSecret(path, value)
        for (path, part) in parts(of: value, path) { collect(part, path, isHidden: isHidden) }
        guard isHidden else { return }
        if case .string(let text) = value { hide(text) }
        if case .number(let number) = value { hide(number.text) }
    }

    private func parts(of value: Value, _ path: InputPath) -> [(InputPath, Value)] {
        switch value {
        case .object(let object): object.map { (path.appending(.key($0.0)), $0.1) }
        case .list(let items): items.enumerated().map { (path.appending(.index($0.offset)), $0.element) }
        case .null, .bool, .number, .string: []
        }
    }

    private func sort() { texts = Set(texts).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) } }

    private func hide(_ text: String) {
        guard !text.isEmpty else { return }
        texts.append(text)
        // As Python's repr writes it.
        let written = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        texts += [written, written.replacing("'", with: "\\'")]
    }

    /// Hides what was made of a secret too, unless the template has it anyway.
    func hide(_ item: Item, in source: Source, depth: Int = 0) {
        guard depth < 8 else { return }
        switch item {
        case .text(let text): hide(text.string)
        case .int, .float, .big: if let text = try? item.text() { hide(text.string) }
        case .list(let items), .tuple(let items): for item in items.items { hide(item, in: source, depth: depth + 1) }
        case .map(let map): for item in Array(map.keys) + map.values { hide(item, in: source, depth: depth + 1) }
        case .undefined(let undefined):
            if let missed = undefined.missed, source.bytes.firstRange(of: Array(missed.utf8)) == nil { hide(missed) }
        case .missing, .none, .bool, .range, .native: break
        }
        if depth == 0 { sort() }
    }

    /// By itself: what stands around it was asked before.
    private func isSecret(_ path: InputPath, _ value: Value?) -> Bool {
        switch value {
        case .string(let text)?: if isReference(text) { return true }
        case .object(let object)?: if object["$secret"] != nil { return true }
        case .null?, .bool?, .number?, .list?, nil: break
        }
        let name: String? =
            if case .key(let key)? = path.steps.last { key } else { path.steps.isEmpty ? path.root : nil }
        return name.map(SecretName.resembles) ?? false || context.isSecret(path)
    }

    private func isReference(_ text: String) -> Bool { SecretValues.references.contains { text.contains($0) } }

    /// Whether a value, or one around it, is secret.
    func hides(_ path: InputPath) -> Bool {
        (0...path.steps.count).contains { count in
            let path = InputPath(root: path.root, steps: Array(path.steps.prefix(count)))
            return isSecret(path, value(at: path))
        }
    }

    /// Whether something below a path is secret.
    func hidesBelow(_ path: InputPath) -> Bool { value(at: path).map { hidesBelow($0, path) } ?? false }

    private func hidesBelow(_ value: Value, _ path: InputPath) -> Bool {
        parts(of: value, path).contains { isSecret($0, $1) || hidesBelow($1, $0) }
    }

    private func value(at path: InputPath) -> Value? {
        path.steps.reduce(context.object[path.root]) { value, step in
            switch (step, value) {
            case (.key(let name), .object(let object)?): object[name]
            case (.index(let index), .list(let items)?): items.indices.contains(index) ? items[index] : nil
            default: nil
            }
        }
    }

    /// Whether a text may be shown.
    func allows(_ text: String) -> Bool {
        !isReference(text) && !texts.contains { $0.utf8.count < SecretValues.shortest ? text == $0 : text.contains($0) }
    }

    /// A sentence without secrets.
    func masked(_ sentence: String) -> String {
        var sentence = sentence
        for text in texts where sentence.contains(text) {
            if text.utf8.count >= SecretValues.shortest {
                sentence = sentence.replacing(text, with: SecretValues.mask)
            } else {
                for quote in ["'", "\""] {
                    sentence = sentence.replacing(quote + text + quote, with: SecretValues.mask)
                }
            }
        }
        return sentence
    }
}

extension InputPath {
    fileprivate func appending(_ step: Reference.Step) -> InputPath { InputPath(root: root, steps: steps + [step]) }
}
