import Documents

extension Check {
    /// Records a fault of the value where the path stands; answers false, the verdict.
    mutating func broken(
        _ keyword: String, _ rule: String, _ value: Value, _ expected: Value?, _ node: SchemaNode
    ) -> Bool {
        broken(keyword, rule, found: "is \(Wording.shown(value))", value, expected, node)
    }

    mutating func broken(
        _ keyword: String, _ rule: String, found: String?, _ value: Value, _ expected: Value?, _ node: SchemaNode
    ) -> Bool {
        let pointer = pathPointer
        let isSecret = isSecret(node)
        let shown = isSecret && found?.hasPrefix("is ") == true ? "is a value that is not shown" : found
        add(
            Fault(
                pointer: pointer, focus: pointer, keyword: keyword, node: node.pointer, label: label(path),
                rule: rule, found: shown, expected: expected, actual: isSecret ? nil : value, isRedacted: isSecret),
            node)
        return false
    }

    /// Adds a fault, or counts it when the list is full.
    mutating func add(_ fault: consuming Fault, _ node: SchemaNode) {
        lastIsListed = faults.count < limit
        guard lastIsListed else {
            unlistedCount += 1
            return
        }
        if !node.notes.messages.isEmpty {
            fault.override = node.notes.messages[fault.keyword] ?? node.notes.messages[""]
        }
        faults.append(fault)
    }

    /// Changes the fault that was recorded last.
    mutating func amend(_ change: (inout Fault) -> Void) {
        guard lastIsListed, !faults.isEmpty else { return }
        change(&faults[faults.count - 1])
    }

    mutating func suggest(_ text: String?) {
        guard let text else { return }
        amend { $0.suggestion = text }
    }

    mutating func tooMuch(_ index: SchemaNode.Index) -> Bool {
        if faults.last?.keyword == "budget" { return false }
        let rule = "is too deep or has too many parts to be compared with its schema"
        return broken("budget", rule, found: nil, .null, nil, nodes[index])
    }
}

// MARK: - Kinds of faults

extension Check {
    mutating func wrongType(_ value: Value, _ node: SchemaNode) -> Bool {
        guard let type = node.type else { return false }
        let found = "is \(Wording.found(value, wanted: type))"
        _ = broken("type", "must be \(type.words)", found: found, value, .string(type.rawValue), node)
        if !isSecret(node) || value == .null { suggest(Self.remedy(value, type, label: label(path), path: path)) }
        return false
    }

    /// What to write in place of a value of the wrong type.
    private static func remedy(_ value: Value, _ type: ValueType, label: String, path: [Step]) -> String? {
        switch (value, type) {
        case (.null, _):
            guard case .member? = path.last else { return nil }
            let name = type == .string ? "a text" : type.words
            return "Leave \(label) out, or give it \(name)."
        case (.string(let text), .integer), (.string(let text), .number):
            guard let number = Number(json: text), fits(.number(number), type) else { return nil }
            return "Write \(text) without quotes."
        case (.string(let text), .boolean):
            switch text.lowercased() {
            case "true", "false": return "Write \(text.lowercased()) without quotes."
            case "yes", "on": return "Write true."
            case "no", "off": return "Write false."
            case _: return nil
            }
        case (.number(let number), .string): return "Write \"\(number.text)\" in quotes."
        case (.bool(let flag), .string): return "Write \"\(flag ? "true" : "false")\" in quotes."
        case (.bool, _), (.number, _), (.string, _), (.list, _), (.object, _): return nil
        }
    }

    mutating func wrongChoice(_ value: Value, _ node: SchemaNode) -> Bool {
        guard let choices = node.enumeration else { return true }
        _ = broken("enum", choices.rule, value, .list(choices.values), node)
        if let text = value.string, lastIsListed, !isSecret(node) {
            let near = NearWord.nearest(to: text, among: choices.values.lazy.compactMap(\.string))
            suggest(near.map { "Did you mean \"\($0)\"?" })
        }
        return false
    }

    mutating func missing(_ name: String, _ title: String?, _ node: SchemaNode) -> Bool {
        let pointer = pathPointer
        let member = path + [.member(name, title: title)]
        let fault = Fault(
            pointer: pointer, focus: pointer.appending(name), keyword: "required",
            node: node.pointer, label: label(member, asSubject: false),
            rule: "is required", property: name)
        let property = node.object?.property(name).map { nodes[$0.node] }
        add(fault, node)
        if let message = property?.notes.messages["required"] { amend { $0.override = message } }
        return false
    }

    mutating func unknown(_ name: String, in object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        let pointer = pathPointer.appending(name)
        let member = path + [.member(name, title: nil)]
        let names = rules.properties.lazy.map(\.name)
        let near =
            NearWord.nearest(to: name, among: names) { object[$0] == nil } ?? NearWord.nearest(to: name, among: names)
        let fault = Fault(
            pointer: pointer, focus: pointer, keyword: "additionalProperties",
            node: node.pointer, label: label(member, asSubject: false),
            rule: "is not a known field", suggestion: near.map { "Did you mean \"\($0)\"?" }, property: name)
        add(fault, node)
        return false
    }

    mutating func misdirected(_ value: Value, _ node: SchemaNode) -> Bool {
        switch direction {
        case .write: broken("readOnly", "must be left out: it is read-only", found: nil, value, nil, node)
        case .read: broken("writeOnly", "must not be shown: it is write-only", found: nil, value, nil, node)
        }
    }
}

// MARK: - Labels

extension Check {
    var pathPointer: Pointer {
        Pointer(
            path.map { step in
                switch step {
                case .member(let name, _), .entry(let name): name
                case .item(let index): String(index)
                }
            })
    }

    /// What a sentence speaks of: `ports, item 2: port`.
    ///
    /// As a subject, an item or an entry is set off from its verb by a colon.
    func label(_ path: [Step], asSubject: Bool = true) -> String {
        let steps = path.dropFirst(labelStart)
        guard !steps.isEmpty else { return labelStart > 0 || isInner ? "it" : "The value" }
        var text = ""
        var endsInPlace = false
        for step in steps {
            switch step {
            case .member(let name, let title):
                text += (text.isEmpty ? "" : endsInPlace ? ": " : ", ") + (title ?? name)
                endsInPlace = false
            case .item(let index):
                text += text.isEmpty ? "Item \(index + 1)" : ", item \(index + 1)"
                endsInPlace = true
            case .entry(let name):
                text += (text.isEmpty ? "" : ", ") + "\"\(name)\""
                endsInPlace = true
            }
        }
        return endsInPlace && asSubject ? text + ":" : text
    }

    /// Whether what stands at the path must not be shown.
    func isSecret(_ node: SchemaNode) -> Bool {
        if node.isSecret { return true }
        for step in path.reversed() {
            switch step {
            case .member(let name, _): return SecretName.matches(name)
            case .entry(let name): if SecretName.matches(name) { return true }
            case .item: continue
            }
        }
        return false
    }
}

extension SchemaNode {
    /// Whether the schema says that its value is a secret.
    var isSecret: Bool {
        notes.isSecret || notes.isWriteOnly || notes.format == Format.password.rawValue
    }
}
