package import Documents

/// The types of OpenAPI 3.0.
package enum ValueType: String, Hashable, Sendable, CaseIterable {
    case array, boolean, integer, number, object, string

    /// What a value of the type is, in words that follow "must be".
    package var words: String {
        switch self {
        case .array: "a list"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .object: "an object"
        case .string: "text"
        }
    }

    var isNumeric: Bool { self == .integer || self == .number }
}

/// One schema object, compiled: references resolved, rules sorted by the kind of value that they speak of.
///
/// A class, because validation passes through thousands of them and must not copy what they hold. Other nodes are named
/// by their index, so that types may contain themselves.
final class SchemaNode: Sendable {
    typealias Index = Int

    /// Where the schema object stands in its document.
    let pointer: Pointer
    let type: ValueType?
    let isNullable: Bool
    let enumeration: Enumeration?
    let number: NumberRules?
    let text: TextRules?
    let list: ListRules?
    let object: ObjectRules?
    let allOf: [Index]
    let anyOf: [Index]
    let oneOf: [Index]
    let not: Index?
    let notes: Notes

    init(_ draft: Draft) {
        pointer = draft.pointer
        type = draft.type
        isNullable = draft.isNullable
        enumeration = draft.enumeration
        number = draft.number
        text = draft.text
        list = draft.list
        object = draft.object
        allOf = draft.allOf
        anyOf = draft.anyOf
        oneOf = draft.oneOf
        not = draft.not
        notes = draft.notes
    }

    /// A node in the making.
    struct Draft {
        var pointer: Pointer
        var type: ValueType?
        var isNullable = false
        var enumeration: Enumeration?
        var number: NumberRules?
        var text: TextRules?
        var list: ListRules?
        var object: ObjectRules?
        var allOf: [Index] = []
        var anyOf: [Index] = []
        var oneOf: [Index] = []
        var not: Index?
        var notes = Notes()

        /// The schema objects that the same value is held against.
        var combined: [Index] { allOf + anyOf + oneOf + [not].compactMap(\.self) }
    }
}

/// The values that `enum` lists.
struct Enumeration: Sendable {
    let values: [Value]
    private let index: Set<Value>?
    /// What the value must be, in words that follow its name.
    let rule: String

    init(_ values: [Value]) {
        self.values = values
        rule = "must be \(Wording.oneOf(values))"
        index = values.count > 8 ? Set(values) : nil
    }

    func contains(_ value: Value) -> Bool {
        index?.contains(value) ?? values.contains(value)
    }
}

struct NumberRules: Sendable {
    var minimum: Number?
    var maximum: Number?
    var isMinimumExclusive = false
    var isMaximumExclusive = false
    var multipleOf: Number?
    var format: Format?
}

struct TextRules: Sendable {
    var minLength: Int?
    var maxLength: Int?
    var pattern: Pattern?
    var format: Format?
}

struct ListRules: Sendable {
    var items: SchemaNode.Index?
    var minItems: Int?
    var maxItems: Int?
    var isUnique = false
}

struct ObjectRules: Sendable {
    enum Additional: Sendable {
        case any
        case none
        case schema(SchemaNode.Index)
    }

    struct Property: Sendable {
        var name: String
        var node: SchemaNode.Index
        var isRequired: Bool
    }

    /// In the order in which they are declared.
    var properties: [Property] = [] {
        didSet {
            let names = properties.map { Key($0.name) }
            places = names.count < 8 ? [:] : Dictionary(zip(names, names.indices)) { first, _ in first }
        }
    }
    /// Where each name stands, where there are many.
    private var places: [Key: Int] = [:]
    /// Names that must be there and are not declared.
    var requiredOnly: [String] = []
    var additional = Additional.any
    var minProperties: Int?
    var maxProperties: Int?

    func place(of name: String) -> Int? {
        if !places.isEmpty { return places[Key(name)] }
        return properties.firstIndex { $0.name.hasSameScalars(as: name) }
    }

    func property(_ name: String) -> Property? {
        place(of: name).map { properties[$0] }
    }
}

/// What a schema object says to people and to forms, beside its rules.
package struct Notes: Sendable {
    package var title: String?
    package var description: String?
    package var defaultValue: Value?
    package var example: Value?
    package var format: String?
    package var isReadOnly = false
    package var isWriteOnly = false
    package var isDeprecated = false
    package var externalDocs: String?
    /// Whether the value names a secret (`x-secret`) and is never the secret itself.
    package var isSecret = false
    /// Whether each of several forms beside each other needs an answer of its own.
    package var isUnique = false
    package var isMultiline: Bool?
    package var placeholder: String?
    package var hint: String?
    package var unit: String?
    /// Labels of the values that `enum` lists, by the value as text.
    package var enumLabels: [String: String] = [:]
    /// The author's sentences by keyword; under the empty name the one for every keyword.
    package var messages: [String: String] = [:]
    package var group: String?
    package var order: Number?
    /// When the input is asked for; always where there is none.
    package var condition: Condition?
    /// Names that the input had in earlier versions.
    package var formerNames: [String] = []
}
