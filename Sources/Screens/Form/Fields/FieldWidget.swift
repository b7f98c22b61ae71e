import Documents
import Schemas
import Terminal

/// What takes the keys of one field and holds what they left.
enum FieldWidget: Sendable {
    case line(LineInput)
    case number(NumberInput)
    case text(TextBox)
    case yaml(TextBox)
    case check(CheckBox)
    case choice(Choice, [Value])
    /// As `choice`, with more than fit beside each other.
    case list(Choice, [Value])
    case checks(CheckList, [Value])
    case rows(RowsInput)
    case pairs(RowsInput)

    /// The field's own widget with `value` in it; YAML where that widget could not give the value back.
    init(_ field: Field, _ value: Value?) {
        self = FieldWidget(own: field, value)
        guard let value, self.value(field) != value, !holds(value) else { return }
        self = .yaml(TextBox(FieldWidget.yaml(value)))
    }

    private init(own field: Field, _ value: Value?) {
        switch FieldManner.sort(of: field) {
        case .line:
            let text = value.map(field.text) ?? ""
            self = text.contains(where: \.isNewline) ? .text(TextBox(text)) : .line(LineInput(text))
        case .number: self = .number(FieldWidget.number(field, value.map(field.text) ?? ""))
        case .text: self = .text(TextBox(value.map(field.text) ?? ""))
        case .yaml: self = .yaml(TextBox(value.map(FieldWidget.yaml) ?? ""))
        case .check: self = .check(CheckBox(isOn: value?.bool))
        case .choice:
            let (choice, values) = FieldWidget.choice(field, value)
            self = .choice(choice, values)
        case .list:
            let (choice, values) = FieldWidget.choice(field, value)
            self = .list(choice, values)
        case .checks:
            let options = field.options
            let chosen = (value?.list ?? []).compactMap { item in options.firstIndex { $0.value == item } }
            self = .checks(CheckList(options.map(\.label), chosen: chosen), options.map(\.value))
        case .rows, .pairs:
            switch field.kind {
            case .list(let item, _): self = .rows(RowsInput((value?.list ?? []).map(item.text)))
            case .map(let entry, _):
                let texts = (value?.object ?? Object()).map { "\($0.key)=\(entry.text(for: $0.value))" }
                self = .pairs(RowsInput(texts))
            case .text, .multiline, .choice, .checks, .flag, .number, .table, .section, .branches, .file, .secret,
                .yaml:
                self = .yaml(TextBox(value.map(FieldWidget.yaml) ?? ""))
            }
        }
    }

    private static func number(_ field: Field, _ text: String) -> NumberInput {
        guard case .number(let entry) = field.kind else { return NumberInput(text) }
        let low = entry.minimum?.int ?? Int.min
        return NumberInput(text, step: entry.step.int ?? 1, in: low...max(low, entry.maximum?.int ?? Int.max))
    }

    /// A value that is none of the options stands behind them, so that it is kept until another is chosen.
    private static func choice(_ field: Field, _ value: Value?) -> (Choice, [Value]) {
        var labels = field.options.map(\.label)
        var values = field.options.map(\.value)
        if let value, !values.contains(value) {
            labels.append(field.text(for: value))
            values.append(value)
        }
        return (Choice(labels, selected: value.flatMap { values.firstIndex(of: $0) }), values)
    }

    /// Whether a value of the wrong sort can be mended where it stands.
    private func holds(_ value: Value) -> Bool {
        switch (self, value) {
        case (.line, .string), (.line, .number), (.line, .bool), (.text, .string), (.text, .number), (.text, .bool),
            (.number, .string), (.number, .number), (.number, .bool):
            true
        case (.line, _), (.text, _), (.number, _), (.yaml, _), (.check, _), (.choice, _), (.list, _), (.checks, _),
            (.rows, _), (.pairs, _):
            false
        }
    }

    var sort: FieldManner.Sort {
        switch self {
        case .line: .line
        case .number: .number
        case .text: .text
        case .yaml: .yaml
        case .check: .check
        case .choice: .choice
        case .list: .list
        case .checks: .checks
        case .rows: .rows
        case .pairs: .pairs
        }
    }
}

// MARK: - What it holds

extension FieldWidget {
    /// What the field is answered with; `nil` where nothing stands there.
    func value(_ field: Field) -> Value? {
        switch self {
        case .line(let input): return field.value(from: input.text)
        case .number(let number): return field.value(from: number.input.text)
        case .text(let box): return field.value(from: box.text)
        case .yaml(let box):
            if box.text.allSatisfy(\.isWhitespace) { return nil }
            return FieldWidget.read(box.text).value ?? .string(box.text)
        case .check(let box): return box.isOn.map(Value.bool)
        case .choice(let choice, let values), .list(let choice, let values): return choice.selected.map { values[$0] }
        case .checks(let list, let values): return .list(list.chosen.map { values[$0] })
        case .rows(let rows):
            guard case .list(let item, _) = field.kind else { return nil }
            return .list(rows.texts.compactMap { item.value(from: $0) })
        case .pairs(let rows):
            guard case .map(let entry, _) = field.kind else { return nil }
            return .object(
                rows.texts.compactMap(FieldWidget.pair).reduce(into: Object()) { object, pair in
                    object[pair.key] = entry.value(from: pair.value) ?? .string("")
                })
        }
    }

    /// Whether there is nothing in it that could be an answer.
    var isEmpty: Bool {
        switch self {
        case .line(let input): input.isEmpty
        case .number(let number): number.input.isEmpty
        case .text(let box), .yaml(let box): box.text.isEmpty
        case .check(let box): box.isOn == nil
        case .choice(let choice, _), .list(let choice, _): choice.selected == nil
        case .checks(let list, _): list.chosen.isEmpty
        case .rows(let rows), .pairs(let rows): rows.rows.isEmpty
        }
    }

    /// In one line, for people.
    var shown: String {
        switch self {
        case .line(let input): input.text
        case .number(let number): number.input.text
        case .text(let box), .yaml(let box): box.text
        case .check(let box): box.isOn == nil ? "" : box.word.string
        case .choice(let choice, _), .list(let choice, _): choice.value ?? ""
        case .checks(let list, _): list.chosen.map { list.options[$0] }.joined(separator: ", ")
        case .rows(let rows), .pairs(let rows): rows.texts.joined(separator: ", ")
        }
    }

    /// `NAME=value` taken apart; `nil` where there is no name or no sign.
    static func pair(_ text: String) -> (key: String, value: String)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let key = String(parts[0].drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        return key.isEmpty ? nil : (key, String(parts[1]))
    }

    static func read(_ text: String) -> (value: Value?, findings: [Finding]) {
        let (document, findings) = Document.read(Source(name: "input", text: text), as: .spec)
        return (document?.value, findings)
    }

    private static func yaml(_ value: Value) -> String {
        var text = value.yaml
        while text.last?.isNewline == true { text.removeLast() }
        return read(text).value == value ? text : value.json()
    }
}

// MARK: - Keeping

extension FieldWidget {
    /// What a draft keeps: the text as it was typed, faulty or not.
    var kept: Value {
        switch self {
        case .line(let input): .string(input.text)
        case .number(let number): .string(number.input.text)
        case .text(let box): .string(box.text)
        case .yaml(let box): ["yaml": .string(box.text)]
        case .check(let box): ["value": box.isOn.map(Value.bool) ?? .null]
        case .choice(let choice, let values), .list(let choice, let values):
            ["value": choice.selected.map { values[$0] } ?? .null]
        case .checks(let list, let values): ["value": .list(list.chosen.map { values[$0] })]
        case .rows(let rows), .pairs(let rows): .list(rows.texts.map(Value.string))
        }
    }

    /// What a draft kept; `nil` where the field is of another sort now.
    init?(_ field: Field, kept: Value) {
        if let text = kept["yaml"]?.string {
            self = .yaml(TextBox(text))
        } else if let value = kept["value"] {
            self.init(field, value)
        } else if let items = kept.list {
            let rows = RowsInput(items.compactMap(\.string))
            switch FieldManner.sort(of: field) {
            case .rows: self = .rows(rows)
            case .pairs: self = .pairs(rows)
            case .line, .number, .text, .yaml, .check, .choice, .list, .checks: return nil
            }
        } else {
            guard let text = kept.string else { return nil }
            switch FieldManner.sort(of: field) {
            case .line: self = text.contains(where: \.isNewline) ? .text(TextBox(text)) : .line(LineInput(text))
            case .number: self = .number(FieldWidget.number(field, text))
            case .text: self = .text(TextBox(text))
            case .yaml, .check, .choice, .list, .checks, .rows, .pairs: return nil
            }
        }
    }
}

extension Field {
    /// What can be chosen from; empty where anything can be given.
    var options: [Option] {
        switch kind {
        case .choice(let options, _), .checks(let options): options
        case .flag, .text, .multiline, .number, .list, .table, .section, .map, .branches, .file, .secret, .yaml: []
        }
    }
}
