import ArgumentParser
import Catalog
import Engine

/// Values that existing stacks have already.
struct StackOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take inputs from this stack's outputs of the same names, on the environment's connection; may be repeated, and --set goes over it.",
            valueName: "stack"))
    var outputsOf: [String] = []

    func values(
        _ engine: Engine, in connection: String, for version: VersionDetail, besides given: [String]
    ) async throws -> [InputAssignment] {
        guard let schema = version.schemas[.environment] else { return [] }
        return try await engine.values(ofStacks: outputsOf, in: connection, for: schema, besides: Set(given))
    }
}
