import Documents
import Jinja
import Testing

/// What Python's Jinja2 said to each template of the outside cases.
@Suite struct RecordedCasesTests {
    static let files = Cases.names("jinja").filter { $0.hasSuffix(".json") }

    @Test(.enabled(if: !Cases.areAbsent, "skipped: no cases at \(Cases.folder)"), arguments: files)
    func `every recorded case gives the same text or the same fault`(file: String) throws {
        let cases = try #require(Cases.json("jinja/\(file)")?.list)
        for item in cases {
            let id = item["id"]?.string ?? "?"
            let wanted = Outcome(expectedBy: item)
            let found = Outcome(of: item)
            #expect(found == wanted, "\(id): \(item["template"]?.string ?? "")")
            #expect(Outcome(of: item, keepsMap: true) == wanted, "\(id) with a map")
        }
    }
}

private enum Outcome: Equatable {
    case text(String)
    case fault(kind: String, line: Int)

    init(expectedBy item: Value) {
        if let text = item["expected"]?.string {
            self = .text(text)
        } else {
            self = .fault(
                kind: item["error"]?["kind"]?.string ?? "", line: item["error"]?["line"]?.number?.int ?? 0)
        }
    }

    /// - Parameter keepsMap: With it the pieces of the map stand for the text: they must make up all of it.
    init(of item: Value, keepsMap: Bool = false) {
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
        do throws(TemplateError) {
            let template = try Template(source, environment: environment)
            let context = PreparedContext(item["context"]?.object ?? Object())
            let rendering = try template.render(context, keepsMap: keepsMap)
            guard let map = rendering.map else {
                self = .text(rendering.text)
                return
            }
            var bytes: [UInt8] = []
            for piece in map.pieces(in: 0..<rendering.bytes.count) where piece.range.lowerBound == bytes.count {
                bytes += rendering.bytes[piece.range]
            }
            self = .text(String(decoding: bytes, as: UTF8.self))
        } catch {
            self = .fault(kind: error.kind.rawValue, line: error.line)
        }
    }

    /// By bytes: Swift's own equality merges spellings of the same letter.
    static func == (left: Outcome, right: Outcome) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.fault(let a, let m), .fault(let b, let n)): a == b && m == n
        case (.text, .fault), (.fault, .text): false
        }
    }
}
