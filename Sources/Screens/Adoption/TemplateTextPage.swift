import Catalog
package import Engine
package import Terminal

/// Templates at the line of one difference: the bundle's own, what it renders to, and the stack's.
package struct TemplateTextPage: Page {
    let target: Target
    let name: String
    let views: [View]
    var index = 0
    var text = TextPane.State()
    private var isPlaced = false

    /// One text, painted as it is read.
    struct View: Sendable {
        var title: SafeText
        var path: String
        var pane: DiffPane
        /// From 1.
        var line: Int

        init?(_ title: SafeText, _ file: RenderedFile?, at line: Int?) {
            guard let file, let line else { return nil }
            let syntax = Syntax(path: file.path.contains(".") ? file.path : "stack.yaml")
            var lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            pane = DiffPane(lines.map { .same($0) }, paint: syntax.line)
            (self.title, path, self.line) = (title, file.path, line)
        }
    }

    /// - Parameters:
    ///   - place: Where the difference stands in what is rendered; `nil` where only the stack has it.
    /// - Returns: `nil` where none of the texts has such a line.
    init?(
        _ name: String, in stack: ScannedStack, _ place: TemplatePlace?, of resource: String, _ property: String
    ) {
        let texts = stack.texts
        let own = texts.stack.flatMap { TemplateLines($0.text).line(of: resource, property) }
        let views = [
            View("Template", texts.template, at: place?.templateLine),
            View("Rendered", texts.rendered, at: place?.line), View("In the stack", texts.stack, at: own),
        ].compactMap(\.self)
        guard !views.isEmpty else { return nil }
        (self.target, self.name, self.views) = (stack.target, name, views)
    }

    package static let commands: [Command] = [
        command("view", "next text", "Shows the template, what it renders to, then the stack's own.", ["Tab"], 1),
        command("viewBack", "text before", "Goes back through the texts.", ["S-Tab"]),
        command("line", "to the line", "Goes back to the line of the difference.", ["Enter"], 2),
        command("left", "left", "Scrolls to the left.", ["Left", "h"]),
        command("right", "right", "Scrolls to the right.", ["Right", "l"]),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ hint: Int? = nil
    ) -> Command {
        Command("text." + id, title, doc, keys: keys, in: "text", group: "SEE", hint: hint)
    }

    var view: View { views[index] }

    package var key: String { "template text \(name)" }
    package var crumbs: [SafeText] { ["Adoption", SafeText(untrusted: target.title), SafeText(untrusted: name)] }
    package var contexts: [KeyContext] { ["text"] }
    package var position: SafeText { "line \(view.line)/\(view.pane.rows.count)" }
    package var selectedText: String? { "\(view.path):\(view.line)" }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        guard !isPlaced else { return }
        isPlaced = true
        place(desk)
    }

    /// The line stands in the upper third.
    private mutating func place(_ desk: Desk) {
        let height = body(desk.content).height
        text = TextPane.State()
        text.top = max(0, min(view.line - 1 - height / 3, view.pane.rows.count - height))
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        let width = desk.content.width - 2
        switch command {
        case "text.left": view.pane.move(&text, sideways: -8, width: width - 2)
        case "text.right": view.pane.move(&text, sideways: 8, width: width - 2)
        case "text.line": place(desk)
        default:
            index = (index + (command == "text.view" ? 1 : views.count - 1)) % views.count
            place(desk)
        }
        return []
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        text.move(move, rows: view.pane.rows.count, height: max(1, body(desk.content).height))
        return []
    }

    private func body(_ rect: Rect) -> Rect {
        var rest = rect.inset(1, 0)
        _ = rest.takeTop(rect.height > 10 ? 4 : 1)
        return rest
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var head = rect.inset(1, 0)
        if rect.height > 10 { _ = head.takeTop(1) }
        Tabs(views.map(\.title), selected: index).draw(in: head.takeTop(1), on: &surface)
        if rect.height > 10 {
            let place = Line(untrusted: "\(view.path):\(view.line)", .link)
            surface.draw(
                (place + Line(untrusted: "  \(name)", .dim)).truncated(to: head.width, .middle), in: head.takeTop(1))
        }
        let body = body(rect)
        view.pane.draw(text, in: body, on: &surface)
        let row = view.line - 1 - text.top
        guard row >= 0, row < body.height else { return nil }
        surface.restyle(body.row(row), .selection)
        return Point(body.x, body.y + row)
    }
}
