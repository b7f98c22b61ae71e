import CloudFormation
import Documents
import Foundation

/// The outside cases, and templates written in tests.
enum Cases {
    /// `BARYON_CASES`, else the cases beside the checkout.
    static let directory: URL = {
        if let path = ProcessInfo.processInfo.environment["BARYON_CASES"] { return URL(fileURLWithPath: path) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("../shared/cases").standardizedFileURL
    }()

    /// Every rendered CloudFormation file that a result of reading stands beside, as paths below the cases.
    static let rendered: [String] = {
        let oracle = directory.appendingPathComponent("bundles/oracle")
        guard let paths = FileManager.default.enumerator(atPath: oracle.path) else {
            print("skipped: no cases at \(directory.path)")
            return []
        }
        return paths.compactMap { $0 as? String }.filter { path in
            let folder = oracle.appendingPathComponent(path).deletingLastPathComponent()
            return path.hasSuffix("/cloudformation.yaml")
                && FileManager.default.fileExists(atPath: folder.appendingPathComponent("template.json").path)
        }.map { "bundles/oracle/" + ($0 as NSString).deletingLastPathComponent }.sorted()
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appendingPathComponent(path)))
    }

    static func document(_ path: String, as profile: Document.Profile) throws -> Document {
        let source = Source(name: path, bytes: try bytes(path))
        let (document, findings) = Document.read(source, as: profile)
        guard let document else { throw Unreadable(text: findings.map(\.text).joined(separator: "\n")) }
        return document
    }

    struct Unreadable: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}

/// Reads YAML as a template.
func template(_ yaml: String) throws -> (template: Template, findings: [Finding]) {
    let (document, findings) = Document.read(Source(name: "t.yaml", text: yaml), as: .cloudFormation)
    guard let document else { throw Cases.Unreadable(text: findings.map(\.text).joined(separator: "\n")) }
    return Template.read(document)
}

/// Reads and evaluates YAML that has no faults.
func evaluated(_ yaml: String, _ givens: Givens = Givens()) throws -> EvaluatedTemplate {
    let (template, faults) = try template(yaml)
    let (result, findings) = template.evaluate(with: givens)
    let all = faults + findings
    guard all.isEmpty else { throw Cases.Unreadable(text: all.map(\.text).joined(separator: "\n")) }
    return result
}

/// JSON as a value.
func json(_ text: String) throws -> Value {
    let (document, findings) = Document.read(Source(name: "t.json", text: text), as: .json)
    guard let document else { throw Cases.Unreadable(text: findings.map(\.text).joined(separator: "\n")) }
    return document.value
}
