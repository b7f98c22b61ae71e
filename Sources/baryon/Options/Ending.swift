import ArgumentParser
import Documents
import Engine
import Foundation
import Schemas

/// How the program ends where it can't do what it was asked.
@available(macOS 15, *)
enum Ending {
    /// Prints the faults, as JSON too where results are JSON, and ends with 1.
    static func refuse(_ findings: [Finding]) -> Never {
        Console.report(findings)
        if Console.isJSON { Console.out(JSON.object([("errors", JSON.findings(findings))])) }
        Baryon.exit(withError: ExitCode(1))
    }

    /// Ends as the error says: with a help text, a usage error, or an exit code alone.
    ///
    /// - Parameter command: What was run, where it got so far: its usage is shown.
    static func end(_ error: any Error, in command: (any ParsableCommand.Type)?) -> Never {
        guard !(error is CleanExit), !(error is ExitCode) else { Baryon.exit(withError: error) }
        if let usage = error as? ValidationError, let command {
            let line = Baryon.usageString(for: command)
            let path = line.split(separator: " ").prefix { !"[<-(".contains($0.first ?? "<") }.joined(separator: " ")
            fail(
                usage.message, usage: "Usage: \(line)\n  See '\(path) --help' for more information.", code: 64)
        }
        let code = Baryon.exitCode(for: error)
        guard code != .success else { Baryon.exit(withError: error) }
        // What was typed is part of the message, and goes the way of all text.
        Console.talk(Baryon.fullMessage(for: error))
        if Console.isJSON { printJSON(Baryon.message(for: error)) }
        exit(code.rawValue)
    }

    /// A usage error that the parser does not know.
    static func fail(_ message: String, usage: String, code: Int32) -> Never {
        Console.talk("error: \(message)\n\(usage)")
        if Console.isJSON { printJSON(message) }
        exit(code)
    }

    private static func printJSON(_ message: String) {
        let finding = Finding("usage", message)
        Console.out(JSON.object([("errors", JSON.findings([finding]))]))
    }

    /// `help nosuch` is an error, though the parser shows the help of what it knows.
    static func checkHelp(_ arguments: [String]) {
        guard arguments.first == "help" else { return }
        var command: any ParsableCommand.Type = Baryon.self
        for name in arguments.dropFirst() where !name.hasPrefix("-") {
            let known = children(of: command)
            let names = known.map { $0._commandName }
            guard let index = names.firstIndex(of: name) else {
                let near = NearWord.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                fail(
                    "There is no command \"\(name)\".",
                    usage: "  " + (near ?? "There are: \(names.joined(separator: ", "))."), code: 64)
            }
            command = known[index]
        }
    }

    private static func children(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        command.configuration.subcommands
    }
}
