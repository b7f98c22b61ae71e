internal import Documents

/// Scalars as CloudFormation passes them on: everything is text in the end.
enum Scalars {
    /// The text of a scalar; `nil` for null, lists and objects.
    static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    /// A spelling that loosely equal scalars share: `80`, `"80"` and `80.0`; `true` and `"true"`.
    static func canonical(_ value: Value) -> String? {
        if case .number(let number) = value, let int = number.int { return String(int) }
        return text(value)
    }
}
