import Catalog
package import Engine
import Foundation
package import Terminal

/// The interactive catalog as a program.
package enum ScreensProgram {
    /// Every command of every screen: keys, hints, help and palette come from this list.
    package static var commands: [Command] {
        Shell.globalCommands + HomePage.commands + CatalogPage.commands + TemplatePage.commands + FormPage.commands
            + RegisterPage.commands + ComponentPage.commands
            + ReviewPage.commands + DeploymentPage.commands + LogPage.commands + FleetPage.commands
            + TargetPage.commands + InboxPage.commands + ServicePage.commands + HistoryPage.commands
            + AdoptionPage.commands + AdoptionStackPage.commands + TemplateTextPage.commands
            + ConnectionsPage.commands + ConnectionPage.commands
    }

    /// The screens that the digits open, in the order of the commands for them.
    package static let roots: [@Sendable (Desk) -> any Page] = [
        { _ in HomePage() }, { _ in CatalogPage() }, { _ in FleetPage() }, { _ in InboxPage() }, { _ in HistoryPage() },
        { _ in AdoptionPage() }, { _ in ConnectionsPage() },
    ]

    /// Begins on what needs somebody; on the catalog where nothing was ordered yet. Goes on with what a program that
    /// is gone has left unfinished.
    ///
    /// - Parameter keyFile: A person's own keys; what can't be used of it is said on the first screen.
    package static func shell(_ desk: Desk, keyFile: String = "") -> Shell {
        var keys = KeyMap(commands)
        let faults = keys.apply(keyFile)
        let isNew = (try? desk.engine.fleet(FleetQuery(level: .all, limit: 1)).total) == 0
        let hasDrafts = (try? desk.engine.drafts().isEmpty) == false
        var shell = Shell(desk: desk, keys: keys, roots: roots, start: isNew && !hasDrafts ? 1 : 0)
        shell.resumesWork = (try? desk.engine.hasAbandonedWork()) ?? false
        if let first = faults.first {
            let more = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
            shell.message = Line(SafeText(untrusted: "Key file: \(first)\(more)"), .warn)
        }
        return shell
    }

    /// Runs until the person leaves; gives the code for the shell.
    ///
    /// - Throws: A `TerminalRefusal` where no full screen can be had: the caller goes on in plain lines.
    package static func run(
        engine: Engine, owner: String, runner: RunnerOptions, settings: TerminalSettings, keyFile: String,
        environment: [String: String]
    ) throws(TerminalRefusal) -> Int32 {
        let terminal = try CursesTerminal(settings)
        // OSC 52: the terminal itself puts it on the clipboard, over SSH too.
        let link = SessionLink { text in
            let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
            FileHandle(forWritingAtPath: "/dev/tty")?.write(Data(sequence.utf8))
        }
        let effects = EffectRunner(engine: engine, session: link)
        var loop = Loop(
            shell(Desk(engine: engine, owner: owner, runner: runner), keyFile: keyFile), on: terminal,
            escapeDelay: TerminalChoice.escapeDelay(environment)
        ) { effect, control in
            effects.start(effect, control)
        }
        effects.watch(loop.inbox)
        let code = loop.run()
        effects.finish()
        terminal.close()
        return code
    }
}
