import ArgumentParser
import Catalog
import Engine
import Foundation
import Screens
import Terminal

/// What the program does without a command: the screens, or their words where no screen can be had.
struct OpenScreens {
    var workspace: WorkspaceOptions
    var pacing: PacingOptions
    var theme: String?
    var owner: String?
    var isPlain: Bool

    /// Runs on the main thread: the screens block it, and their effects need the others.
    @MainActor
    func run() async throws {
        if let theme, !Themes.exists(theme) {
            throw ValidationError(
                "There is no colour scheme \"\(theme)\"; there are \(Themes.names.joined(separator: ", ")).")
        }
        let engine = try workspace.engine()
        if !isPlain, Console.isOutTerminal {
            do throws(TerminalRefusal) {
                let code = try show(engine)
                if code != 0 { exit(code) }
                return
            } catch {
                Console.talk("\(error.reason).")
            }
        }
        Console.out(Overviews.text(try engine.overview()))
        // The screens were asked for and can't be had: a program that started them must not take that for done.
        guard isPlain || (Console.isOutTerminal && Console.canAsk) else {
            Console.talk("There is no terminal for the screens. Use a command, or --plain for this text alone.")
            throw ExitCode(1)
        }
        if Console.canAsk, Console.isOutTerminal { try await PlainOrdering(engine: engine).run() }
    }

    @MainActor
    private func show(_ engine: Engine) throws(TerminalRefusal) -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        let settings = TerminalSettings(
            theme: Themes.theme(named: theme ?? environment["BARYON_THEME"]),
            crashMessage: "baryon crashed. What was deployed is kept; start it again to go on.\n",
            environment: environment)
        return try ScreensProgram.run(
            engine: engine, owner: owner ?? environment["BARYON_OWNER"] ?? "", runner: pacing.runner(),
            settings: settings, keyFile: PersonalFile.text("keys", environment), environment: environment)
    }
}

/// Home as lines of text.
enum Overviews {
    static func text(_ overview: Overview) -> String {
        var parts: [String] = []
        var attention = Table("NEEDS YOU", "WHAT", "DETAIL", indent: "  ")
        for line in overview.attention { attention.add(line.kind.title, line.title, line.detail) }
        parts.append(attention.rows.isEmpty ? "Nothing needs you." : attention.text)
        if !overview.running.isEmpty { parts.append("Running\n" + DeploymentText.table(overview.running).text) }
        var fleet = Table(
            "FLEET", "TOTAL", "CURRENT", "MINOR BEHIND", "MAJOR BEHIND", "BACK", "SPEC DRIFT", "FAILED", indent: "  ")
        for level in [FleetQuery.Level.environments, .instances, .pipelines, .components] {
            guard let counts = overview.counts[level] else { continue }
            fleet.rows.append(
                [level.rawValue]
                    + [
                        counts.total, counts.current, counts.minorBehind, counts.majorBehind, counts.back,
                        counts.specDrifted, counts.failed,
                    ].map(String.init))
        }
        parts.append(fleet.text)
        parts.append(
            """
            \(counted(overview.templateCount, "template")) in the catalog. Local deployments create nothing in a cloud.

              baryon template list                          what can be ordered
              baryon environment create NAME --template T   order an environment
              baryon service create NAME --template T       order a service
              baryon update list                            what could move to another version
              baryon --help                                 everything else
            """)
        return parts.joined(separator: "\n\n")
    }
}

/// Ordering by lines of text, for terminals that can't show screens.
struct PlainOrdering {
    var engine: Engine

    func run() async throws {
        let rows = try engine.catalog(CatalogQuery(limit: 100)).rows.filter { $0.template.recommended != nil }
        Console.talk("")
        Console.talk(TemplateText.table(rows).text)
        guard let template = Console.ask("\nTemplate to order (empty to leave): "), !template.isEmpty else { return }
        let version = try engine.version(template, .standard)
        guard let name = Console.ask("Name of the new \(version.template.kind.rawValue): "), !name.isEmpty else {
            throw Stopped.refusal
        }
        var arguments = [version.template.kind.rawValue, "create", name, "--template", template, "--wait"]
        arguments += ["--workspace", engine.workspace.path]
        var command = try Baryon.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
