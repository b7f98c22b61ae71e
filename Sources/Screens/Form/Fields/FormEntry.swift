package import Documents
package import Schemas
import Terminal

extension FormModel {
    /// One field with its answer.
    package struct Entry: Sendable {
        /// Which of the section's schemas it belongs to.
        package let part: Int
        package let field: Field
        /// The section inside the schema that it belongs to.
        package let heading: String?
        var widget: FieldWidget
        /// Whether it was answered; until then the widget holds the default. Unset is not the same as empty.
        package private(set) var isSet = false
        /// Whether its faults show: it was left once, or typing paused.
        package var wasLeft = false
        package var isFixed: Bool
        /// Whether it is asked for as the other answers stand.
        package internal(set) var isAsked = true
        /// Whether it was carried over from another version without a change.
        package var isCarried = false
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
        private var isTyping = false

        private struct Past: Sendable {
            var widget: FieldWidget
            var isSet: Bool
            var isFresh: Bool
        }

        private static let pastLimit = 50

        init(part: Int, field: Field, heading: String? = nil, isFixed: Bool = false) {
            self.part = part
            self.field = field
            self.heading = heading
            self.isFixed = isFixed
            widget = FieldWidget(field, field.defaultValue)
        }
    }
}

extension FormModel.Entry {
    /// The value that was given; `nil` where the default holds or nothing.
    package var answer: Value? { isSet ? widget.value(field) : nil }

    /// What counts now, the answer or the default, in one line.
    package var shownText: String { widget.shown }

    /// How a value of this field is shown in one line.
    func shown(_ value: Value) -> String { FieldWidget(field, value).shown }

    var manner: FieldManner { .of(widget.sort) }

    /// Takes a value from outside; `nil` goes back to the default.
    mutating func take(_ value: Value?) {
        widget = FieldWidget(field, value ?? field.defaultValue)
        isSet = value != nil
        isFresh = value == nil
        wasEmptied = false
        past = []
        isTyping = false
    }

    /// Takes what a draft kept.
    mutating func take(kept: Value) {
        guard let widget = FieldWidget(field, kept: kept) else { return take(nil) }
        take(nil)
        self.widget = widget
        isSet = true
        isFresh = false
    }
}

// MARK: - Editing

extension FormModel.Entry {
    private static let deleting: Set<KeyEvent> = [
        "Backspace", "Ctrl-H", "Del", "Ctrl-D", "Ctrl-W", "Alt-Backspace", "Alt-d", "Ctrl-K",
    ]

    /// Takes a key; `false` where it means nothing in this field.
    mutating func type(_ key: KeyEvent) -> Bool {
        if key == "Ctrl-_" { return undo() }
        if isFresh, wasEmptied, Self.deleting.contains(key) { return true }
        let before = Past(widget: widget, isSet: isSet, isFresh: isFresh)
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
        let before = Past(widget: widget, isSet: isSet, isFresh: isFresh)
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
    mutating func give(_ value: Value?) {
        remember(Past(widget: widget, isSet: isSet, isFresh: isFresh), isLetter: false)
        widget = FieldWidget(field, value ?? field.defaultValue)
        isSet = value != nil
        isFresh = value == nil
        wasEmptied = false
    }

    /// The field is left: numbers with units are converted, rows without text go.
    mutating func settle() {
        isTyping = false
        wasEmptied = false
        isFresh = !isSet
        if !isSet { widget = FieldWidget(field, field.defaultValue) }
        widget.settle()
        if isSet { settleEmptiness() }
        guard isSet, case .number(let number) = widget, number.value == nil,
            let value = Quantity.number(number.input.text, unit: field.unit), value.text != number.input.text
        else { return }
        give(.number(value))
    }

    private mutating func undo() -> Bool {
        guard let last = past.popLast() else { return false }
        widget = last.widget
        isSet = last.isSet
        isFresh = last.isFresh
        wasEmptied = false
        isTyping = false
        return true
    }

    /// Letters that follow each other are one step back.
    private mutating func remember(_ before: Past, isLetter: Bool) {
        isSet = true
        isFresh = false
        wasEmptied = false
        defer { isTyping = isLetter }
        if isLetter, isTyping { return }
        past.append(before)
        if past.count > Self.pastLimit { past.removeFirst() }
    }

    /// An answer that was deleted is none, unless empty is an answer.
    private mutating func settleEmptiness() {
        guard widget.isEmpty else { return }
        switch widget.sort {
        case .line, .number, .text, .yaml: if field.acceptsEmptyText { return }
        case .check, .choice, .list: break
        // No rows at all is an answer where the default has some.
        case .checks, .rows, .pairs: if field.defaultValue != nil { return }
        }
        isSet = false
        isFresh = true
        wasEmptied = true
        widget = FieldWidget(field, field.defaultValue)
    }
}
