/// The functions that every template sees.
enum Globals {
    static func item(_ name: Text) -> Item? {
        for (known, item) in all where known == name { return item }
        return nil
    }

    /// They hold nothing of a rendering, so all renderings share them.
    nonisolated(unsafe) private static let all: [(name: Text, item: Item)] = [
        function("range") { (arguments, _) throws(Fault) in try range(arguments) },
        function("dict") { (arguments, renderer) throws(Fault) in .map(try map(arguments, renderer)) },
        function("namespace") { (arguments, renderer) throws(Fault) in
            .native(Namespace(try map(arguments, renderer)))
        },
        function("cycler") { (arguments, _) throws(Fault) in
            guard !arguments.positional.isEmpty else {
                throw Fault(.pythonRuntime, "at least one item has to be provided")
            }
            return .native(Cycler(arguments.positional))
        },
        function("joiner") { (arguments, _) throws(Fault) in
            let bound = try Signature("joiner", "sep?").bind(arguments)
            return .native(Joiner(bound[0] ?? .text(", ")))
        },
    ]

    private static func function(_ name: String, _ body: @escaping Function.Body) -> (name: Text, item: Item) {
        (Text(lasting: name), .native(Item.Kept(lasting: Function(name, body))))
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
