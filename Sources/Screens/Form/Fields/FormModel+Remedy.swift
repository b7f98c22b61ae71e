import Documents
import Schemas

/// A value that would mend an answer.
struct Remedy: Sendable {
    /// What the whole field would be given.
    var value: Value
    /// The part that changes, for people.
    var shown: String
}

extension FormModel {
    /// The nearest allowed answer at a spot; `nil` where nothing is wrong or nothing near is known.
    func remedy(at spot: Spot) -> Remedy? {
        let entry = self[spot]
        guard faults[spot] != nil, entry.ownFaults.isEmpty, entry.role == .leaf, let answer = entry.answer else {
            return nil
        }
        let part = sections[spot.section].parts[entry.part]
        let given = sections[spot.section].filled(part: entry.part)
        let depth = entry.field.pointer.steps.count
        for fault in part.schema.verdict(on: given).faults {
            guard fault.focus.steps.starts(with: entry.field.pointer.steps), !fault.isRedacted,
                let actual = given[fault.focus]
            else { continue }
            let rest = Pointer(Array(fault.focus.steps.dropFirst(depth)))
            for candidate in Nearest.candidates(actual, fault, entry.field) where candidate != actual {
                guard let fixed = given.setting(fault.focus, to: candidate),
                    !part.schema.verdict(on: fixed).faults.contains(where: { $0.focus == fault.focus }),
                    let whole = rest.steps.isEmpty ? candidate : answer.setting(rest, to: candidate)
                else { continue }
                let shown = rest.steps.isEmpty ? entry.shown(candidate) : candidate.string ?? candidate.json()
                return Remedy(value: whole, shown: shown)
            }
        }
        return nil
    }

    /// Takes the nearest allowed answer for the focused field; `false` where none is known.
    package mutating func takeRemedy() -> Bool {
        guard let remedy = remedy(at: focus) else { return false }
        give(remedy.value)
        return true
    }
}

/// Guesses at what was meant; the schema decides which of them is allowed.
private enum Nearest {
    static func candidates(_ actual: Value, _ fault: Fault, _ field: Field) -> [Value] {
        switch (fault.keyword, actual, fault.expected) {
        case ("minimum", _, .number(let bound)?), ("maximum", _, .number(let bound)?):
            var candidates = [Value.number(bound)]
            if let whole = bound.int, abs(whole) < Int.max - 1 {
                candidates.append(.number(Number(fault.keyword == "minimum" ? whole + 1 : whole - 1)))
            }
            return candidates
        case ("multipleOf", .number(let number), .number(let step)?):
            guard let value = number.int, let step = step.int, step > 0, abs(value) < Int.max / 4 else { return [] }
            let low = value - ((value % step) + step) % step
            return (value - low <= low + step - value ? [low, low + step] : [low + step, low]).map {
                .number(Number($0))
            }
        case ("enum", _, .list(let options)?): return near(actual, options)
        case ("uniqueItems", .list(let items), _):
            return [.list(items.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })]
        case ("type", .string(let text), _): return Quantity.number(text, unit: field.unit).map { [.number($0)] } ?? []
        case ("type", .number(let number), _):
            guard abs(number.double) < 1e15 else { return [] }
            return [.number(Number(Int(number.double.rounded())))]
        case (_, .string(let text), _): return spellings(of: text)
        case _: return []
        }
    }

    private static func near(_ actual: Value, _ options: [Value]) -> [Value] {
        if let number = actual.number {
            let numbers = options.compactMap(\.number)
            return numbers.sorted { abs($0.double - number.double) < abs($1.double - number.double) }.map(Value.number)
        }
        guard let text = actual.string else { return [] }
        let words = NearWord.nearest(to: text, among: options.compactMap(\.string)).map { [Value.string($0)] } ?? []
        return words + (Number(json: text).map { near(.number($0), options) } ?? [])
    }

    /// The text as it might have been meant: without blanks, in other letters, without what few patterns take.
    private static func spellings(of text: String) -> [Value] {
        guard text.utf8.count <= 500 else { return [] }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let trimmed = words.joined(separator: " ")
        var spellings = [trimmed, trimmed.lowercased()]
        if let first = words.first {
            spellings.append(([first.uppercased()] + words.dropFirst()).joined(separator: " "))
        }
        spellings.append(trimmed.uppercased())
        for joint: Character in ["-", "_"] {
            let joined = words.joined(separator: String(joint))
            let letters = joined.map { isPlain($0) ? $0 : joint }
            let plain = String(letters)
            let begun = String(plain.drop { !$0.isLetter })
            spellings += [joined, joined.lowercased(), plain, plain.lowercased(), begun, begun.lowercased()]
            spellings.append(String(begun.lowercased().map { "_.".contains($0) ? joint : $0 }))
        }
        spellings.append(words.joined())
        var seen: Set<String> = [text]
        return spellings.filter { !$0.isEmpty && seen.insert($0).inserted }.map(Value.string)
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_./:".contains(character))
    }
}
