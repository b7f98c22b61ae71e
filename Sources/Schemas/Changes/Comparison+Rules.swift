import Documents

extension Comparison {
    mutating func compareEnumerations(_ before: [Value]?, _ after: [Value]?) {
        switch (before, after) {
        case (nil, nil): return
        case (_?, nil): note("enumRemoved", .safe, "may be more than the listed values now")
        case (nil, let after?): note("enumAdded", .breaking, "must be \(Wording.oneOf(after)) now")
        case (let before?, let after?):
            let gone = before.filter { !after.contains($0) }
            let fresh = after.filter { !before.contains($0) }
            if !gone.isEmpty {
                note("enumNarrowed", .breaking, "can no longer be \(Self.list(gone))", witness: gone[0])
            }
            if !fresh.isEmpty { note("enumWidened", .safe, "can also be \(Self.list(fresh))") }
        }
    }

    private static func list(_ values: [Value]) -> String {
        values.map(Wording.shown).joined(separator: ", ")
    }

    mutating func compareNumbers(_ before: NumberRules, _ after: NumberRules) {
        let old = (before.minimum, before.isMinimumExclusive)
        let new = (after.minimum, after.isMinimumExclusive)
        compareBound(old, new, "minimum", isTighter: { $0 > $1 }, words: ("at least", "more than"))
        let oldTop = (before.maximum, before.isMaximumExclusive)
        let newTop = (after.maximum, after.isMaximumExclusive)
        compareBound(oldTop, newTop, "maximum", isTighter: { $0 < $1 }, words: ("at most", "less than"))
        switch (before.multipleOf, after.multipleOf) {
        case (nil, nil): break
        case (_?, nil): note("multipleOf", .safe, "may be any number between the bounds")
        case (let a, let b?):
            if let a, a == b { break }
            let fits = a?.isMultiple(of: b) ?? false
            note(
                "multipleOf", fits ? .safe : .breaking, "must be a multiple of \(b.text) now",
                witness: a.map(Value.number))
        }
        compareFormats(before.format, after.format)
    }

    private mutating func compareBound(
        _ old: (Number?, Bool), _ new: (Number?, Bool), _ rule: String, isTighter: (Number, Number) -> Bool,
        words: (String, String)
    ) {
        guard let bound = new.0 else {
            if old.0 != nil { note(rule, .safe, "has no \(rule) any more") }
            return
        }
        let must = "must be \(new.1 ? words.1 : words.0) \(bound.text) now"
        guard let before = old.0 else {
            note(rule, .breaking, must)
            return
        }
        if before == bound {
            guard old.1 != new.1 else { return }
            note(rule, new.1 ? .breaking : .safe, must, witness: new.1 ? .number(before) : nil)
        } else {
            let isNarrower = isTighter(bound, before)
            note(rule, isNarrower ? .breaking : .safe, must, witness: isNarrower && !old.1 ? .number(before) : nil)
        }
    }

    mutating func compareTexts(_ before: TextRules, _ after: TextRules) {
        compareSizes(before.minLength, after.minLength, "minLength", ("character", "characters"), isLower: true)
        compareSizes(before.maxLength, after.maxLength, "maxLength", ("character", "characters"), isLower: false)
        comparePatterns(before.pattern, after.pattern)
        compareFormats(before.format, after.format)
    }

    private mutating func comparePatterns(_ before: Pattern?, _ after: Pattern?) {
        switch (before, after) {
        case (nil, nil): break
        case (_?, nil): note("pattern", .safe, "needs no special form any more")
        case (nil, let b?): note("pattern", .breaking, "must have the form \(b.text) now")
        case (let a?, let b?):
            if a.text.utf8.elementsEqual(b.text.utf8) { break }
            note("pattern", .undetermined, "must have the form \(b.text) now, and had the form \(a.text)")
        }
    }

    private mutating func compareFormats(_ before: Format?, _ after: Format?) {
        guard before != after else { return }
        guard let after else {
            note("format", .safe, "needs no special format any more")
            return
        }
        let widens = (before == .int32 && after == .int64) || (before == .float && after == .double)
        let isHint = after == .password || after == .binary
        note("format", widens || isHint ? .safe : .breaking, "must be \(after.rule) now")
    }

    private mutating func compareSizes(
        _ before: Int?, _ after: Int?, _ rule: String, _ unit: (String, String), isLower: Bool
    ) {
        guard before != after else { return }
        guard let after, !(isLower && after == 0) else {
            if before ?? 0 > 0 || !isLower {
                note(rule, .safe, "has no \(isLower ? "least" : "greatest") size any more")
            }
            return
        }
        let isNarrower = before.map { isLower ? after > $0 : after < $0 } ?? true
        let amount = "\(isLower ? "at least" : "at most") \(Wording.count(after, unit.0, unit.1))"
        note(rule, isNarrower ? .breaking : .safe, "must have \(amount) now")
    }

    mutating func compareLists(_ before: ListRules, _ after: ListRules) {
        compareSizes(before.minItems, after.minItems, "minItems", ("item", "items"), isLower: true)
        compareSizes(before.maxItems, after.maxItems, "maxItems", ("item", "items"), isLower: false)
        if after.isUnique != before.isUnique {
            note(
                "uniqueItems", after.isUnique ? .breaking : .safe,
                after.isUnique ? "must not repeat an item any more" : "may repeat items now")
        }
        switch (before.items, after.items) {
        case (let a?, let b?): compareNested(a, b, "each item")
        case (nil, _?): note("items", .breaking, "has rules for its items now")
        case (_?, nil): note("items", .safe, "has no rules for its items any more")
        case (nil, nil): break
        }
    }

    mutating func compareObjects(_ before: ObjectRules, _ after: ObjectRules) {
        compareSizes(before.minProperties, after.minProperties, "minProperties", ("entry", "entries"), isLower: true)
        compareSizes(before.maxProperties, after.maxProperties, "maxProperties", ("entry", "entries"), isLower: false)
        let known = Set((before.requiredOnly + before.properties.filter(\.isRequired).map(\.name)).map(Key.init))
        for name in after.requiredOnly where !known.contains(Key(name)) {
            note("addedRequired", .breaking, "must have \(name) now")
        }
        switch (before.additional, after.additional) {
        case (.any, .any), (.none, .none): break
        case (.schema(let a), .schema(let b)): compareNested(a, b, "each entry")
        case (.any, .none), (.schema, .none):
            note("closed", .breaking, "must not have members that are not declared any more")
        case (.any, .schema): note("additional", .breaking, "has rules for members that are not declared now")
        case (.none, .any), (.none, .schema), (.schema, .any):
            note("opened", .safe, "may have members that are not declared now")
        }
    }
}

/// Whether two nodes say the same, as far as it is looked at.
struct SchemaEquality {
    let old: Schema
    let new: Schema
    /// Pairs that are being compared further up; types that contain themselves meet them again.
    let seen: Set<[Int]>

    /// Branches of `oneOf`, `anyOf` and `not`, and those of `allOf` that are not merged into members.
    func haveSameChoices(_ before: SchemaNode, _ after: SchemaNode) -> Bool {
        areSame(before.oneOf, after.oneOf) && areSame(before.anyOf, after.anyOf)
            && areSame([before.not].compactMap(\.self), [after.not].compactMap(\.self))
            && areSame(rest(of: before, old), rest(of: after, new))
    }

    private func rest(of node: SchemaNode, _ schema: Schema) -> [SchemaNode.Index] {
        node.allOf.filter { schema.properties(of: $0).isEmpty }
    }

    private func areSame(_ before: [SchemaNode.Index], _ after: [SchemaNode.Index]) -> Bool {
        guard before.count == after.count else { return false }
        for (a, b) in zip(before, after) where !isSame(a, b) { return false }
        return true
    }

    /// Equal where a comparison finds nothing but words.
    private func isSame(_ before: SchemaNode.Index, _ after: SchemaNode.Index) -> Bool {
        var comparison = Comparison(old: old, new: new, seen: seen)
        comparison.compare(before, after, at: Pointer(), label: "", isRequired: true)
        return comparison.changes.allSatisfy { $0.verdict == .cosmetic }
    }
}
