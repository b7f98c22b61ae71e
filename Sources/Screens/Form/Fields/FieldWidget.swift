import Documents
import Schemas
import Terminal

/// What takes the keys of one field and holds what they left.
enum FieldWidget: Sendable {
    case line(LineInput)
    case number(NumberInput)
    case masked(MaskedInput)
    case text(TextBox)
    case yaml(TextBox)
    case check(CheckBox)
    case choice(Choice, [Value])
    /// As `choice`, with more than fit beside each other.
    case list(Choice, [Value])
    case checks(CheckList, [Value])
    case rows(RowsInput)
    case pairs(PairsInput)
    case table(TableInput)
    case branch(BranchInput)
    /// An object with a page of its own, and what it was given.
    case page(Value?)
    /// The answer that there is none, which is not the same as no answer.
    case none

    /// The field's own widget with `value` in it; YAML where that widget could not give the value back.
    init(_ field: Field, _ value: Value?) {
        self = FieldWidget(own: field, value)
        guard let value, self.value(field) != value, !holds(value, field) else { return }
        self = .yaml(TextBox(FieldWidget.yaml(value)))
    }

    private init(own field: Field, _ value: Value?) {
        if value == .null, field.isNullable, field.options.isEmpty {
            self = .none
            return
        }
        switch FieldManner.sort(of: field) {
        case .line: self = FieldWidget.line(value.map(field.text) ?? "")
        case .number, .slider: self = .number(FieldWidget.number(field, value.map(field.text) ?? ""))
        case .masked: self = FieldWidget.masked(field, value.map(field.text) ?? "")
        case .text: self = .text(TextBox(value.map(field.text) ?? ""))
        case .check: self = .check(FieldWidget.check(field, value?.bool))
        case .choice:
            let (choice, values) = FieldWidget.choice(field, value)
            self = .choice(choice, values)
        case .list:
            let (choice, values) = FieldWidget.choice(field, value)
            self = .list(choice, values)
        case .checks: self = FieldWidget.checks(field, value?.list ?? [])
        case .rows: self = .rows(RowsInput((value?.list ?? []).map(field.itemText)))
        case .pairs:
            let members = value?.object ?? Object()
            self = .pairs(PairsInput(members.map { (name: $0.key, value: field.entryText($0.value)) }))
        case .table: self = .table(TableInput(value?.list ?? value?.object?.values ?? []))
        case .branch: self = .branch(BranchInput(field.branchTitles))
        case .page: self = .page(value)
        case .yaml, .none: self = .yaml(TextBox(value.map(FieldWidget.yaml) ?? ""))
        }
    }

    private static func line(_ text: String) -> FieldWidget {
        text.contains(where: \.isNewline) ? .text(TextBox(text)) : .line(LineInput(text))
    }

    private static func masked(_ field: Field, _ text: String) -> FieldWidget {
        guard let mask = field.mask, !text.contains(where: \.isNewline) else { return line(text) }
        return .masked(MaskedInput(text, mask: mask))
    }

    private static func check(_ field: Field, _ isOn: Bool?) -> CheckBox {
        if case .flag(let isTriState) = field.kind { return CheckBox(isOn: isOn, isTriState: isTriState) }
        return CheckBox(isOn: isOn)
    }

    /// Items that are none of the options stand behind them, so that they are kept until they are taken out.
    private static func checks(_ field: Field, _ items: [Value]) -> FieldWidget {
        var labels = field.options.map(\.label)
        var values = field.options.map(\.value)
        for item in items where !values.contains(item) {
            labels.append(strange(field, item))
            values.append(item)
        }
        return .checks(CheckList(labels, chosen: items.compactMap { values.firstIndex(of: $0) }), values)
    }

    /// How a value is called that can't be chosen any more.
    private static func strange(_ field: Field, _ value: Value) -> String {
        let text = value.string ?? field.text(for: value)
        return "\(text) (not offered)"
    }

    private static func number(_ field: Field, _ text: String) -> NumberInput {
        guard case .number(let entry) = field.kind else { return NumberInput(text) }
        let low = entry.minimum?.int ?? Int.min
        let high = max(low, field.shortRange.last ?? entry.maximum?.int ?? Int.max)
        return NumberInput(text, step: entry.step.int ?? 1, in: low...high, slides: !field.shortRange.isEmpty)
    }

    /// A value that is none of the options stands behind them, so that it is kept until another is chosen.
    private static func choice(_ field: Field, _ value: Value?) -> (Choice, [Value]) {
        var labels = field.options.map(\.label)
        var values = field.options.map(\.value)
        if let value, !values.contains(value) {
            labels.append(strange(field, value))
            values.append(value)
        }
        return (Choice(labels, selected: value.flatMap { values.firstIndex(of: $0) }), values)
    }

    /// Whether a value can be mended, or is taken apart, where it stands.
    private func holds(_ value: Value, _ field: Field) -> Bool {
        switch (self, value) {
        case (.line, .string), (.line, .number), (.line, .bool), (.text, .string), (.text, .number), (.text, .bool),
            (.number, .string), (.number, .number), (.number, .bool), (.masked, .string), (.masked, .number),
            (.page, .object), (.branch, _):
            true
        case (.table, .list): if case .table = field.kind { true } else { false }
        case (.table, .object): if case .map = field.kind { true } else { false }
        case (.line, _), (.text, _), (.number, _), (.masked, _), (.yaml, _), (.check, _), (.choice, _), (.list, _),
            (.checks, _), (.rows, _), (.pairs, _), (.table, _), (.page, _), (.none, _):
            false
        }
    }

    var sort: FieldManner.Sort {
        switch self {
        case .line: .line
        case .number(let number): number.slides ? .slider : .number
        case .masked: .masked
        case .text: .text
        case .yaml: .yaml
        case .check: .check
        case .choice: .choice
        case .list: .list
        case .checks: .checks
        case .rows: .rows
        case .pairs: .pairs
        case .table: .table
        case .branch: .branch
        case .page: .page
        case .none: .none
        }
    }
}

extension FieldWidget {
    /// What a list of options is shown for.
    var longChoice: Choice? {
        switch self {
        case .list(let choice, _): choice
        case .branch(let input): input.choice
        case .line, .number, .masked, .text, .yaml, .check, .choice, .checks, .rows, .pairs, .table, .page, .none: nil
        }
    }
}

// MARK: - What stands in it

extension FieldWidget {
    /// How many rows or branches can hold entries.
    var slotCount: Int {
        switch self {
        case .table(let table): table.bases.count
        case .branch(let input): input.bases.count
        case .line, .number, .masked, .text, .yaml, .check, .choice, .list, .checks, .rows, .pairs, .page, .none: 0
        }
    }

    /// Whether the entries of a row or branch are shown, on whatever page.
    func shows(slot: Int) -> Bool {
        switch self {
        case .table, .page: true
        case .branch(let input): input.chosen == slot
        case .line, .number, .masked, .text, .yaml, .check, .choice, .list, .checks, .rows, .pairs, .none: false
        }
    }
}

// MARK: - What it holds

extension FieldWidget {
    /// What the field is answered with by itself; `nil` where nothing stands there, and where entries in it answer.
    func value(_ field: Field) -> Value? {
        switch self {
        case .line(let input): return field.value(from: input.text)
        case .number(let number): return field.value(from: number.input.text)
        case .masked(let masked): return field.value(from: masked.input.text)
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
        case .pairs(let input):
            guard case .map(let entry, _) = field.kind else { return nil }
            return .object(
                Object(
                    input.pairs.filter { !$0.name.isEmpty }.map {
                        ($0.name.text, entry.value(from: $0.value.text) ?? .string(""))
                    }))
        case .none: return .null
        case .table, .branch, .page: return nil
        }
    }

    /// Whether there is nothing in it that could be an answer.
    var isEmpty: Bool {
        switch self {
        case .line(let input): input.isEmpty
        case .number(let number): number.input.isEmpty
        case .masked(let masked): masked.input.isEmpty
        case .text(let box), .yaml(let box): box.text.isEmpty
        case .check(let box): box.isOn == nil
        case .choice(let choice, _), .list(let choice, _): choice.selected == nil
        case .checks(let list, _): list.chosen.isEmpty
        case .rows(let rows): rows.rows.isEmpty
        case .pairs(let input): input.pairs.isEmpty
        case .table(let table): table.bases.isEmpty
        case .branch(let input): input.chosen == nil
        case .page, .none: false
        }
    }

    /// In one line, for people.
    var shown: String {
        switch self {
        case .line(let input): input.text
        case .number(let number): number.input.text
        case .masked(let masked): masked.input.text
        case .text(let box), .yaml(let box): box.text
        case .check(let box): box.isOn == nil ? "" : box.word.string
        case .choice(let choice, _), .list(let choice, _): choice.value ?? ""
        case .checks(let list, _): list.chosen.map { list.options[$0] }.joined(separator: ", ")
        case .rows(let rows): rows.texts.joined(separator: ", ")
        case .pairs(let input): input.pairs.map { "\($0.name.text)=\($0.value.text)" }.joined(separator: ", ")
        case .branch(let input): input.choice.value ?? ""
        case .table, .page: ""
        case .none: "none"
        }
    }

    static func read(_ text: String) -> (value: Value?, findings: [Finding]) {
        let (document, findings) = Document.read(Source(name: "input", text: text), as: .spec)
        return (document?.value, findings)
    }

    static func yaml(_ value: Value) -> String {
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
        case .masked(let masked): .string(masked.input.text)
        case .text(let box): .string(box.text)
        case .yaml(let box): ["yaml": .string(box.text)]
        case .check(let box): ["value": box.isOn.map(Value.bool) ?? .null]
        case .choice(let choice, let values), .list(let choice, let values):
            ["value": choice.selected.map { values[$0] } ?? .null]
        case .checks(let list, let values): ["value": .list(list.chosen.map { values[$0] })]
        case .rows(let rows): .list(rows.texts.map(Value.string))
        case .pairs(let input): ["pairs": .list(input.pairs.map { [.string($0.name.text), .string($0.value.text)] })]
        case .table(let table): ["rows": .list(table.bases)]
        case .branch(let input):
            ["branch": .number(Number(input.chosen ?? -1)), "bases": .list(input.bases)]
        case .page(let base): base.map { ["page": $0] } ?? ["page": false]
        case .none: ["none": true]
        }
    }

    /// What a draft kept; `nil` where the field is of another sort now.
    init?(_ field: Field, kept: Value) {
        let sort = FieldManner.sort(of: field)
        if let text = kept["yaml"]?.string {
            self = .yaml(TextBox(text))
        } else if kept["none"] != nil {
            self = .none
        } else if let value = kept["value"] {
            self.init(field, value)
        } else if let pairs = kept["pairs"]?.list, sort == .pairs {
            self = .pairs(PairsInput(pairs.map { (name: $0[0]?.string ?? "", value: $0[1]?.string ?? "") }))
        } else if let bases = kept["rows"]?.list, sort == .table {
            self = .table(TableInput(bases))
        } else if let base = kept["page"], sort == .page {
            self = .page(base == false ? nil : base)
        } else if let branch = kept["branch"]?.number?.int, let bases = kept["bases"]?.list, sort == .branch {
            var input = BranchInput(field.branchTitles)
            guard bases.count == input.bases.count else { return nil }
            input.bases = bases
            input.choose(branch)
            self = .branch(input)
        } else if let items = kept.list, sort == .rows {
            self = .rows(RowsInput(items.compactMap(\.string)))
        } else if let text = kept.string {
            switch sort {
            case .line: self = FieldWidget.line(text)
            case .number, .slider: self = .number(FieldWidget.number(field, text))
            case .masked: self = FieldWidget.masked(field, text)
            case .text: self = .text(TextBox(text))
            case .yaml, .check, .choice, .list, .checks, .rows, .pairs, .table, .branch, .page, .none: return nil
            }
        } else {
            return nil
        }
    }
}

extension Field {
    /// What can be chosen from; empty where anything can be given.
    var options: [Option] {
        switch kind {
        case .choice(let options, _), .checks(let options): options
        case .flag where isNullable:
            [Option(true, "yes"), Option(false, "no"), Option(.null, "none")]
        case .secret(let names): names.map { Option(["$secret": .string($0)], $0) }
        case .flag, .text, .multiline, .number, .list, .table, .section, .map, .branches, .file, .yaml: []
        }
    }

    var branchTitles: [String] { if case .branches(let branches) = kind { branches.map(\.title) } else { [] } }

    fileprivate func itemText(_ value: Value) -> String {
        if case .list(let item, _) = kind { item.text(for: value) } else { value.json() }
    }

    fileprivate func entryText(_ value: Value) -> String {
        if case .map(let entry, _) = kind { entry.text(for: value) } else { value.json() }
    }
}
