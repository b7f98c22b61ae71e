package import Documents
package import Schemas
import Terminal

extension FormModel {
    /// One field with its answer.
    package struct Entry: Sendable {
        /// What an entry is among others.
        package enum Role: Hashable, Sendable {
            case leaf
            /// The name of a map's entry.
            case name
            /// An object with a page of its own.
            case page
            /// Items or entries, each with a page of its own.
            case table
            /// A choice of shapes, whose fields follow it on the same page.
            case branch
        }

        /// Why an entry stands aside until somebody asks for it.
        package enum Aside: Hashable, Sendable {
            /// It was carried over from another version without a change.
            case carried
            /// It is deprecated, and was not given.
            case deprecated
        }

        /// Which of the section's schemas it belongs to.
        package let part: Int
        package internal(set) var field: Field
        /// The section inside the schema that it belongs to.
        package let heading: String?
        package internal(set) var role: Role
        /// How many entries it stands in.
        let depth: Int
        /// The row or branch of the entry around it that it belongs to.
        var slot: Int
        /// Members that others ask for, of an object in whose place it stands too.
        let named: Set<String>
        /// What the field is given once its branch is chosen: validation fills no defaults there.
        let standard: Value?
        var widget: FieldWidget
        /// Whether it was answered; until then the widget holds the default. Unset is not the same as empty.
        package private(set) var isSet = false
        /// Whether its faults show: it was left once, or typing paused.
        package var wasLeft = false
        package var isFixed: Bool
        /// Whether it is asked for as the other answers stand.
        package internal(set) var isAsked = true
        package internal(set) var aside: Aside?
        /// Whether a secret is shown as it is.
        package var isRevealed = false
        /// What became of the answer at an upgrade.
        package var note: String? {
            get { isSet && fate == Self.asks ? nil : fate }
            set { fate = newValue }
        }
        private var fate: String?
        /// The note of an input that waits for an answer; with one it has nothing more to say.
        static let asks = "needs you"
        /// Whether the default stands there as it is, so that a letter replaces it.
        private(set) var isFresh = true
        /// Whether the answer was deleted letter by letter: the default that shows then is not deleted too.
        private var wasEmptied = false
        private var past: [Past] = []
        /// How often it was changed by a person.
        private(set) var edits = 0
        private var isTyping = false

        /// A state to go back to, with what stood in the entry where that changed too.
        struct Past: Sendable {
            var widget: FieldWidget
            var isSet: Bool
            var isFresh: Bool
            var kids: [Entry]?
        }

        private static let pastLimit = 50

        init(
            part: Int, field: Field, heading: String? = nil, isFixed: Bool = false, depth: Int = 0, slot: Int = 0,
            named: Set<String> = [], standard: Value? = nil
        ) {
            self.part = part
            self.field = field
            self.heading = heading
            self.isFixed = isFixed
            self.depth = depth
            self.slot = slot
            self.named = named
            self.standard = standard
            role = Role(field)
            widget = FieldWidget(field, field.defaultValue)
            aside = field.isDeprecated ? .deprecated : nil
        }
    }
}

extension FormModel.Entry.Role {
    fileprivate init(_ field: Field) {
        self =
            switch FieldManner.sort(of: field) {
            case .page: .page
            case .table: .table
            case .branch: .branch
            case .line, .number, .slider, .masked, .text, .yaml, .check, .choice, .list, .checks, .rows, .pairs, .none:
                .leaf
            }
    }
}

extension FormModel.Entry {
    /// The value that was given; `nil` where the default holds or nothing. What stands in it is not looked at.
    package var answer: Value? { isSet ? widget.value(field) : nil }

    /// What counts now, the answer or the default, in one line.
    package var shownText: String { widget.shown }

    /// How a value of this field is shown in one line.
    func shown(_ value: Value) -> String {
        let text = FieldWidget(field, value).shown
        return text.isEmpty && !(value.string?.isEmpty ?? false) ? value.json() : text
    }

    var manner: FieldManner { .of(widget.sort) }

    /// Whether it stands in the place of an object of which others ask for members.
    var isBeside: Bool { field.isChoiceBesideMembers || !named.isEmpty }

    /// Whether its rows have names, and not numbers.
    var hasNames: Bool { if case .map = field.kind { true } else { false } }

    var branches: [Field.Branch] { if case .branches(let branches) = field.kind { branches } else { [] } }

    /// What `value`, whose place has `origin` steps, has for it.
    func given(in value: Value, from origin: Int) -> Value? {
        let given = value[Pointer(Array(field.pointer.steps.dropFirst(origin)))]
        guard isBeside else { return given }
        guard let members = given?.object else { return nil }
        guard role != .branch else { return members.isEmpty ? nil : given }
        let strange = members.filter { !named.contains($0.key) }
        return strange.isEmpty ? nil : .object(Object(strange.map { ($0.key, $0.value) }))
    }

    /// Takes a value from outside; `nil` goes back to the default.
    mutating func take(_ value: Value?) {
        widget = FieldWidget(field, value ?? field.defaultValue)
        isSet = value != nil
        isFresh = value == nil
        wasEmptied = false
        past = []
        isTyping = false
        if aside != .carried { aside = field.isDeprecated && value == nil ? .deprecated : nil }
    }

    /// It is answered, and so looked at.
    private mutating func comeForward() {
        if aside == .deprecated { aside = nil }
    }

    /// Takes what a draft kept.
    mutating func take(kept: Value) {
        guard let widget = FieldWidget(field, kept: kept) else { return take(nil) }
        take(nil)
        self.widget = widget
        isSet = true
        isFresh = false
        comeForward()
    }

    /// Chooses a branch without a person's doing: of the value that was given.
    mutating func choose(_ branch: Int?, _ value: Value) {
        guard case .branch(var input) = widget, let branch, input.bases.indices.contains(branch) else { return }
        input.choose(branch)
        if value.object != nil, !isBeside { input.bases[branch] = value }
        widget = .branch(input)
    }
}

// MARK: - Editing

extension FormModel.Entry {
    private static let deleting: Set<KeyEvent> = [
        "Backspace", "Ctrl-H", "Del", "Ctrl-D", "Ctrl-W", "Alt-Backspace", "Alt-d", "Ctrl-K", "Ctrl-U",
    ]

    /// Takes a key; `false` where it means nothing in this field.
    mutating func type(_ key: KeyEvent) -> Bool {
        if key == "Ctrl-_" { return undo() != nil }
        if isFresh, wasEmptied, Self.deleting.contains(key) { return true }
        let before = now
        if case .none = widget {
            guard key.typed != nil || Self.deleting.contains(key) else { return false }
            widget = FieldWidget(field, nil)
            guard key.typed != nil else {
                remember(before, isLetter: false)
                settleEmptiness()
                return true
            }
        }
        if isFresh, widget.isReplacedByTyping, key.typed != nil, !isStep(key) { widget.replace(with: "") }
        switch widget.handle(key) {
        case .ignored:
            widget = before.widget
            return false
        case .moved:
            if widget.isReplacedByTyping { isFresh = false }
            isTyping = false
        case .changed, .pasted:
            remember(before, isLetter: key.typed != nil && widget.isReplacedByTyping)
            settleEmptiness()
        }
        return true
    }

    /// In a number `+` and `-` count from the default on.
    private func isStep(_ key: KeyEvent) -> Bool {
        guard case .number(let number) = widget, number.value != nil else { return false }
        return key == "+" || key == "-" && number.range.lowerBound >= 0
    }

    mutating func paste(_ text: String) -> Bool {
        let before = now
        if case .none = widget { widget = FieldWidget(field, nil) }
        if isFresh, widget.isReplacedByTyping { widget.replace(with: "") }
        guard widget.paste(text) != .ignored else {
            widget = before.widget
            return false
        }
        remember(before, isLetter: false)
        settleEmptiness()
        return true
    }

    /// Gives a value as a person would, so that it can be undone.
    ///
    /// - Parameter kids: What stands in the entry, where that will change too.
    mutating func give(_ value: Value?, kids: [FormModel.Entry]? = nil) {
        remember(now, kids: kids, isLetter: false)
        widget = FieldWidget(field, value ?? field.defaultValue)
        isSet = value != nil
        isFresh = value == nil
        wasEmptied = false
    }

    /// Changes the widget as a person would, so that it can be undone.
    mutating func change(_ widget: FieldWidget, kids: [FormModel.Entry]? = nil) {
        remember(now, kids: kids, isLetter: false)
        self.widget = widget
        settleEmptiness()
    }

    /// Something that stands in it was answered: so it is too.
    mutating func mark() {
        isSet = true
        isFresh = false
        comeForward()
    }

    /// The field is left: numbers with units are converted, dates completed, rows without text go.
    mutating func settle() {
        isTyping = false
        wasEmptied = false
        isRevealed = false
        guard role == .leaf || role == .name else { return }
        isFresh = !isSet
        if !isSet { widget = FieldWidget(field, field.defaultValue) }
        widget.settle()
        if isSet { settleEmptiness() }
        guard isSet, case .number(let number) = widget, number.value == nil,
            let value = Quantity.number(number.input.text, unit: field.unit), value.text != number.input.text
        else { return }
        give(.number(value))
    }

    private var now: Past { Past(widget: widget, isSet: isSet, isFresh: isFresh) }

    /// Goes one step back; `nil` where there is none.
    mutating func undo() -> Past? {
        guard let last = past.popLast() else { return nil }
        edits += 1
        widget = last.widget
        isSet = last.isSet
        isFresh = last.isFresh
        wasEmptied = false
        isTyping = false
        return last
    }

    /// Letters that follow each other are one step back.
    private mutating func remember(_ before: Past, kids: [FormModel.Entry]? = nil, isLetter: Bool) {
        edits += 1
        isSet = true
        isFresh = false
        wasEmptied = false
        comeForward()
        defer { isTyping = isLetter }
        if isLetter, isTyping { return }
        var before = before
        before.kids = kids
        past.append(before)
        if past.count > Self.pastLimit { past.removeFirst() }
    }

    /// An answer that was deleted is none, unless empty is an answer.
    private mutating func settleEmptiness() {
        guard widget.isEmpty else { return }
        switch widget.sort {
        case .line, .number, .slider, .masked, .text, .yaml: if field.acceptsEmptyText { return }
        case .check, .choice, .list, .branch: break
        // No rows at all is an answer where the default has some, or where there has to be an answer.
        case .checks, .rows, .pairs, .table: if field.defaultValue != nil || field.isRequired { return }
        case .page, .none: return
        }
        isSet = false
        isFresh = true
        wasEmptied = true
        guard role == .leaf || role == .name else { return }
        widget = FieldWidget(field, field.defaultValue)
    }
}
