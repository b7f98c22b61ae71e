import ArgumentParser
import Documents
import Schemas

/// One workload of schema validation, in the way that comparisons with other engines call it.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Times compiling a schema and validating by it; prints medians as JSON.")

    @Argument(help: "The schema.") var schema: String
    @Argument(help: "A document that it accepts.") var valid: String
    @Argument(help: "A document with faults.") var invalid: String
    @Option(help: "Seconds for each of the three.") var budget = 2.0

    func run() throws {
        let value = try Workload.json(schema)
        let good = try Workload.json(valid)
        let bad = try Workload.json(invalid)
        let compiled = Schema(value)
        guard compiled.accepts(good), !compiled.accepts(bad) else {
            throw ValidationError("The schema must accept \(valid) and refuse \(invalid).")
        }
        let spent = Duration.seconds(budget)
        // Several at once: reading the clock takes a tenth of a microsecond.
        let count = 10
        let accepting = Samples(budget: spent) { for _ in 0..<count { _ = compiled.accepts(good) } }
        let explaining = Samples(budget: spent) { for _ in 0..<count { _ = compiled.validate(bad) } }
        let compiling = Samples(budget: .seconds(min(0.5, budget))) { _ = Schema(value) }
        func microseconds(_ samples: Samples) -> Double { samples.median.nanoseconds / 1000 }
        print(
            "{\"valid_us\": \(microseconds(accepting) / Double(count)),",
            "\"errors_us\": \(microseconds(explaining) / Double(count)),",
            "\"compile_us\": \(microseconds(compiling))}")
    }
}
