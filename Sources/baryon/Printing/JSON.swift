import Catalog
import Documents

/// Objects for programs; members without a value are left out.
enum JSON {
    static func object(_ members: [(String, Value?)]) -> Value {
        .object(Object(members.compactMap { name, value in value.map { (name, $0) } }))
    }

    /// Text that may be absent: empty text is left out.
    static func text(_ text: String?) -> Value? { text.flatMap { $0.isEmpty ? nil : .string($0) } }
    static func time(_ instant: Instant?) -> Value? { instant.map { .string($0.iso8601) } }
    static func number(_ number: Int) -> Value { .number(Number(number)) }

    static func outputs(_ outputs: [Output]) -> Value {
        .list(
            outputs.map { output in
                object([
                    ("key", .string(output.key)), ("valueString", .string(output.value)),
                    ("description", text(output.note)),
                ])
            })
    }

    static func findings(_ findings: [Finding]) -> Value { .list(findings.map(\.value)) }
}
