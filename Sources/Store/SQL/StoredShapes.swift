import Catalog
import Documents

/// The model's small values as JSON columns have them.
extension Output {
    var stored: Value {
        var object = Object([("key", .string(key)), ("value", .string(value))])
        if !note.isEmpty { object["note"] = .string(note) }
        return .object(object)
    }

    init?(stored: Value) {
        guard let key = stored["key"]?.string, let value = stored["value"]?.string else { return nil }
        self.init(key: key, value: value, note: stored["note"]?.string ?? "")
    }
}

extension [Output] {
    var stored: String { StoredJSON.text(.list(map(\.stored))) }
    init(stored: Value) { self = (stored.list ?? []).compactMap(Output.init(stored:)) }
}

extension Failure {
    var stored: String {
        StoredJSON.text(
            .object(
                Object([
                    ("resource", .string(resource)), ("type", .string(type)), ("reason", .string(reason)),
                    ("hint", .string(hint)), ("undone", .list(undone.map(Value.string))),
                ])
            )
        )
    }

    init(stored: Value) {
        self.init(
            resource: stored["resource"]?.string ?? "", type: stored["type"]?.string ?? "",
            reason: stored["reason"]?.string ?? "", hint: stored["hint"]?.string ?? "",
            undone: (stored["undone"]?.list ?? []).compactMap(\.string))
    }
}

enum StoredShapes {
    static func text(_ tags: [String: String]) -> String {
        let sorted = tags.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return StoredJSON.text(.object(Object(sorted.map { ($0.key, Value.string($0.value)) })))
    }

    static func tags(_ value: Value) -> [String: String] {
        var tags: [String: String] = [:]
        for (key, value) in value.object ?? Object() { tags[key] = value.string ?? "" }
        return tags
    }

    static func text(_ environments: [CompatibleEnvironment]) -> String {
        StoredJSON.text(.list(environments.map { .string($0.description) }))
    }

    static func environments(_ value: Value) -> [CompatibleEnvironment] {
        (value.list ?? []).compactMap { $0.string.flatMap { CompatibleEnvironment($0) } }
    }

    static func text(_ languages: [TemplateVersion.Part: Language]) -> String {
        let sorted = languages.sorted { $0.key.rawValue < $1.key.rawValue }
        return StoredJSON.text(.object(Object(sorted.map { ($0.key.rawValue, .string($0.value.rawValue)) })))
    }

    static func languages(_ value: Value) -> [TemplateVersion.Part: Language] {
        var languages: [TemplateVersion.Part: Language] = [:]
        for (key, value) in value.object ?? Object() {
            guard let part = TemplateVersion.Part(rawValue: key) else { continue }
            languages[part] = value.string.flatMap { Language(rawValue: $0) }
        }
        return languages
    }
}
