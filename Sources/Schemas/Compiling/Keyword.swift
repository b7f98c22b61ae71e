/// The words of a schema object, and what is known about each.
enum Keyword {
    /// The kind of value that a keyword speaks of, in the plural as sentences use it.
    enum Subject: String {
        case numbers, texts, lists, objects

        var types: Set<ValueType> {
            switch self {
            case .numbers: [.integer, .number]
            case .texts: [.string]
            case .lists: [.array]
            case .objects: [.object]
            }
        }
    }

    static let subjects: [String: Subject] = [
        "minimum": .numbers, "maximum": .numbers, "exclusiveMinimum": .numbers, "exclusiveMaximum": .numbers,
        "multipleOf": .numbers, "minLength": .texts, "maxLength": .texts, "pattern": .texts, "items": .lists,
        "minItems": .lists, "maxItems": .lists, "uniqueItems": .lists, "properties": .objects,
        "additionalProperties": .objects, "required": .objects, "minProperties": .objects, "maxProperties": .objects,
    ]

    /// In the order in which a misspelt word is compared with them.
    static let known = [
        "type", "title", "description", "default", "enum", "properties", "required", "items", "pattern", "minLength",
        "maxLength", "minimum", "maximum", "format", "example", "nullable", "additionalProperties",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
        "maxProperties", "oneOf", "anyOf", "allOf", "not", "$ref", "readOnly", "writeOnly", "deprecated",
        "externalDocs", "discriminator", "xml",
    ]

    private static let knownNames = Set(known)

    static func isKnown(_ name: String) -> Bool {
        knownNames.contains(name) || name.hasPrefix("x-")
    }

    /// Words of other drafts of JSON Schema, with what to write instead.
    static let foreign: [String: String] = [
        "const": "use enum with one value", "examples": "use example", "$id": "", "id": "", "$schema": "",
        "$comment": "use description", "$defs": "", "if": "", "then": "", "else": "",
        "contains": "", "propertyNames": "", "patternProperties": "use additionalProperties", "dependencies": "",
        "dependentRequired": "", "dependentSchemas": "", "additionalItems": "", "prefixItems": "use items",
        "unevaluatedProperties": "use additionalProperties", "unevaluatedItems": "", "contentEncoding": "use format",
        "contentMediaType": "use format",
    ]
}
