package import ArgumentParser
import Documents

@main
package struct Conformance: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Runs cases from outside through the calls that the engine makes.",
        discussion: "A line a failure; the last line counts. Exits with 1 when a case failed.",
        subcommands: [Bundles.self, Jinja.self, Schema.self])

    package init() {}

    package struct Bundles: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(abstract: "Runs a directory of bundles with an oracle.")
        @Argument(help: "The directory with index.json, bundles/ and oracle/.") package var directory: String

        package init() {}

        package func run() async throws {
            try await BundleCases(directory: directory).tally().finish()
        }
    }

    package struct Jinja: ParsableCommand {
        package static let configuration = CommandConfiguration(abstract: "Runs recorded templates.")
        @Argument(help: "The directory with files of cases.") package var directory: String

        package init() {}

        package func run() throws { try JinjaCases.tally(directory: directory).finish() }
    }

    package struct Schema: ParsableCommand {
        package static let configuration = CommandConfiguration(abstract: "Runs suites of schemas.")
        @Argument(help: "Files in the layout of the JSON Schema test suite.") package var files: [String]

        package init() {}

        package func run() throws {
            var tally = Tally()
            for file in files { SchemaCases.run(file: file, &tally) }
            try tally.finish()
        }
    }
}
