import Catalog
import Documents
package import Engine
package import Terminal

/// Checks a bundle on disk, registers it, and publishes it.
package struct RegisterPage: Page {
    /// A field to fill, or what was found below them.
    enum Focus: Int, Sendable, CaseIterable {
        case path, name, number, runsIn, owner, results
    }

    /// What the work in the background ended with.
    enum Answer: Sendable {
        case checked(CheckReport)
        case registered(RegistrationResult)
        case published(TemplateVersion)
        case refused([Finding])
    }

    var focus = Focus.path
    var inputs: [Focus: LineInput] = [:]
    var report: CheckReport?
    var result: RegistrationResult?
    var findings: [Finding] = []
    var isWorking = false
    var pane = TextPane.State()

    package init() {}

    package static let commands: [Command] = [
        Command(
            "register.check", "check", "Reads the bundle and lists every fault.", keys: ["Enter"], in: "register",
            group: "ACT", hint: 1),
        Command(
            "register.register", "register", "Puts the bundle into the catalog as a draft.", keys: ["R", "Ctrl-S"],
            in: "register", group: "ACT", hint: 2, asks: true),
        Command(
            "register.publish", "publish", "Lets people order the registered version.", keys: ["P"], in: "register",
            group: "ACT", hint: 3, asks: true),
        Command("register.next", "next field", "Goes on.", keys: ["Tab"], in: "register", group: "MOVE", hint: 4),
        Command("register.previous", "field before", "Goes back.", keys: ["S-Tab"], in: "register", group: "MOVE"),
    ]

    package var key: String { "register" }
    package var crumbs: [SafeText] { ["Catalog", "Register a bundle"] }
    package var contexts: [KeyContext] { ["register"] }
    package var isTyping: Bool { focus != .results }
    package var note: Line { isWorking ? Line("reading the bundle", .run) : Line() }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        if inputs[.owner] == nil { inputs[.owner] = LineInput(desk.owner) }
    }

    /// What is typed in a field, without blanks around it.
    func text(_ field: Focus) -> String {
        let text = inputs[field]?.text ?? ""
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    package func availability(of command: String) -> Availability {
        if isWorking { return .no("the bundle is being read") }
        switch command {
        case "register.check": return text(.path).isEmpty ? .no("give the path of a bundle first") : .yes
        case "register.register":
            if text(.path).isEmpty { return .no("give the path of a bundle first") }
            guard let report else { return .no("check it first: Enter") }
            if !report.isClean { return .no("mend the faults first, then Enter checks again") }
            if numbering == nil { return .no("write the number like 2 or 3.7") }
            return runsIn == nil ? .no("write what it runs in like fargate-cluster:1") : .yes
        case "register.publish":
            guard let result else { return .no("register the bundle first") }
            return result.version.status == .draft ? .yes : .no("it is \(result.version.status.rawValue)")
        default: return .yes
        }
    }

    /// Empty for the next major, `2` for the next minor of 2, `3.7` for exactly that.
    var numbering: Registration.Numbering? {
        let number = text(.number)
        if number.isEmpty { return .nextMajor }
        switch VersionChoice(number) {
        case .major(let major): return .nextMinor(of: major)
        case .exact(let number): return .exact(number)
        case .standard, nil: return nil
        }
    }

    /// The environment templates that are named besides the bundle's own; `nil` where one can't be read.
    var runsIn: [CompatibleEnvironment]? {
        let words = text(.runsIn).split(whereSeparator: { $0 == "," || $0.isWhitespace })
        let environments = words.compactMap { CompatibleEnvironment(String($0)) }
        return environments.count == words.count ? environments : nil
    }

    func registration() -> Registration? {
        guard let numbering, let runsIn else { return nil }
        let name = text(.name)
        return Registration(
            path: text(.path), name: name.isEmpty ? nil : name, numbering: numbering, compatibleWith: runsIn,
            owner: text(.owner))
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "register.next": step(1)
        case "register.previous": step(-1)
        case "register.check": return check()
        case "register.register": return register(desk)
        case "register.publish": return publish()
        default: break
        }
        return []
    }

    private mutating func step(_ count: Int) {
        let all = Focus.allCases.count
        focus = Focus(rawValue: (focus.rawValue + count + all) % all) ?? .path
    }

    private mutating func check() -> [Action] {
        isWorking = true
        result = nil
        let path = text(.path)
        return [
            .perform { engine in
                await Self.answer { () throws(Refusal) in .checked(try await engine.check(path: path)) }
            }
        ]
    }

    private func register(_ desk: Desk) -> [Action] {
        guard let registration = registration() else { return [] }
        let work: @Sendable (Engine) async -> any Sendable = { engine in
            await Self.answer { () throws(Refusal) in .registered(try await engine.register(registration)) }
        }
        do throws(Refusal) {
            let (name, number) = try desk.engine.prospect(registration)
            return [
                .ask(
                    Question(
                        SafeText(untrusted: "Register \(name) \(number)?"),
                        [Line("It becomes a draft: nothing is recommended to anybody until it is published.")],
                        choices: [.init("y", "register", [.perform(work)]), .init("n", "not yet", [])]))
            ]
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }

    private func publish() -> [Action] {
        guard let version = result?.version else { return [] }
        let work: @Sendable (Engine) async -> any Sendable = { engine in
            await Self.answer { () throws(Refusal) in
                .published(try engine.publish(version.template, version.number, why: ""))
            }
        }
        return [
            .ask(
                Question(
                    SafeText(untrusted: "Publish \(version.template) \(version.number)?"),
                    [Line("People can order it then, and those on older versions are told.")],
                    choices: [.init("y", "publish", [.perform(work)]), .init("n", "leave it a draft", [])]))
        ]
    }

    private static func answer(_ work: () async throws(Refusal) -> Answer) async -> Answer {
        do throws(Refusal) {
            return try await work()
        } catch {
            return .refused(error.findings)
        }
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        guard let answer = answer as? Answer else { return [] }
        isWorking = false
        focus = .results
        pane = TextPane.State()
        switch answer {
        case .checked(let report):
            self.report = report
            findings = report.findings
            return [.say(Self.summary(report))]
        case .registered(let result):
            self.result = result
            findings = result.findings
            let version = "\(result.version.template) \(result.version.number)"
            let what = result.wasKnown ? "is registered already, with the same content" : "is registered as a draft"
            let next = result.version.status == .draft ? "; P publishes it." : "."
            return [.say(Line(untrusted: "\(version) \(what)\(next)", .ok))]
        case .published(let version):
            result?.version = version
            return [.say(Line(untrusted: "\(version.template) \(version.number) is published.", .ok))]
        case .refused(let findings):
            self.findings = findings
            // What could not be read has its cause in the path.
            if report == nil { focus = .path }
            return [.say(Line(untrusted: Refusal(findings).sentence, .error))]
        }
    }

    private static func summary(_ report: CheckReport) -> Line {
        let count = report.findings.count { $0.severity == .error }
        if count == 0, report.findings.contains(where: { $0.code == "render.samples" }) {
            return Line("No fault was found, but not every file could be rendered and read; R registers it.", .warn)
        }
        return count == 0
            ? Line("The bundle is in order; R registers it.", .ok)
            : Line(Words.count(count, "fault") + ": mend them, then Enter checks again.", .error)
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        switch focus {
        case .results:
            guard let move = Move(key) else { return nil }
            let body = RegisterPage.results(of: desk.content)
            pane.move(move, rows: lines(width: body.width).count, height: max(1, body.height))
        case .path, .name, .number, .runsIn, .owner:
            switch key {
            case "Down": step(1)
            case "Up": step(-1)
            default:
                guard inputs[focus, default: LineInput()].handle(key) != .ignored else { return nil }
                if focus == .path { report = nil }
            }
        }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        guard focus != .results else { return [] }
        _ = inputs[focus, default: LineInput()].paste(text)
        if focus == .path { report = nil }
        return []
    }
}
