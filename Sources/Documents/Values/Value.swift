/// A value of a document, a spec or a template: JSON's data model with exact numbers and ordered members.
///
/// Equality is JSON's: `1 == 1.0`, `1 != true`, objects without order, text by Unicode scalars.
package enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case list([Value])
    case object(Object)
}

extension Value {
    /// The kind in words, as sentences to people use it.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "text"
        case .list: "a list"
        case .object: "an object"
        }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    package var number: Number? {
        if case .number(let number) = self { number } else { nil }
    }

    package var list: [Value]? {
        if case .list(let items) = self { items } else { nil }
    }

    package var object: Object? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The member `key` of an object; `nil` for what is absent and for every other kind.
    package subscript(key: String) -> Value? {
        object?[key]
    }

    /// The item at `index` of a list; `nil` out of bounds and for every other kind.
    package subscript(index: Int) -> Value? {
        guard case .list(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// The value that `pointer` leads to.
    package subscript(pointer: Pointer) -> Value? {
        var value = self
        for step in pointer.steps {
            switch value {
            case .object(let object):
                guard let next = object[step] else { return nil }
                value = next
            case .list(let items):
                guard let index = Int(step), items.indices.contains(index) else { return nil }
                value = items[index]
            case .null, .bool, .number, .string: return nil
            }
        }
        return value
    }

    package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.hasSameScalars(as: b)
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .number(let number): hasher.combine(number)
        case .string(let text): hasher.combine(Key(text))
        case .list(let items): hasher.combine(items)
        case .object(let object): hasher.combine(object)
        }
    }
}

// No nil literal: `condition ? nil : value` would be a null where an absent value is meant.
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(Number(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: Value...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, Value)...) { self = .object(Object(elements)) }
}
