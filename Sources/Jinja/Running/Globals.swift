/// The functions that every template sees.
final class Globals {
    private var made: [Text: Item] = [:]

    subscript(name: Text) -> Item? {
        if let item = made[name] { return item }
        guard let item = make(name.string) else { return nil }
        made[name] = item
        return item
    }

    private func make(_ name: String) -> Item? {
        switch name {
        case "range": .native(Function("range") { (arguments, _) throws(Fault) in try Globals.range(arguments) })
        case "dict":
            .native(
                Function("dict") { (arguments, renderer) throws(Fault) in
                    .map(try Globals.map(arguments, renderer))
                })
        case "namespace":
            .native(
                Function("namespace") { (arguments, renderer) throws(Fault) in
                    .native(Namespace(try Globals.map(arguments, renderer)))
                })
        case "cycler":
            .native(
                Function("cycler") { (arguments, _) throws(Fault) in
                    guard !arguments.positional.isEmpty else {
                        throw Fault(.pythonRuntime, "at least one item has to be provided")
                    }
                    return .native(Cycler(arguments.positional))
                })
        case "joiner":
            .native(
                Function("joiner") { (arguments, _) throws(Fault) in
                    let bound = try Signature("joiner", "sep?").bind(arguments)
                    return .native(Joiner(bound[0] ?? .text(", ")))
                })
        default: nil
        }
    }

    private static func range(_ arguments: Arguments) throws(Fault) -> Item {
        let values = arguments.positional
        guard !values.isEmpty else { throw Fault(.type, "range expected at least 1 argument, got 0") }
        guard values.count <= 3 else {
            throw Fault(.type, "range expected at most 3 arguments, got \(values.count)")
        }
        let bounds = try values.mapped { (item) throws(Fault) in try item.requireIndex() }
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0 else { throw Fault(.value, "range() arg 3 must not be zero") }
        let start = bounds.count > 1 ? bounds[0] : 0
        return .range(Item.Span(start: start, stop: bounds.count > 1 ? bounds[1] : bounds[0], step: step))
    }

    private static func map(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Mapping {
        let map = Mapping()
        if let first = arguments.positional.first { try MappingMethods.fill(map, from: first, renderer) }
        for (name, value) in arguments.named { map.set(name, value) }
        return map
    }
}
