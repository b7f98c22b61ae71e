extension Filter {
    static let selections: [Filter] = [
        Filter("map", "*") { (value, arguments, renderer) in
            lazy(value, renderer) { (renderer) throws(Fault) in try map(value, arguments, renderer) }
        },
        selection("select", keeps: true, hasAttribute: false),
        selection("reject", keeps: false, hasAttribute: false),
        selection("selectattr", keeps: true, hasAttribute: true),
        selection("rejectattr", keeps: false, hasAttribute: true),
    ]

    private static func selection(_ name: String, keeps: Bool, hasAttribute: Bool) -> Filter {
        Filter(name, "*") { (value, arguments, renderer) in
            lazy(value, renderer) { (renderer) throws(Fault) in
                try select(value, arguments, renderer, keeps: keeps, hasAttribute: hasAttribute)
            }
        }
    }

    /// As Python's generators these filters do nothing, not even fail, until somebody takes their items.
    private static func lazy(
        _ value: Item, _ renderer: Renderer, _ produce: @escaping (Renderer) throws(Fault) -> [Item]
    ) -> Item {
        .native(
            Generator(of: value) { [unowned renderer] () throws(Fault) in
                try renderer.nested { () throws(Fault) in try produce(renderer) }
            })
    }

    private static func map(_ value: Item, _ arguments: Bound, _ renderer: Renderer) throws(Fault) -> [Item] {
        let items = try renderer.items(of: value)
        var given = Arguments(positional: arguments.rest, named: arguments.named)
        var results: [Item] = []
        if given.positional.isEmpty, let attribute = given.take("attribute") {
            let fallback = given.take("default")
            if let other = given.named.first {
                throw Fault(.filterArgument, "Unexpected keyword argument '\(other.name.string)'")
            }
            let path = AttributePath(attribute, fallback: fallback)
            for item in items {
                try renderer.step()
                results.append(try path.value(of: item, renderer))
            }
            return results
        }
        guard let name = given.positional.first else {
            throw Fault(.filterArgument, "map requires a filter argument")
        }
        given.positional.removeFirst()
        let word = try name.text()
        guard let filter = Filter.named(word, renderer.environment) else {
            throw Fault(.runtime, "No filter named '\(word.string)'.")
        }
        for item in items {
            try renderer.step()
            results.append(try renderer.bounded(filter.apply(item, given, renderer)))
        }
        return results
    }

    private static func select(
        _ value: Item, _ arguments: Bound, _ renderer: Renderer, keeps: Bool, hasAttribute: Bool
    ) throws(Fault) -> [Item] {
        var given = Arguments(positional: arguments.rest, named: arguments.named)
        var path: AttributePath?
        if hasAttribute {
            guard let attribute = given.positional.first else {
                throw Fault(.filterArgument, "Missing parameter for attribute name")
            }
            given.positional.removeFirst()
            path = AttributePath(attribute)
        }
        var test: Test?
        if let name = given.positional.first {
            given.positional.removeFirst()
            let word = try name.text()
            guard let found = Test.named(word) else { throw Fault(.runtime, "No test named '\(word.string)'.") }
            test = found
        }
        var selected: [Item] = []
        for item in try renderer.items(of: value) {
            try renderer.step()
            let subject = try path?.value(of: item, renderer) ?? item
            let holds: Bool
            if let test {
                holds = try test.holds(subject, given, renderer)
            } else {
                holds = try subject.isTrue()
            }
            if holds == keeps { selected.append(item) }
        }
        return selected
    }
}
