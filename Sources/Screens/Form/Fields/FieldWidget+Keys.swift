import Schemas
import Terminal

extension FieldWidget {
    mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch self {
        case .line(var input):
            defer { self = .line(input) }
            return input.handle(key)
        case .number(var number):
            defer { self = .number(number) }
            return number.handle(key)
        case .masked(var masked):
            defer { self = .masked(masked) }
            return masked.handle(key)
        case .text(var box):
            defer { self = .text(box) }
            return box.handle(key)
        case .yaml(var box):
            defer { self = .yaml(box) }
            return box.handle(key)
        case .check(var box):
            defer { self = .check(box) }
            return box.handle(key) ? .changed : .ignored
        case .choice(var choice, let values):
            defer { self = .choice(choice, values) }
            return choice.handle(key) ? .changed : .ignored
        case .list(var choice, let values):
            guard key == "Left" || key == "Right" else { return .ignored }
            defer { self = .list(choice, values) }
            return choice.handle(key) ? .changed : .ignored
        case .checks(var list, let values):
            defer { self = .checks(list, values) }
            return list.handle(key)
        case .rows(var rows):
            defer { self = .rows(rows) }
            return rows.handle(key)
        case .pairs(var pairs):
            defer { self = .pairs(pairs) }
            return pairs.handle(key)
        case .branch(var input):
            defer { self = .branch(input) }
            return input.handle(key) ? .changed : .ignored
        case .table, .page, .none: return .ignored
        }
    }

    /// Takes pasted text; widgets to choose with take none.
    mutating func paste(_ text: String) -> LineInput.Outcome {
        switch self {
        case .line(var input):
            defer { self = .line(input) }
            return input.paste(text)
        case .number(var number):
            defer { self = .number(number) }
            return number.input.paste(text.filter { !$0.isWhitespace })
        case .masked(var masked):
            defer { self = .masked(masked) }
            return masked.input.paste(text.filter { !$0.isNewline })
        case .text(var box):
            defer { self = .text(box) }
            return box.paste(text)
        case .yaml(var box):
            defer { self = .yaml(box) }
            return box.paste(text)
        case .rows(var rows):
            defer { self = .rows(rows) }
            return rows.paste(text)
        case .pairs(var pairs):
            defer { self = .pairs(pairs) }
            // Names with values become rows of their own; all else is a part of what is being typed.
            let isWhole = text.contains(where: \.isNewline) || text.contains("=") && !pairs.isInValue
            guard isWhole else { return pairs.paste(text) }
            let lines = VariableLines.read(text)
            guard !lines.isEmpty else { return .ignored }
            let dropped = pairs.insert(lines)
            return dropped > 0 ? .pasted(joinedLines: false, droppedBytes: dropped) : .changed
        case .check, .choice, .list, .checks, .table, .branch, .page, .none: return .ignored
        }
    }

    /// The text is a whole that the next letter replaces while it is only the default.
    var isReplacedByTyping: Bool {
        switch self {
        case .line, .number, .masked, .text: true
        case .yaml, .check, .choice, .list, .checks, .rows, .pairs, .table, .branch, .page, .none: false
        }
    }

    /// Puts text in the place of what stands there.
    mutating func replace(with text: String) {
        switch self {
        case .line: self = .line(LineInput(text))
        case .number(var number):
            number.input = LineInput(text)
            self = .number(number)
        case .masked(var masked):
            masked.input = LineInput(text)
            self = .masked(masked)
        case .text: self = .text(TextBox(text))
        case .yaml, .check, .choice, .list, .checks, .rows, .pairs, .table, .branch, .page, .none: break
        }
    }

    /// The field is left: rows without text go, and of a moment what everybody leaves out is added.
    mutating func settle() {
        switch self {
        case .rows(var rows):
            rows.dropEmpty()
            self = .rows(rows)
        case .pairs(var pairs):
            pairs.dropEmpty()
            self = .pairs(pairs)
        case .masked(var masked):
            masked.complete()
            self = .masked(masked)
        case .line, .number, .text, .yaml, .check, .choice, .list, .checks, .table, .branch, .page, .none: break
        }
    }
}
