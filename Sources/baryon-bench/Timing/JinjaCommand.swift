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
        let growth = try Memory.growth(of: { try read.render(context).count })
        let compile = try Samples(budget: spent) { _ = try Template(source, environment: environment) }
        let render = try Samples(budget: spent) { _ = try read.render(context) }
        if let output {
            try Data(try read.render(context).bytes).write(to: URL(fileURLWithPath: output))
        }
        var figures = [
            "\"compile_ns\": \(compile.median.nanoseconds)", "\"render_ns\": \(render.median.nanoseconds)",
        ]
        if let growth {
            figures += ["\"output_bytes\": \(growth.result)", "\"peak_growth_bytes\": \(growth.bytes)"]
        }
        print("{\(figures.joined(separator: ", "))}")
    }
}

/// What a piece of work takes of memory while it runs.
enum Memory {
    /// How far the resident memory of this program rose at most above what it was before; `nil` where the system does
    /// not tell.
    static func growth<T>(of work: () throws -> T) rethrows -> (result: T, bytes: Int)? {
        // Writing 5 sets the peak back to what is resident now.
        guard (try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)) != nil,
            let before = figure("VmRSS:")
        else { return nil }
        let result = try work()
        guard let peak = figure("VmHWM:") else { return nil }
        return (result, max(0, peak - before))
    }

    private static func figure(_ name: String) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0.filter(\.isNumber)) })
                ?? Int(line.filter(\.isNumber))
        else { return nil }
        return kilobytes << 10
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
