import Documents

extension NodeReader {
    mutating func numberRules() -> NumberRules? {
        var rules = NumberRules()
        rules.minimum = number("minimum")
        rules.maximum = number("maximum")
        rules.isMinimumExclusive = exclusive("exclusiveMinimum", beside: "minimum")
        rules.isMaximumExclusive = exclusive("exclusiveMaximum", beside: "maximum")
        rules.multipleOf = number("multipleOf")
        if let step = rules.multipleOf, step <= Number(0) {
            note("keywordType", .error, at: "multipleOf", "multipleOf must be greater than 0, but is \(step.text).")
            rules.multipleOf = nil
        }
        rules.format = format.flatMap { $0.isNumeric ? $0 : nil }
        if let low = rules.minimum, let high = rules.maximum {
            let isOpen = rules.isMinimumExclusive || rules.isMaximumExclusive
            if low > high {
                note("emptyRange", .error, at: nil, "No value fits: minimum \(low.text) is above maximum \(high.text).")
            } else if isOpen, low == high {
                note(
                    "emptyRange", .error, at: nil,
                    "No value fits: minimum and maximum are both \(low.text) and exclusive.")
            }
        }
        let isEmpty = rules.minimum == nil && rules.maximum == nil && rules.multipleOf == nil && rules.format == nil
        return isEmpty ? nil : rules
    }

    private mutating func exclusive(_ name: String, beside bound: String) -> Bool {
        guard let value = object[name] else { return false }
        if let number = value.number {
            note(
                "exclusiveNotBoolean", .error, at: name,
                "\(name) is true or false beside \(bound); write \(bound): \(number.text), \(name): true.")
            return false
        }
        let isOn = flag(name)
        if isOn, object[bound] == nil {
            note("exclusiveWithoutBound", .warning, at: name, "\(name) has no effect without \(bound).")
        }
        return isOn
    }

    private var format: Format? {
        object["format"]?.string.flatMap(Format.init(rawValue:))
    }

    mutating func textRules(_ compiler: inout Compiler) -> TextRules? {
        var rules = TextRules()
        rules.minLength = size("minLength")
        rules.maxLength = size("maxLength")
        if let low = rules.minLength, let high = rules.maxLength, low > high {
            note("emptyRange", .error, at: nil, "No text fits: minLength \(low) is above maxLength \(high).")
        }
        rules.format = format.flatMap { $0.isNumeric ? nil : $0 }
        rules.pattern = pattern(&compiler)
        let isEmpty =
            rules.minLength == nil && rules.maxLength == nil && rules.pattern == nil && rules.format == nil
        return isEmpty ? nil : rules
    }

    private mutating func pattern(_ compiler: inout Compiler) -> Pattern? {
        guard let text = text("pattern") else { return nil }
        do {
            let pattern = try compiler.pattern(text)
            if let slow = pattern.syntax.nestedRepetition {
                let scalars = Array(text.unicodeScalars)[slow.range]
                let part = String(String.UnicodeScalarView(scalars))
                note(
                    "slowPattern", .warning, at: "pattern",
                    "pattern can take exponential time: \(part) repeats a repetition.")
            }
            return pattern
        } catch {
            note("badPattern", .error, at: "pattern", "pattern does not compile: \(error.reason).")
            return nil
        }
    }

    mutating func listRules(_ compiler: inout Compiler) -> ListRules? {
        var rules = ListRules()
        rules.minItems = size("minItems")
        rules.maxItems = size("maxItems")
        rules.isUnique = flag("uniqueItems")
        if let low = rules.minItems, let high = rules.maxItems, low > high {
            note("emptyRange", .error, at: nil, "No list fits: minItems \(low) is above maxItems \(high).")
        }
        if object["items"]?.list != nil {
            note(
                "itemsTuple", .error, at: "items",
                "items is one schema for every item; lists of schemas are not part of OpenAPI 3.0.")
        } else if object["items"] != nil {
            rules.items = compiler.compile(at: pointer.appending("items"))
        } else if object["type"]?.string == ValueType.array.rawValue {
            note("arrayWithoutItems", .error, at: nil, "An array schema needs items.")
        }
        let isEmpty = rules.items == nil && rules.minItems == nil && rules.maxItems == nil && !rules.isUnique
        return isEmpty ? nil : rules
    }

    mutating func objectRules(_ compiler: inout Compiler) -> ObjectRules? {
        var rules = ObjectRules()
        rules.minProperties = size("minProperties")
        rules.maxProperties = size("maxProperties")
        if let low = rules.minProperties, let high = rules.maxProperties, low > high {
            note("emptyRange", .error, at: nil, "No object fits: minProperties \(low) is above maxProperties \(high).")
        }
        let required = requiredNames()
        let names = Set(required.map(Key.init))
        if let members = properties() {
            let place = pointer.appending("properties")
            rules.properties = members.keys.map { name in
                ObjectRules.Property(
                    name: name, node: compiler.compile(at: place.appending(name)), isRequired: names.contains(Key(name))
                )
            }
        }
        rules.requiredOnly = required.filter { rules.property($0) == nil }
        noteUndeclared(rules.requiredOnly)
        switch object["additionalProperties"] {
        case nil, .bool(true)?: rules.additional = .any
        case .bool(false)?: rules.additional = .none
        case _?: rules.additional = .schema(compiler.compile(at: pointer.appending("additionalProperties")))
        }
        let hasSizes = rules.minProperties != nil || rules.maxProperties != nil
        if case .any = rules.additional, !hasSizes, rules.properties.isEmpty, required.isEmpty { return nil }
        return rules
    }

    private mutating func properties() -> Object? {
        guard let value = object["properties"], value != .null else { return nil }
        guard let members = value.object else {
            note("keywordType", .error, at: "properties", "properties must be an object, but is \(value.kind).")
            return nil
        }
        return members
    }

    private mutating func requiredNames() -> [String] {
        guard let value = object["required"] else { return [] }
        guard let list = value.list else {
            if value.bool != nil, let name = pointer.steps.last {
                note(
                    "requiredNotList", .error, at: "required",
                    "required is a list of names on the object: move \(name) to required of the parent.")
            } else {
                note(
                    "requiredNotList", .error, at: "required", "required must be a list of names, but is \(value.kind)."
                )
            }
            return []
        }
        if list.isEmpty {
            note("emptyRequired", .error, at: "required", "required must list at least one name; remove it.")
        }
        return list.compactMap(\.string)
    }

    private mutating func noteUndeclared(_ names: [String]) {
        guard object["properties"] != nil, let list = object["required"]?.list else { return }
        for name in names {
            let index = list.firstIndex(of: .string(name)) ?? 0
            findings.append(
                Finding(
                    "schema.undeclaredRequired", .warning,
                    "required names \"\(name)\", which properties does not declare.",
                    pointer: pointer.appending("required").appending(index)))
        }
    }
}
