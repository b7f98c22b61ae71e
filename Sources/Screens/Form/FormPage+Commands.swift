import Schemas
package import Terminal

/// The keys, as data. Those that only mean something in a field of a sort, or while a form has something to act
/// on, stand in contexts of their own, so that the hint line shows what is of use here.
extension FormPage {
    package static let commands: [Command] =
        formCommands + situationCommands + fieldCommands + pickerCommands + comparisonCommands

    private static let formCommands: [Command] = [
        command("review", "review", "Checks all answers, and shows what would happen.", ["Ctrl-S"], "ACT", 1),
        command("next", "next field", "Goes to the next field.", ["Tab", "Down", "Enter"], "MOVE", 8),
        command("previous", "previous field", "Goes to the field before.", ["S-Tab", "Up"], "MOVE"),
        command("section", "section", "Goes to the next section.", ["Ctrl-N"], "MOVE", 10),
        command("sectionBack", "section back", "Goes to the section before.", ["Ctrl-P"], "MOVE"),
        command("page", "page down", "Goes eight fields on.", ["PgDn"], "MOVE"),
        command("pageBack", "page up", "Goes eight fields back.", ["PgUp"], "MOVE"),
        command("default", "default", "Takes the answer back: the default holds, or nothing.", ["Ctrl-R"], "ACT", 9),
        command("none", "none", "Says that there is no value, where that is an answer.", ["F7"], "ACT"),
        command("reveal", "reveal", "Shows the secret in this field, or hides it again.", ["Ctrl-T"], "SEE"),
        command("edit", "$EDITOR", "Opens the whole spec as YAML in your editor.", ["Ctrl-E"], "ACT", 11),
        command("editField", "field in $EDITOR", "Opens this field alone in your editor.", ["F9"], "ACT"),
        command("fault", "next fault", "Goes to the next field that needs you.", ["F8"], "MOVE"),
        command("faultBack", "fault before", "Goes to the field before that needs you.", ["S-F8", "F20"], "MOVE"),
        command("take", "take nearest", "Takes the nearest value that is allowed.", ["Ctrl-Y"], "ACT"),
        command("add", "copy instance", "Adds an instance with the answers of this one.", ["F2"], "ACT"),
        command("compare", "compare", "Shows the instances side by side.", ["F3"], "SEE"),
        Command(
            "form.remove", "remove instance", "Takes this instance out.", keys: ["F4"], in: "form", group: "ACT",
            asks: true),
        command("file", "file", "Shows the rendered file as the answers stand, then the next one.", ["F5"], "SEE", 6),
        command("scrollDown", "scroll down", "Scrolls the file or the help.", ["Ctrl-Down"], "SEE"),
        command("scrollUp", "scroll up", "Scrolls the file or the help back.", ["Ctrl-Up"], "SEE"),
        command("unfold", "folded", "Shows or hides what was carried over, or is deprecated.", ["F6"], "SEE"),
        command("leave", "keep draft", "Leaves; the draft waits on Home.", ["Esc"], "MOVE", 7),
    ]

    /// The same as in the form, with a place in the hint line while there is something to act on.
    private static let situationCommands: [Command] = [
        hinted("take", in: "form.nearest", 2), hinted("fault", "fault", in: "form.faults", 4),
        hinted("add", "copy", in: "form.service", 5), hinted("compare", in: "form.instances", 12),
        hinted("remove", in: "form.instances", 13), hinted("unfold", in: "form.folded", 3),
        hinted("none", in: "form.nullable", 3), hinted("reveal", in: "form.secret", 2),
        Command(
            "form.nested.enclosing", "back", "Goes back to the field that this page belongs to.", keys: ["Esc"],
            in: "form.nested", group: "MOVE", hint: 1),
    ]

    private static let fieldCommands: [Command] =
        [field("text", "enter", "new line", "Begins a line.", ["Enter"], 3)] + steps("text", "line", "a line")
        + [newRow("rows")] + rowCommands("rows", delete: 3) + [newRow("pairs")] + rowCommands("pairs", delete: 3)
        + [
            field("pairs", "import", "read file", "Adds the names and values of an .env file.", ["Ins", "F10"], 4),
            field("table", "open", "open", "Opens the row, or adds one.", ["Enter"], 2),
            field("table", "add", "add", "Adds a row.", ["+"], 3),
            field("table", "copy", "copy row", "Puts a copy of the row behind it.", ["Ctrl-Y"], 4),
        ] + rowCommands("table", delete: 5)
        + [
            field("page", "open", "open", "Opens the page with its fields.", ["Enter"], 2),
            field("file", "choose", "choose file", "Takes the bytes of a file.", ["Enter"], 2),
        ] + steps("checks", "option", "an option")
        + [
            field("number", "raise", "more", "Adds a step.", ["Alt-Up"]),
            field("number", "lower", "less", "Takes a step away.", ["Alt-Down"]),
            field("list", "open", "list", "Lists all that can be chosen; letters filter.", ["Enter"], 2),
        ]

    private static func newRow(_ sort: String) -> Command {
        field(sort, "enter", "new row", "Adds a row; on an empty one goes to the next field.", ["Enter"], 2)
    }

    /// What is done with rows, whatever stands in them.
    private static func rowCommands(_ sort: String, delete hint: Int) -> [Command] {
        [field(sort, "delete", "delete row", "Takes the row out.", ["Ctrl-X"], hint)] + steps(sort, "row", "a row") + [
            field(sort, "raise", "move up", "Moves the row up.", ["Alt-Up"]),
            field(sort, "lower", "move down", "Moves the row down.", ["Alt-Down"]),
        ]
    }

    /// Moving within a field that has lines, and past its ends.
    private static func steps(_ sort: String, _ what: String, _ one: String) -> [Command] {
        [
            field(sort, "up", "\(what) up", "Goes \(one) up, then to the field before.", ["Up"]),
            field(sort, "down", "\(what) down", "Goes \(one) down, then to the next field.", ["Down"]),
        ]
    }

    private static let pickerCommands: [Command] = [
        field("picker", "choose", "choose", "Takes the option.", ["Enter"], 1),
        field("picker", "down", "down", "Goes to the next option.", ["Down", "Ctrl-N", "Tab"]),
        field("picker", "up", "up", "Goes to the option before.", ["Up", "Ctrl-P", "S-Tab"]),
        field("picker", "pageDown", "page down", "Goes a page down.", ["PgDn"]),
        field("picker", "pageUp", "page up", "Goes a page up.", ["PgUp"]),
        field("picker", "close", "close", "Leaves the answer as it is.", ["Esc", "Ctrl-C"], 2),
    ]

    private static let comparisonCommands: [Command] = [
        Command(
            "form.comparison.leave", "back to the form", "Shows the fields again.", keys: ["Esc", "F3", "q", "Ctrl-C"],
            in: "form.comparison", group: "SEE", hint: 1)
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil
    ) -> Command {
        Command("form." + id, title, doc, keys: keys, in: "form", group: group, hint: hint)
    }

    private static func field(
        _ sort: String, _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ hint: Int? = nil
    ) -> Command {
        let context = KeyContext(rawValue: "form." + sort)
        return Command(
            "form.\(sort).\(id)", title, doc, keys: keys, in: context, group: "THIS FIELD", hint: hint)
    }

    private static func hinted(
        _ id: String, _ title: String? = nil, in context: KeyContext, _ hint: Int
    ) -> Command {
        guard var command = formCommands.first(where: { $0.id == "form." + id }) else {
            preconditionFailure("no command form.\(id)")
        }
        command.id = "\(context.rawValue).\(id)"
        command.context = context
        command.title = title ?? command.title
        command.hint = hint
        return command
    }

    /// The field's own keys first, then what the form has to act on now, then what every form has.
    package var contexts: [KeyContext] {
        if isComparing { return ["form.comparison"] }
        if picker != nil { return ["form.picker"] }
        let entry = model[model.focus]
        var contexts: [KeyContext] = []
        if case .file = entry.field.kind, entry.widget.sort == .line { contexts.append("form.file") }
        if let own = entry.manner.context { contexts.append(own) }
        if model.place.owner != nil { contexts.append("form.nested") }
        if !model.shownFaults(at: model.focus).isEmpty, model.remedy(at: model.focus) != nil {
            contexts.append("form.nearest")
        }
        if entry.field.isSecret, entry.isSet { contexts.append("form.secret") }
        if entry.field.isNullable { contexts.append("form.nullable") }
        if !model.isComplete { contexts.append("form.faults") }
        if model.canAddInstance { contexts.append("form.service") }
        if model.instances.count > 1 { contexts.append("form.instances") }
        if model.hasAside { contexts.append("form.folded") }
        return contexts + ["form"]
    }

    package func availability(of command: String) -> Availability {
        let field = model[model.focus].field
        switch command.split(separator: ".").last {
        case "add" where !command.hasPrefix("form.table"):
            return model.canAddInstance ? .yes : .no("only a service's form has instances to add, up to 20")
        case "compare": return model.instances.count > 1 ? .yes : .no("there is one instance or none")
        case "remove":
            return model.canRemoveInstance ? .yes : .no("go to an instance first; a service keeps at least one")
        case "unfold": return model.hasAside ? .yes : .no("nothing was carried over, and nothing is deprecated")
        case "none": return field.isNullable ? .yes : .no("this field must have a value, or none at all")
        case "reveal": return field.isSecret ? .yes : .no("nothing is hidden in this field")
        case "editField":
            return model.hidesSecrets(at: model.focus) ? .no("secrets are not given to an editor") : .yes
        default: return .yes
        }
    }
}
