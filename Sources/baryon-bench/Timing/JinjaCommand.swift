import ArgumentParser
import Documents
import Foundation
import Jinja

/// One workload of the template language, in the way that comparisons with other engines call it.
struct JinjaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jinja", abstract: "Times reading and rendering a template; prints medians as JSON.")

    @Argument(help: "The template.") var template: String
    @Argument(help: "Its context, a JSON object.") var context: String
    @Argument(help: "Seconds for each of the two.") var budget = 0.4
    @Argument(help: "A file for what was rendered.") var output: String?

    func run() throws {
        let source = Source(name: template, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: template))))
        let values = try Workload.json(context).object ?? Object()
        var environment = Environment()
        environment.keepsTrailingNewline = true
        let read = try Template(source, environment: environment)
        let spent = Duration.seconds(budget)
        // As a bundle's parts are rendered: one context, made ready once.
        let context = PreparedContext(values)
        let compile = try Samples(budget: spent) { _ = try Template(source, environment: environment) }
        let render = try Samples(budget: spent) { _ = try read.render(context) }
        if let output {
            try Data(try read.render(context).bytes).write(to: URL(fileURLWithPath: output))
        }
        print("{\"compile_ns\": \(compile.median.nanoseconds), \"render_ns\": \(render.median.nanoseconds)}")
    }
}

enum Workload {
    /// A JSON file of any size.
    static func json(_ path: String) throws -> Value {
        let source = Source(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let limits = Limits(bytes: 64 << 20, depth: 512, nodes: 5_000_000)
        let (document, findings) = Document.read(source, as: .json, limits: limits)
        guard let document else { throw ValidationError(findings.first?.message ?? "\(path) can't be read.") }
        return document.value
    }
}
