import Schemas
import Terminal

extension FormPage {
    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        let parts = command.split(separator: ".").map(String.init)
        guard parts.count > 2 else { return runForm(parts.last ?? "", desk) }
        switch parts[1] {
        case "text", "rows", "pairs", "checks", "number", "table", "page", "file":
            return runField(parts[2], desk)
        case "list":
            openPicker()
            return []
        case "comparison":
            isComparing = false
            return []
        case "picker": return pick(Self.pickerKeys[parts[2]] ?? "Esc", desk)
        default: return runForm(parts[2], desk)
        }
    }

    private mutating func runForm(_ command: String, _ desk: Desk) -> [Action] {
        let before = model.focus
        switch command {
        case "review": return review(desk)
        case "next": model.step(1)
        case "previous": model.step(-1)
        case "page": model.step(8)
        case "pageBack": model.step(-8)
        case "section": model.stepSection(1)
        case "sectionBack": model.stepSection(-1)
        case "default":
            model.give(nil)
            return changed(desk)
        case "none":
            _ = model.giveNone()
            return changed(desk)
        case "reveal":
            if !model.reveal() { return [.say(Line("There is no secret yet.", .dim))] }
        case "take": return take(desk)
        case "editField": return editField()
        case "edit":
            model.leaveField()
            return [.edit(text: unread ?? model.editedText(desk.engine), suffix: ".yaml")]
        case "fault":
            if !model.stepFault(forward: true) { return [.say(Line("All answers are in order.", .ok))] }
        case "faultBack": _ = model.stepFault(forward: false)
        case "add":
            model.addInstance()
            edits += 1
        case "enclosing": _ = model.up()
        case "remove": return [askRemoval()]
        case "compare": (isComparing, pane) = (true, TextPane.State())
        case "unfold": model.unfold()
        case "file":
            preview.turn(fileCount: previewFiles.count)
            return refreshPreview(desk)
        case "scrollDown": scrollPane(4)
        case "scrollUp": scrollPane(-4)
        case "leave":
            leave(desk)
            return [.back] + (model.content == kept ? [] : [.say(Line("The draft is kept; it waits on Home.", .dim))])
        default: break
        }
        return moved(from: before, desk) + (before == model.focus ? [] : refreshPreview(desk))
    }

    // MARK: Keys of a field

    private static let fieldKeys: [String: KeyEvent] = [
        "enter": "Enter", "delete": "Ctrl-X", "up": "Up", "down": "Down", "raise": "Alt-Up", "lower": "Alt-Down",
        "copy": "Ctrl-Y",
    ]

    /// A key that the field has before the form; past the field's ends it moves between fields.
    private mutating func runField(_ command: String, _ desk: Desk) -> [Action] {
        let before = model.focus
        let entry = model[before]
        if command == "enter" || command == "copy" || command == "open" || command == "add",
            let most = entry.mostRows, entry.rowCount >= most, command != "open" || entry.isAtEnd
        {
            return [.say(Line(untrusted: "\(entry.field.label) may have at most \(most): take one out first.", .warn))]
        }
        if let key = Self.fieldKeys[command], model.type(key) { return changed(desk) }
        switch command {
        case "open", "add":
            if command == "add" { _ = model.type("+") }
            guard model.open() else { return [.say(Line("Nothing can be filled there.", .dim))] }
            return changed(desk)
        case "import", "choose": return [.perform(DirectoryListing.reading(".", for: before))]
        case "up": model.step(-1)
        case "down", "enter": model.step(1)
        default: return []
        }
        return moved(from: before, desk) + refreshPreview(desk)
    }

    private mutating func take(_ desk: Desk) -> [Action] {
        if model.takeRemedy() { return changed(desk) }
        // Where nothing is wrong the key brings back what was cut, as in every line.
        return model.type("Ctrl-Y") ? changed(desk) : []
    }

    // MARK: The list of a long choice

    private static let pickerKeys: [String: KeyEvent] = [
        "choose": "Enter", "down": "Down", "up": "Up", "pageDown": "PgDn", "pageUp": "PgUp", "close": "Esc",
    ]

    mutating func openPicker() {
        let entry = model[model.focus]
        guard let choice = entry.widget.longChoice else { return }
        let standard = entry.field.defaultValue.map(entry.shown)
        files = nil
        let items = choice.options.enumerated().map { index, label in
            Picker.Item("\(index)", label, detail: label == standard ? "default" : "")
        }
        picker = Picker(items, selected: choice.selected.map(String.init))
    }

    mutating func pick(_ key: KeyEvent, _ desk: Desk) -> [Action] {
        let page = Picker.page(height: pickerHeight(desk.content))
        switch picker?.handle(key, page: page) {
        case .chosen(let id)?:
            picker = nil
            if let files { return [.perform(files.choosing(id))] }
            if case .branch = model[model.focus].widget, let index = Int(id) {
                model.choose(branch: index)
                return changed(desk)
            }
            guard case .list(_, let values) = model[model.focus].widget, let index = Int(id),
                values.indices.contains(index)
            else { return [] }
            model.give(values[index])
            return changed(desk)
        case .closed?: picker = nil
        case .stays?, .refused?, nil: break
        }
        return []
    }

    func pickerHeight(_ rect: Rect) -> Int {
        min(rect.height, max(6, min(18, (picker?.items.count ?? 0) + 4))) - 2
    }
}
