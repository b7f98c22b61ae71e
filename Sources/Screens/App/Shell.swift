package import Engine
package import Terminal

/// The interactive catalog: a stack of pages with the chrome, the questions, the palette and the help on top.
package struct Shell: App {
    package enum Message: Sendable {
        /// The answer of work that the page with this key asked for.
        case answer(page: String, any Sendable)
        /// Something was committed to the store.
        case changed
        /// The runner inside this program has nothing left to do; with a sentence where it failed.
        case runnerEnded(String?)
        /// The detached runner has taken over, or could not.
        case handedOver(String?)
        /// A page was written to a file, or not.
        case exported(Export, Export.Outcome)
    }

    package enum Effect: Sendable {
        case perform(page: String, @Sendable (Engine) async -> any Sendable)
        case deploy(RunnerOptions)
        case edit(page: String, text: String, suffix: String)
        case copy(String)
        case export(Export)
        /// Ends the runner inside, and starts a detached one in its place.
        case handOver(RunnerOptions)
    }

    var pages: [any Page]
    var desk: Desk
    let keys: KeyMap
    var message = Line()
    var overlay: Overlay?
    var roots: [@Sendable (Desk) -> any Page]
    /// Screens that stay as they are while another one is shown.
    var kept: [String: any Page] = [:]
    /// The page before the last jump, for `-`.
    var previous: (any Page)?
    package private(set) var exitCode: Int32?
    var isLeaving = false
    /// Whether what an earlier program left unfinished is gone on with at the start.
    var resumesWork = false

    enum Overlay: Sendable {
        case question(Question, LineInput)
        case palette(Palette)
        case help(HelpOverlay)
    }

    /// - Parameter start: The root screen to begin with, of those in `roots`.
    package init(desk: Desk, keys: KeyMap, roots: [@Sendable (Desk) -> any Page], start: Int = 0) {
        self.desk = desk
        self.keys = keys
        self.roots = roots
        pages = roots.indices.contains(start) ? [roots[start](desk)] : []
    }

    package mutating func update(_ event: AppEvent<Message>) -> [Effect] {
        switch event {
        case .resize(let size):
            desk.size = size
            desk.content = Chrome.content(of: size)
            return load() + resumed()
        case .key(let key): return handle(key)
        case .paste(let text): return paste(text)
        case .tick:
            return apply(
                withPage { page, desk in
                    page.settle(desk)
                    return page.tick(desk)
                } ?? [])
        case .resumed: return load()
        case .message(let message): return receive(message)
        case .ending:
            for page in pages { page.leave(desk) }
            return desk.isRunning ? [.handOver(desk.runner)] : []
        }
    }

    private mutating func resumed() -> [Effect] {
        guard resumesWork else { return [] }
        resumesWork = false
        message = Line("Going on with what was left unfinished.", .run)
        return apply([.deploy])
    }

    // MARK: Pages

    var page: (any Page)? { pages.last }

    /// Lets the shown page read again; what can't be read is said and changes nothing.
    mutating func load() -> [Effect] {
        guard var page = pages.popLast() else { return [] }
        desk.places = (try? desk.engine.connections().map { Place($0) }) ?? desk.places
        do throws(Refusal) {
            try page.load(desk)
        } catch {
            message = Line(SafeText(untrusted: error.sentence), .error)
        }
        pages.append(page)
        return []
    }

    mutating func open(_ page: any Page) -> [Effect] {
        if pages.last?.key == page.key { pages.removeLast() }
        pages.append(page)
        return load()
    }

    mutating func openRoot(_ index: Int) -> [Effect] {
        guard roots.indices.contains(index) else { return [] }
        previous = pages.last
        for page in pages.reversed() { leave(page) }
        let root = roots[index](desk)
        pages = [kept.removeValue(forKey: root.key) ?? root]
        return load()
    }

    mutating func back() -> [Effect] {
        guard pages.count > 1 else { return pages.last?.key == roots.first?(desk).key ? [] : openRoot(0) }
        leave(pages.removeLast())
        return load()
    }

    private mutating func leave(_ page: any Page) {
        page.leave(desk)
        if page.staysOpen { kept[page.key] = page }
    }

    /// Changes the shown page in place.
    mutating func withPage<Result>(_ body: (inout any Page, Desk) -> Result) -> Result? {
        guard var page = pages.popLast() else { return nil }
        let result = body(&page, desk)
        pages.append(page)
        return result
    }

    mutating func apply(_ actions: [Action]) -> [Effect] {
        actions.flatMap { apply($0) }
    }

    private mutating func apply(_ action: Action) -> [Effect] {
        switch action {
        case .open(let page): return open(page)
        case .replace(let page):
            if !pages.isEmpty { pages.removeLast().leave(desk) }
            return open(page)
        case .back: return back()
        case .finish(let page):
            while pages.count > 1, pages.last?.leadsToOrder == true { pages.removeLast().leave(desk) }
            return open(page)
        case .answer(let answer): return apply(withPage { $0.receive(answer, $1) } ?? [])
        case .say(let line):
            message = line
            return []
        case .perform(let work): return [.perform(page: pages.last?.key ?? "", work)]
        case .deploy:
            if desk.isRunning { return [] }
            desk.isRunning = true
            return [.deploy(desk.runner)]
        case .edit(let text, let suffix): return [.edit(page: pages.last?.key ?? "", text: text, suffix: suffix)]
        case .copy(let text):
            message = Line("copied", .ok)
            return [.copy(text)]
        case .ask(let question):
            overlay = .question(question, LineInput(question.first))
            return []
        case .export(let path): return export(to: path)
        case .write(let export): return [.export(export)]
        case .reload: return load()
        case .quit: return quit()
        }
    }

    // MARK: Messages

    private mutating func receive(_ message: Message) -> [Effect] {
        switch message {
        case .answer(let key, let answer):
            // A late answer to a page that was left is dropped.
            guard let index = pages.lastIndex(where: { $0.key == key }) else { return receiveKept(key, answer) }
            let isShown = index == pages.count - 1
            let actions = pages[index].receive(answer, desk)
            // A page that is covered can't lead anywhere, but what it set going goes on.
            return apply(isShown ? actions : actions.filter(\.isQuiet))
        case .changed: return load()
        case .exported(let export, let outcome):
            receive(outcome, of: export)
            return []
        case .runnerEnded(let fault):
            desk.isRunning = false
            if let fault { self.message = Line(SafeText(untrusted: fault), .error) }
            return load()
        case .handedOver(let fault):
            if let fault, !isLeaving {
                self.message = Line(SafeText(untrusted: fault), .error)
                return []
            }
            exitCode = fault == nil ? 0 : 1
            return []
        }
    }

    /// The answer to a page that stays open behind another screen: it may say something, and no more.
    private mutating func receiveKept(_ key: String, _ answer: any Sendable) -> [Effect] {
        let actions = kept[key]?.receive(answer, desk) ?? []
        return apply(actions.filter { if case .say = $0 { true } else { false } })
    }

    // MARK: Leaving

    mutating func quit() -> [Effect] {
        guard desk.isRunning else {
            for page in pages { page.leave(desk) }
            exitCode = 0
            return []
        }
        overlay = .question(
            Question(
                "Leave while a deployment runs?",
                [Line("A runner of its own can go on with it; its log is runner.log in the workspace.")],
                choices: [.init("y", "leave, let it go on", [.quit]), .init("n", "stay", [])]
            ),
            LineInput()
        )
        isLeaving = true
        return []
    }

    mutating func handOver() -> [Effect] {
        for page in pages { page.leave(desk) }
        return [.handOver(desk.runner)]
    }
}
