import Documents

extension NodeReader {
    mutating func notes() -> Notes {
        var notes = Notes()
        notes.title = object["title"]?.string
        notes.description = object["description"]?.string
        notes.defaultValue = object["default"]
        notes.example = object["example"]
        notes.format = object["format"]?.string
        notes.isReadOnly = flag("readOnly")
        notes.isWriteOnly = flag("writeOnly")
        notes.isDeprecated = flag("deprecated")
        notes.externalDocs = object["externalDocs"]?["url"]?.string
        notes.isSecret = object["x-secret"]?.bool ?? false
        notes.isUnique = object["x-unique"]?.bool ?? false
        notes.isMultiline = object["x-multiline"]?.bool
        notes.placeholder = object["x-placeholder"].flatMap(Wording.plain)
        notes.hint = object["x-hint"]?.string
        notes.unit = object["x-unit"]?.string
        notes.enumLabels = enumLabels()
        notes.messages = messages()
        notes.group = object["x-group"]?.string
        notes.order = object["x-order"]?.number
        notes.condition = condition()
        notes.formerNames = formerNames()
        return notes
    }

    /// Labels as an object by value, or as a list beside `enum`.
    private func enumLabels() -> [String: String] {
        var labels: [String: String] = [:]
        switch object["x-enum-labels"] {
        case .object(let object)?:
            for (value, label) in object { labels[value] = label.string }
        case .list(let list)?:
            for (value, label) in zip(object["enum"]?.list ?? [], list) {
                guard let key = Wording.plain(value) else { continue }
                labels[key] = label.string
            }
        case .null?, .bool?, .number?, .string?, nil: break
        }
        return labels
    }

    private func messages() -> [String: String] {
        switch object["x-message"] {
        case .string(let text)?: return ["": text]
        case .object(let object)?:
            var messages: [String: String] = [:]
            for (keyword, text) in object { messages[keyword] = text.string }
            return messages
        case .null?, .bool?, .number?, .list?, nil: return [:]
        }
    }

    private mutating func condition() -> Condition? {
        guard let text = text("x-visible-if") else { return nil }
        do {
            return try Condition(reading: text)
        } catch {
            note(
                "badCondition", .error, at: "x-visible-if",
                "x-visible-if can't be read at character \(error.offset + 1): \(error.message).")
            return nil
        }
    }

    private func formerNames() -> [String] {
        guard let value = object["x-renamed-from"] else { return [] }
        return value.list?.compactMap(\.string) ?? value.string.map { [$0] } ?? []
    }
}
