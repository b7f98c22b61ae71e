import Bundles
import Catalog
import Documents
import Schemas
import Store

/// The secrets of one connection, as what goes there sees them: by reference, never by value.
struct SecretView {
    /// `nil` where a bundle is rendered without a workspace.
    private let connection: String?
    private let sources: [String: SecretSource]

    init(_ connection: String?, _ secrets: [Secret]) {
        self.connection = connection
        sources = Dictionary(secrets.map { ($0.name, $0.source) }) { first, _ in first }
    }

    /// Inputs as a CloudFormation template sees them: with text in the place of references to secrets.
    ///
    /// What the service can't look up itself is a mark that stands nowhere else, so that it is found where it is printed.
    func seen(_ inputs: Value, _ schema: Schema?) -> Value {
        schema?.replacingSecrets(in: inputs) { reference, _ in
            .string(sources[reference.name]?.dynamicReference ?? Self.mark(reference.name))
        } ?? inputs
    }

    /// The sources of the secrets that inputs name, as far as they are defined.
    func named(in inputs: Value, _ schema: Schema?) -> [String: String] {
        let names = (schema?.secrets(in: inputs) ?? []).map(\.name)
        return Dictionary(names.compactMap { name in sources[name].map { (name, $0.text) } }) { first, _ in first }
    }

    // MARK: Findings

    /// Nothing is allowed that is not defined where the target goes.
    func unknown(in inputs: Value, _ schema: Schema?) -> [Finding] {
        (schema?.secrets(in: inputs) ?? []).filter { sources[$0.name] == nil }.map { pointer, name in
            unknown(name, "The secret \"\(name)\" that \(pointer.steps.joined(separator: ".")) names", at: pointer)
        }
    }

    private func unknown(_ name: String, _ subject: String, at pointer: Pointer? = nil) -> Finding {
        Finding(
            "secret.unknown", "\(subject) must be defined on connection \(connection ?? ""), but is not.",
            hint:
                "\(near(name)) A platform engineer defines one with: baryon connection secret set \(name) --source SOURCE --connection \(connection ?? "")",
            pointer: pointer)
    }

    /// What may have been meant, and what there is.
    func near(_ name: String) -> String {
        let names = sources.keys.sorted()
        let near = Spelling.nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? ""
        return near + (names.isEmpty ? "It defines none." : "It has \(names.few).")
    }

    /// Where a rendered template shows a secret that CloudFormation can't look up, by the inputs' names.
    func misplaced(in file: RenderedTemplate, _ inputs: Value, _ schema: Schema?) -> [Finding] {
        let own = Set((schema?.secrets(in: inputs) ?? []).map(\.name))
        return file.marks(from: Self.start, to: Self.end).compactMap { mark in
            guard let source = sources[mark.text] else {
                // Of the target's own inputs that is told already.
                return own.contains(mark.text)
                    ? nil : unknown(mark.text, "The secret \"\(mark.text)\" that \(mark.path ?? "a template") shows")
            }
            let at = connection.map { " of connection \($0)" } ?? ""
            let command = connection.map {
                ": baryon connection secret set \(mark.text) --source secretsmanager:ID --connection \($0)"
            }
            return Finding(
                "secret.place",
                "\(mark.path ?? "A template") must name a secret of ssm: or secretsmanager: to stand in a CloudFormation template, but \"\(mark.text)\"\(at) is of \(source.scheme.rawValue):.",
                hint:
                    "Name another secret, or give it another source\(command ?? " as secrets.\(mark.text) with --given.")",
                place: mark.place)
        }
    }

    private static let start = "{{secret:"
    private static let end = "}}"
    private static func mark(_ name: String) -> String { start + name + end }
}

extension Engine {
    func secretView(_ connection: String) throws -> SecretView {
        SecretView(connection, try store.secrets(of: connection))
    }
}

extension Plan {
    /// Where the secrets are that it was approved with.
    var secrets: [Secret] {
        grounds.secrets.sorted { $0.key < $1.key }.compactMap { name, text in
            (try? SecretSource(text)).map { Secret(connection: connection, name: name, source: $0) }
        }
    }
}
