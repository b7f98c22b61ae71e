package import Engine
package import Terminal

/// One screen of the catalog: a value that keys change and that can be drawn.
///
/// Pages read through the engine's quick readers in `load`; whatever takes time or changes the world is an `Action`.
package protocol Page: Sendable {
    /// What it shows, in a few words that are the same whenever the same thing is shown: `template fargate-service`.
    var key: String { get }
    /// Where it is, from the outermost place to this one.
    var crumbs: [SafeText] { get }
    /// Where its keys have a meaning, innermost first; `global` is added behind them.
    var contexts: [KeyContext] { get }
    /// Whether a text field has the focus, so that letters are text and no command.
    var isTyping: Bool { get }
    /// Which row of how many, such as `5/12`.
    var position: SafeText { get }
    /// At the right of the message line.
    var note: Line { get }
    /// Where what it is about goes, or runs; `nil` where it is about no place of its own.
    var place: Place? { get }
    /// When it wants to be drawn again by itself; `nil` where nothing changes with time.
    var nextTick: Duration? { get }

    /// Reads what it shows: when it is opened or come back to, and whenever the store has changed.
    mutating func load(_ desk: Desk) throws(Refusal)
    /// Does what a command of one of its contexts stands for.
    mutating func run(_ command: String, _ desk: Desk) -> [Action]
    /// Takes a key that no command has; `nil` where it means nothing here.
    mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]?
    mutating func paste(_ text: String, _ desk: Desk) -> [Action]
    /// Takes the answer of a `perform` that it asked for.
    mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action]
    /// Reads what it put off while keys came: before a command is run, and when its tick comes. What acts on the
    /// selected row must not act on the one before.
    mutating func settle(_ desk: Desk)
    /// The moment that `nextTick` asked for has come.
    mutating func tick(_ desk: Desk) -> [Action]
    func availability(of command: String) -> Availability
    /// What is copied from it: the selected row's name or value; `nil` where nothing is selected.
    var selectedText: String? { get }
    /// Whether it is over once the order that it leads to is submitted: a form, a review.
    var leadsToOrder: Bool { get }
    /// Whether it stays as it is while another screen is shown, because it took long to find.
    var staysOpen: Bool { get }
    /// Draws its content and returns where the hardware cursor stands.
    func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point?
    /// All that it has to show, as text: for a file.
    func whole(_ desk: Desk) -> [String]
    /// Saves what a person typed and would lose: called when the program has to end, and when the page is left.
    func leave(_ desk: Desk)
}

extension Page {
    package var isTyping: Bool { false }
    package var leadsToOrder: Bool { false }
    package var staysOpen: Bool { false }
    package var position: SafeText { .empty }
    package var note: Line { Line() }
    package var place: Place? { nil }
    package var selectedText: String? { nil }
    package var nextTick: Duration? { nil }
    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? { nil }
    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] { [] }
    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] { [] }
    package mutating func settle(_ desk: Desk) {}
    package mutating func tick(_ desk: Desk) -> [Action] { [] }
    package func availability(of command: String) -> Availability { .yes }
    package func leave(_ desk: Desk) {}
}

/// What a page asks the shell for.
package enum Action: Sendable {
    /// Goes one level deeper.
    case open(any Page)
    /// Puts another page in this one's place.
    case replace(any Page)
    /// Goes up one level.
    case back
    /// Ends what led to an order, and opens the page above where that began.
    case finish(any Page)
    /// A line about what happened.
    case say(Line)
    /// Work that takes time or changes the world; its answer comes to `receive` of the page that asked.
    case perform(@Sendable (Engine) async -> any Sendable)
    /// Comes to `receive` of the page at once: what a question was answered with.
    case answer(any Sendable)
    /// Carries out what is queued, in this program.
    case deploy
    /// Opens `$EDITOR` on a text; the new text comes to `receive` as `EditedText`.
    case edit(text: String, suffix: String)
    /// Puts text on the clipboard.
    case copy(String)
    /// Writes all of the page to a file.
    case export(path: String)
    /// Writes a text to a file.
    case write(Export)
    /// Asks a question on top of the page.
    case ask(Question)
    case reload
    case quit
}

extension Action {
    /// Whether it leaves the shown page where it is.
    var isQuiet: Bool {
        switch self {
        case .say, .perform, .answer, .deploy, .copy, .export, .write, .reload: true
        case .open, .replace, .back, .finish, .edit, .ask, .quit: false
        }
    }
}

/// What `$EDITOR` left behind; `text` is `nil` where nothing was changed or the editor failed.
package struct EditedText: Sendable {
    package var text: String?
    package var fault: String?
}

/// A question on top of a page: with one key for each answer, or a name to type.
package struct Question: Sendable {
    package var title: SafeText
    package var lines: [Line]
    /// What has to be typed, letter by letter; `nil` where a key is enough.
    package var typed: String?
    /// What stands before a free text that is asked for; `nil` where none is.
    package var prompt: SafeText?
    package var choices: [Choice]
    /// What follows from the free text.
    package var answer: (@Sendable (String) -> [Action])?
    /// What stands in the field at first.
    package var first = ""

    /// One answer. Its key is never the one that opened the question.
    package struct Choice: Sendable {
        package var key: KeyEvent
        package var title: SafeText
        package var actions: [Action]

        package init(_ key: KeyEvent, _ title: SafeText, _ actions: [Action]) {
            self.key = key
            self.title = title
            self.actions = actions
        }
    }

    /// A question that one key answers; Esc always leaves it.
    package init(_ title: SafeText, _ lines: [Line], choices: [Choice]) {
        self.title = title
        self.lines = lines
        self.choices = choices
        typed = nil
    }

    /// A question that is answered in words, which must not be empty.
    package init(
        _ title: SafeText, _ lines: [Line], asking prompt: SafeText, first: String = "",
        then answer: @escaping @Sendable (String) -> [Action]
    ) {
        self.init(title, lines, choices: [])
        self.prompt = prompt
        self.first = first
        self.answer = answer
    }

    /// A question that is answered by typing `name`.
    package init(_ title: SafeText, _ lines: [Line], typing name: String, then actions: [Action]) {
        self.title = title
        self.lines = lines
        typed = name
        choices = [Choice("Enter", "go on", actions)]
    }
}
