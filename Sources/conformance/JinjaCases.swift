import Documents
import Foundation
import Jinja

/// Templates with what Python's Jinja2 made of them.
package enum JinjaCases {
    package static func tally(directory: String) throws -> Tally {
        var tally = Tally()
        let files = CaseFiles(directory: directory)
        for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        where name.hasSuffix(".json") {
            for item in try files.json(name).list ?? [] {
                let id = item["id"]?.string ?? name
                tally.note(id, reasons(item))
            }
        }
        return tally
    }

    private static func reasons(_ item: Value) -> [String] {
        let (source, environment) = template(item)
        do throws(TemplateError) {
            let template = try Template(source, environment: environment)
            let text = try template.render(item["context"]?.object ?? Object()).text
            guard let expected = item["expected"]?.string else {
                return ["must be refused, but gives \(text.jsonLiteral)"]
            }
            return text.utf8.elementsEqual(expected.utf8)
                ? [] : ["must give \(expected.jsonLiteral), but gives \(text.jsonLiteral)"]
        } catch {
            guard let wanted = item["error"] else { return ["must render, but: \(error.message)"] }
            let kind = wanted["kind"]?.string ?? ""
            let line = wanted["line"]?.number?.int ?? 0
            return kind == error.kind.rawValue && line == error.line
                ? [] : ["must be \(kind) in line \(line), but is \(error.kind.rawValue) in line \(error.line)"]
        }
    }

    private static func template(_ item: Value) -> (Source, Environment) {
        var environment = Environment()
        let options = item["options"]
        environment.trimsBlocks = options?["trim_blocks"]?.bool ?? false
        environment.stripsBlocks = options?["lstrip_blocks"]?.bool ?? false
        environment.keepsTrailingNewline = options?["keep_trailing_newline"]?.bool ?? false
        environment.autoescapes = options?["autoescape"]?.bool ?? false
        environment.undefined = UndefinedMode(rawValue: options?["undefined"]?.string ?? "") ?? .default
        environment.extensions = Set(
            (options?["extensions"]?.list ?? []).compactMap { Extension(rawValue: $0.string ?? "") })
        var source = Source(name: "template", text: item["template"]?.string ?? "")
        if let templates = item["templates"]?.object {
            for (name, text) in templates { environment.templates[name] = Source(name: name, text: text.string ?? "") }
            source = environment.templates[item["main"]?.string ?? ""] ?? source
        }
        return (source, environment)
    }
}
