import Catalog
import Documents
package import Engine
package import Terminal

/// Checks a bundle on disk, registers it, and publishes it.
package struct RegisterPage: Page {
    enum Focus: Int, Sendable, CaseIterable {
        case path, name, number, results
    }

    /// What the work in the background ended with.
    enum Answer: Sendable {
        case checked(CheckReport)
        case registered(RegistrationResult)
        case published(TemplateVersion)
        case refused([Finding])
    }

    var focus = Focus.path
    var path = LineInput()
    var name = LineInput()
    var number = LineInput()
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
        Command("register.next", "next field", "Goes on.", keys: ["Tab"], in: "register", group: "MOVE", hint: 3),
        Command("register.previous", "field before", "Goes back.", keys: ["S-Tab"], in: "register", group: "MOVE"),
        Command(
            "register.register", "register", "Puts the bundle into the catalog as a draft.", keys: ["Ctrl-S", "R"],
            in: "register", group: "ACT", hint: 2),
        Command(
            "register.publish", "publish", "Lets people order the registered version.", keys: ["P"], in: "register",
            group: "ACT", hint: 4, asks: true),
    ]

    package var key: String { "register" }
    package var crumbs: [SafeText] { ["Catalog", "Register a bundle"] }
    package var contexts: [KeyContext] { ["register"] }
    package var isTyping: Bool { focus != .results }
    package var note: Line { isWorking ? Line("reading the bundle", .run) : Line() }

    package mutating func load(_ desk: Desk) throws(Refusal) {}

    package func availability(of command: String) -> Availability {
        switch command {
        case "register.check": return path.isEmpty ? .no("give the path of a bundle first") : .yes
        case "register.register":
            if path.isEmpty { return .no("give the path of a bundle first") }
            if let report, !report.isClean { return .no("mend the faults first, then Enter checks again") }
            return numbering == nil ? .no("write the number like 2 or 3.7") : .yes
        case "register.publish":
            guard let result else { return .no("register the bundle first") }
            return result.version.status == .draft ? .yes : .no("it is \(result.version.status.rawValue)")
        default: return .yes
        }
    }

    /// Empty for the next major, `2` for the next minor of 2, `3.7` for exactly that.
    var numbering: Registration.Numbering? {
        let text = number.text.filter { !$0.isWhitespace }
        if text.isEmpty { return .nextMajor }
        switch VersionChoice(text) {
        case .major(let major): return .nextMinor(of: major)
        case .exact(let number): return .exact(number)
        case .standard, nil: return nil
        }
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
        let path = path.text
        return [
            .perform { engine in
                await Self.answer { () throws(Refusal) in .checked(try await engine.check(path: path)) }
            }
        ]
    }

    private mutating func register(_ desk: Desk) -> [Action] {
        guard let numbering else { return [] }
        isWorking = true
        let registration = Registration(
            path: path.text, name: name.isEmpty ? nil : name.text, numbering: numbering, owner: desk.owner)
        return [
            .perform { engine in
                await Self.answer { () throws(Refusal) in .registered(try await engine.register(registration)) }
            }
        ]
    }

    private func publish() -> [Action] {
        guard let version = result?.version else { return [] }
        let work: @Sendable (Engine) async -> any Sendable = { engine in
            await Self.answer { () throws(Refusal) in
                .published(try engine.publish(version.template, version.number, why: ""))
            }
        }
        let title: SafeText = "Publish \(version.template) \(version.number.description)?"
        return [
            .ask(
                Question(
                    title, [Line("People can order it then, and those on older versions are told.")],
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
            return [.say(Line(untrusted: "\(version) \(what); P publishes it.", .ok))]
        case .published(let version):
            result?.version = version
            return [.say(Line(untrusted: "\(version.template) \(version.number) is published.", .ok))]
        case .refused(let findings):
            self.findings = findings
            return [.say(Line(untrusted: Refusal(findings).sentence, .error))]
        }
    }

    private static func summary(_ report: CheckReport) -> Line {
        let count = report.findings.count { $0.severity == .error }
        return count == 0
            ? Line("The bundle is in order; R registers it.", .ok)
            : Line(Words.count(count, "fault") + ": mend them, then Enter checks again.", .error)
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        switch focus {
        case .path:
            guard path.handle(key) != .ignored else { return nil }
            report = nil
        case .name: guard name.handle(key) != .ignored else { return nil }
        case .number: guard number.handle(key) != .ignored else { return nil }
        case .results:
            guard let move = Move(key) else { return nil }
            pane.move(move, rows: lines(width: desk.content.width).count, height: max(1, desk.content.height - 6))
        }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        switch focus {
        case .path:
            _ = path.paste(text)
            report = nil
        case .name: _ = name.paste(text)
        case .number: _ = number.paste(text)
        case .results: break
        }
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var rect = rect
        var cursor: Point?
        let fields: [(Focus, SafeText, LineInput, SafeText)] = [
            (.path, "Bundle", path, "a directory or a .tar.gz"), (.name, "Name", name, "the folder's name"),
            (.number, "Number", number, "next major; 2: next minor of 2; 3.7: exactly that"),
        ]
        for (place, label, input, placeholder) in fields {
            var row = rect.takeTop(1)
            surface.draw(Line(label, focus == place ? .accent : .text), in: row.takeLeft(10))
            let field = row.takeLeft(min(row.width, 64))
            let point = input.draw(in: field, on: &surface, isFocused: focus == place, placeholder: placeholder)
            if focus == place { cursor = point }
        }
        _ = rect.takeTop(1)
        surface.drawHorizontalRule(rect.takeTop(1))
        let lines = lines(width: rect.width)
        let top = max(0, min(pane.top, lines.count - rect.height))
        Panes.draw(Array(lines.dropFirst(top)), in: rect, on: &surface)
        return cursor
    }

    func lines(width: Int) -> [Line] {
        var lines: [Line] = []
        if let result {
            let version = result.version
            lines.append(
                Line(untrusted: "\(version.template) \(version.number)  ", .header) + Words.status(version.status))
            lines.append(Line())
        } else if let report {
            lines.append(
                report.isClean
                    ? Line("ok  ", .ok) + Line(Words.count(report.fileCount, "file") + " checked", .dim)
                    : Line(Words.count(report.findings.count { $0.severity == .error }, "fault"), .fail))
            lines.append(Line())
        } else if findings.isEmpty {
            return Line("Enter checks the bundle: manifest, schema, templates and what they read.", .dim)
                .wrapped(to: max(10, width))
        }
        for finding in findings {
            let style: Style = finding.severity == .error ? .error : finding.severity == .warning ? .warn : .info
            for (index, text) in SafeText.lines(untrusted: finding.text).enumerated() {
                lines += Line(text, index == 0 ? style : .text).wrapped(to: max(10, width))
            }
            lines.append(Line())
        }
        for need in report?.needs ?? [] {
            lines.append(Line(untrusted: "needs the environment's output \(need)", .dim))
        }
        return lines
    }
}
