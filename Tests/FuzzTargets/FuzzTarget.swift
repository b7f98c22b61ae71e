import Bundles
import CloudFormation
import Documents
import Jinja
import Schemas

/// A part of the program that reads what strangers wrote, run on any bytes.
///
/// It must come back: with a result or with findings, never by a trap, and within its budgets.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Lexer and parser.
    case template
    /// The renderer: what follows the first line that is `---` is the template, what stands before it the context.
    case rendering
    case yaml
    case cloudFormation
    case json
    /// A schema, and behind a line `---` a value for it.
    case schema
    /// A pattern, and behind its first line feed a text.
    case pattern
    case archive

    package func run(_ bytes: [UInt8]) {
        switch self {
        case .template: _ = try? Jinja.Template(Source(name: "fuzz", bytes: bytes), environment: Self.environment)
        case .rendering: Self.render(bytes)
        case .yaml: Self.read(bytes, as: .spec)
        case .cloudFormation: Self.evaluate(bytes)
        case .json: Self.read(bytes, as: .json)
        case .schema: Self.validate(bytes)
        case .pattern: Self.match(bytes)
        case .archive: _ = Bundle.read(stored: bytes, name: "fuzz.tar").bundle?.findings
        }
    }

    /// Small budgets: what is slow within the usual ones is no fault, and would only slow the search.
    private static let environment: Environment = {
        var environment = Environment()
        environment.extensions = [.do, .loopcontrols]
        environment.undefined = .chainable
        environment.budget.steps = 20_000
        environment.budget.outputBytes = 1 << 20
        environment.budget.loopItems = 5_000
        environment.templates["part"] = Source(name: "part", text: "{% macro m(a, b=1) %}{{ a }}{{ b }}{% endmacro %}")
        return environment
    }()

    private static let context: Object = {
        let text = """
            {"name": "web-é", "count": 3, "share": 0.5, "on": true, "nothing": null, "list": [1, "b", [2, 3]],
             "map": {"a": 1, "b": {"c": "d"}}}
            """
        let document = Document.read(Source(name: "context", text: text), as: .json).document
        return document?.value.object ?? Object()
    }()

    private static func render(_ bytes: [UInt8]) {
        let (given, template) = halves(bytes)
        let own = Document.read(Source(name: "context", bytes: given), as: .json).document?.value.object
        guard let template = try? Jinja.Template(Source(name: "fuzz", bytes: template), environment: environment)
        else { return }
        _ = try? template.render(PreparedContext(own ?? context), keepsMap: true)
    }

    private static func read(_ bytes: [UInt8], as profile: Document.Profile) {
        let (document, findings) = Document.read(Source(name: "fuzz", bytes: bytes), as: profile)
        _ = findings.map(\.text)
        guard let document else { return }
        _ = document.value.json()
        _ = document.value.yaml
    }

    private static func evaluate(_ bytes: [UInt8]) {
        guard let document = Document.read(Source(name: "fuzz", bytes: bytes), as: .cloudFormation).document
        else { return }
        let template = CloudFormation.Template.read(document).template
        _ = template.expanded(with: Givens())
        _ = template.evaluate()
    }

    private static func validate(_ bytes: [UInt8]) {
        let (first, second) = halves(bytes)
        guard let schema = Document.read(Source(name: "schema", bytes: first), as: .spec).document else { return }
        let value = Document.read(Source(name: "value", bytes: second), as: .spec).document?.value ?? .null
        let compiled = Schema(schema.value)
        _ = compiled.form()
        let filled = compiled.filled(value)
        let isAccepted = compiled.accepts(filled)
        let findings = compiled.validate(filled)
        precondition(isAccepted == findings.isEmpty, "accepts and validate must agree")
    }

    private static func match(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
        let pattern = String(decoding: bytes[..<end], as: UTF8.self)
        let text = String(decoding: bytes[min(end + 1, bytes.count)...], as: UTF8.self)
        let schema = Schema(["type": "string", "pattern": .string(pattern)])
        _ = schema.validate(.string(text))
    }

    /// What stands before and behind a line `---`; all is behind where there is none.
    private static func halves(_ bytes: [UInt8]) -> (before: [UInt8], behind: [UInt8]) {
        let mark = Array("\n---\n".utf8)
        guard bytes.count >= mark.count else { return ([], bytes) }
        for start in 0...(bytes.count - mark.count) where bytes[start..<(start + mark.count)].elementsEqual(mark) {
            return (Array(bytes[..<start]), Array(bytes[(start + mark.count)...]))
        }
        return ([], bytes)
    }
}
