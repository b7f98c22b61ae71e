import Catalog
import Documents

/// A line's origin as text and as JSON.
enum OriginText {
    static func lines(_ origin: LineOrigin, of file: RenderedFile) -> [String] {
        let text = origin.pieces.map(\.text).joined()
        var lines = ["\(file.path):\(origin.line): \(text)"]
        let tags = origin.pieces.filter { $0.tag != nil }
        if tags.isEmpty {
            lines.append(origin.pieces.first.map { "  stands so in \(spelled($0.place))" } ?? "  an empty line")
        }
        for piece in tags {
            lines.append("  \(spelled(piece.place)): \(piece.tag ?? "") wrote \(piece.text.jsonLiteral)")
            lines += values(piece.values)
        }
        for condition in origin.conditions {
            let word = condition.isLoop ? "once for each of" : "there because of"
            lines.append("  \(word) \(condition.tag) at \(spelled(condition.place))")
            lines += values(condition.values)
        }
        return lines
    }

    private static func values(_ values: [LineOrigin.ReadValue]) -> [String] {
        values.map { value in
            let shown = value.value.map { $0.count > 60 ? "\($0.prefix(60))…" : $0 }
            return "    \(value.path)\(shown.map { " = \($0)" } ?? ""): \(words(value.source))"
        }
    }

    private static func spelled(_ place: Place) -> String { "\(place.file):\(place.line):\(place.column)" }

    private static func words(_ source: LineOrigin.Source) -> String {
        switch source {
        case .spec(let place): "set in \(spelled(place))"
        case .schemaDefault: "the schema's default"
        case .output(let name): name.isEmpty ? "an output of the environment" : "an output of environment \(name)"
        case .order: "given by the order"
        case .nobody: "not set"
        }
    }

    static func json(_ origin: LineOrigin, of file: RenderedFile) -> Value {
        JSON.object([
            ("file", .string(file.path)), ("line", .number(Number(origin.line))),
            ("text", .string(origin.pieces.map(\.text).joined())),
            (
                "pieces",
                .list(
                    origin.pieces.map { piece in
                        JSON.object([
                            ("text", .string(piece.text)), ("place", .string(spelled(piece.place))),
                            ("tag", piece.tag.map { .string($0) } ?? .null), ("values", json(piece.values)),
                        ])
                    })
            ),
            (
                "conditions",
                .list(
                    origin.conditions.map { condition in
                        JSON.object([
                            ("kind", .string(condition.isLoop ? "loop" : "choice")),
                            ("place", .string(spelled(condition.place))), ("tag", .string(condition.tag)),
                            ("values", json(condition.values)),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ values: [LineOrigin.ReadValue]) -> Value {
        .list(
            values.map { value in
                JSON.object([
                    ("path", .string(value.path)), ("value", value.value.map { .string($0) } ?? .null),
                    ("from", .string(words(value.source))),
                ])
            })
    }
}
