import Bundles
import Catalog
import Documents
import Schemas

/// Finds the inputs from which a stack was made, by rendering and looking where the values of the stack differ.
///
/// A value that flows from one input into a property, alone or between fixed text, is read back from the stack;
/// switches and choices are tried.
struct InputInference {
    /// Renderings that are tried for one stack at most.
    static let budget = 160

    let schema: Schema
    /// The differences between a rendering with these inputs and the stack.
    let differences: (Value) throws -> [Change]
    /// Renderings that may still be tried.
    private(set) var left: Int
    /// Where the inputs that were found have their values from, by name; what was never moved has none.
    private(set) var origins: [String: AdoptedInput.Origin] = [:]

    init(schema: Schema, budget: Int, differences: @escaping (Value) throws -> [Change]) {
        self.schema = schema
        left = budget
        self.differences = differences
    }

    /// - Parameter start: Inputs that the schema accepts.
    /// - Returns: The inputs that come nearest, and how many differences are left.
    mutating func run(from start: Value) throws -> (inputs: Value, changes: [Change]) {
        var best = (inputs: start, changes: try look(start))
        for _ in 0..<6 where !best.changes.isEmpty && left > 0 {
            let before = best
            try readBack(&best)
            try tryChoices(&best)
            if best.inputs == before.inputs { break }
        }
        try confirm(best)
        return best
    }

    /// Tells of the values that were never moved whether the stack speaks for them: another one is further away from it.
    private mutating func confirm(_ best: (inputs: Value, changes: [Change])) throws {
        let defaults = schema.filled(.object(Object()))
        for input in schema.inputs where origins[input.name] == nil {
            let pointer = Pointer([input.name])
            guard left > 0, let value = best.inputs[pointer], value != defaults[pointer] else { continue }
            for other in others(than: value, of: input.name) {
                guard let inputs = best.inputs.setting(pointer, to: other), schema.accepts(inputs) else { continue }
                if Self.weight(try look(inputs)) > Self.weight(best.changes) { origins[input.name] = .tried }
                break
            }
        }
    }

    private func others(than value: Value, of name: String) -> [Value] {
        let near: [Value] =
            switch value {
            case .bool(let flag): [.bool(!flag)]
            case .number(let number): number.int.map { [.number(Number($0 + 1)), .number(Number($0 - 1))] } ?? []
            case .string(let text): [.string(text + "x"), .string(String(text.dropLast()))]
            case .null, .list, .object: []
            }
        return (schema.choices(of: name) + near).filter { $0 != value }
    }

    private mutating func look(_ inputs: Value) throws -> [Change] {
        left -= 1
        return try differences(inputs)
    }

    private static func weight(_ changes: [Change]) -> Int { changes.reduce(0) { $0 + max(1, $1.causes.count) } }

    /// Takes what the stack has at the places that an input flows to.
    private mutating func readBack(_ best: inout (inputs: Value, changes: [Change])) throws {
        for (resource, cause) in best.changes.flatMap({ change in change.causes.map { (change.resource, $0) } }) {
            guard let old = cause.old, let new = cause.new else { continue }
            for pointer in candidates(cause, new, best.inputs) where left > 0 {
                guard let value = best.inputs[pointer], let text = Self.text(of: value),
                    let found = Self.solve(new, text, old), found != text,
                    let typed = Self.typed(found, like: value),
                    let inputs = best.inputs.setting(pointer, to: typed), schema.accepts(inputs)
                else { continue }
                let changes = try look(inputs)
                if Self.weight(changes) < Self.weight(best.changes) {
                    best = (inputs, changes)
                    pointer.steps.first.map { origins[$0] = .stack("\(resource)/\(cause.property)") }
                    break
                }
            }
        }
    }

    /// The inputs that may have made a property's text: the one that is known to have, then those that stand in it.
    private func candidates(_ cause: Change.Cause, _ rendered: String, _ inputs: Value) -> [Pointer] {
        let known = cause.input.map { Pointer($0.split(separator: ".").map(String.init)) }
        let others = schema.inputs.map { Pointer([$0.name]) }.filter { pointer in
            guard pointer != known, let text = inputs[pointer].flatMap(Self.text) else { return false }
            return !text.isEmpty && rendered.contains(text)
        }
        return [known].compactMap(\.self) + others
    }

    /// The value that makes `rendered` become `found`, where it holds `value` once.
    private static func solve(_ rendered: String, _ value: String, _ found: String) -> String? {
        guard rendered != value else { return found }
        guard !value.isEmpty, let range = rendered.firstRange(of: value) else { return nil }
        let (head, tail) = (String(rendered[..<range.lowerBound]), String(rendered[range.upperBound...]))
        guard found.hasPrefix(head), found.hasSuffix(tail), found.utf8.count >= head.utf8.count + tail.utf8.count
        else { return nil }
        return String(found.dropFirst(head.count).dropLast(tail.count))
    }

    private static func text(of value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    private static func typed(_ text: String, like value: Value) -> Value? {
        switch value {
        case .string: .string(text)
        case .number: Number(json: text).map(Value.number)
        case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .null, .list, .object: nil
        }
    }

    /// Turns switches and takes other choices, while that leaves less.
    private mutating func tryChoices(_ best: inout (inputs: Value, changes: [Change])) throws {
        for input in schema.inputs {
            guard left > 0, !best.changes.isEmpty else { return }
            let pointer = Pointer([input.name])
            let now = best.inputs[pointer]
            let options: [Value] =
                if case .bool(let isOn)? = now { [.bool(!isOn)] } else { schema.choices(of: input.name) }
            for option in options.prefix(12) where option != now && left > 0 {
                guard let inputs = best.inputs.setting(pointer, to: option), schema.accepts(inputs) else { continue }
                let changes = try look(inputs)
                if Self.weight(changes) < Self.weight(best.changes) {
                    best = (inputs, changes)
                    origins[input.name] = .tried
                }
            }
        }
    }
}

extension Schema {
    /// The values that an input's `enum` allows; empty where it has none.
    fileprivate func choices(of name: String) -> [Value] {
        guard let field = form().fields.first(where: { $0.name == name }), case .choice(let options, _) = field.kind
        else {
            return []
        }
        return options.map(\.value)
    }
}
