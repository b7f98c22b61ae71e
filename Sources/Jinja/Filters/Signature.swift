import Documents

/// The parameters of a built-in filter, test, method or function.
struct Signature: Sendable {
    let name: String
    let parameters: [Text]
    let requiredCount: Int
    /// Whether further arguments are taken as they are.
    let takesRest: Bool
    /// Parameters of a Python function that count the value before the bar.
    let implicitCount: Int

    /// Reads `old new count?`; a question mark makes optional, `*` takes the rest.
    init(_ name: String, _ parameters: String, implicitCount: Int = 0) {
        self.name = name
        let words = parameters.split(separator: " ")
        takesRest = words.contains("*")
        let named = words.filter { $0 != "*" }
        self.parameters = named.map { Text(lasting: String($0.last == "?" ? $0.dropLast() : $0)) }
        requiredCount = named.count { $0.last != "?" }
        self.implicitCount = implicitCount
    }

    func bind(_ arguments: Arguments) throws(Fault) -> Bound {
        let values = Arena.current.allocate(parameters.count, of: Item.self)
        values.initialize(repeating: .missing, count: parameters.count)
        for (index, value) in arguments.positional.enumerated() where index < parameters.count { values[index] = value }
        if arguments.positional.count > parameters.count, !takesRest { throw tooMany(arguments.positional.count) }
        var extra: [(name: Text, value: Item)] = []
        for (name, value) in arguments.named {
            if let index = parameters.firstIndex(of: name) {
                guard values[index].isMissing else {
                    throw Fault(.type, "\(self.name)() got multiple values for argument '\(name.string)'")
                }
                values[index] = value
            } else if takesRest {
                extra.append((name, value))
            } else {
                throw Fault(
                    .type, "\(self.name)() got an unexpected keyword argument '\(name.string)'",
                    hint: Spelling.nearest(name.string, among: parameters.map(\.string)).map { "did you mean '\($0)'?" }
                )
            }
        }
        let missing = parameters.indices.prefix(requiredCount).filter { values[$0].isMissing }
        guard missing.isEmpty else {
            let names = missing.map { "'\(parameters[$0].string)'" }.joined(separator: " and ")
            throw Fault(.type, "\(name)() must be given \(names)")
        }
        return Bound(
            UnsafeBufferPointer(start: values, count: parameters.count),
            rest: Array(arguments.positional.dropFirst(parameters.count)), named: extra)
    }

    private func tooMany(_ count: Int) -> Fault {
        let most = parameters.count
        return Fault(
            .type, "\(name)() takes at most \(most) argument\(most == 1 ? "" : "s"), but is given \(count)")
    }
}

/// Arguments in the order of the parameters; it must not outlive the call.
struct Bound {
    private let values: UnsafeBufferPointer<Item>
    let rest: [Item]
    let named: [(name: Text, value: Item)]

    @inline(__always)
    init(_ values: UnsafeBufferPointer<Item>, rest: [Item] = [], named: [(name: Text, value: Item)] = []) {
        self.values = values
        self.rest = rest
        self.named = named
    }

    /// The argument; `nil` when it was not given.
    @inline(__always)
    subscript(index: Int) -> Item? {
        if case .missing = values[index] { return nil }
        return values[index]
    }

    func text(_ index: Int, _ fallback: Text) throws(Fault) -> Text {
        try self[index]?.text() ?? fallback
    }

    func int(_ index: Int, _ fallback: Int) throws(Fault) -> Int {
        try self[index]?.requireIndex() ?? fallback
    }

    func flag(_ index: Int, _ fallback: Bool) throws(Fault) -> Bool {
        try self[index]?.isTrue() ?? fallback
    }

    /// The argument unless it is `none`.
    func given(_ index: Int) -> Item? {
        let value = self[index]
        if case .none? = value { return nil }
        return value
    }
}

/// A filter, found when the template is compiled.
struct Filter: Sendable {
    typealias Body = @Sendable (Item, Bound, Renderer) throws(Fault) -> Item

    let signature: Signature
    let body: Body

    init(_ name: String, _ parameters: String = "", _ body: @escaping Body) {
        signature = Signature(name, parameters)
        self.body = body
    }

    func apply(_ value: Item, _ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        try body(value, signature.bind(arguments), renderer)
    }

    static func named(_ name: Text, _ environment: Environment) -> Filter? {
        if !environment.filters.isEmpty, let custom = environment.filters[name.string] {
            return Filter(name.string, custom)
        }
        return builtIn[name]
    }

    static func names(_ environment: Environment) -> [String] {
        (builtIn.keys.map(\.string) + environment.filters.keys).sorted()
    }

    private static let builtIn: [Text: Filter] = {
        var table: [Text: Filter] = [:]
        for filter in text + html + sequences + selections + numbers + mappings {
            table[Text(lasting: filter.signature.name)] = filter
        }
        let aliases: [(Text, Text)] = [("d", "default"), ("e", "escape"), ("count", "length")]
        for (alias, name) in aliases { table[alias] = table[name] }
        return table
    }()

    private init(_ name: String, _ custom: CustomFilter) {
        self.init(name, "*") { (value, arguments, renderer) throws(Fault) in
            var positional: [Documents.Value] = []
            for item in arguments.rest { positional.append(try item.documentValue()) }
            var named: [String: Documents.Value] = [:]
            for (name, item) in arguments.named { named[name.string] = try item.documentValue() }
            // Spelled out: a bare nil would be the value null.
            let given: Documents.Value? = value.isUndefined ? Optional.none : try value.documentValue()
            let call = CustomFilter.Call(
                value: given, arguments: positional, named: named, column: renderer.column)
            do throws(CustomFilter.Refusal) {
                return Item(try custom.apply(call))
            } catch {
                throw Fault(.filter, error.message, hint: error.hint)
            }
        }
    }
}

/// A method of a built-in type.
struct Method: Sendable {
    typealias Body = @Sendable (Item, Bound, Renderer) throws(Fault) -> Item

    let signature: Signature
    let body: Body

    init(_ name: String, _ parameters: String = "", _ body: @escaping Body) {
        signature = Signature(name, parameters)
        self.body = body
    }

    func call(_ owner: Item, _ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        try renderer.bounded(body(owner, signature.bind(arguments), renderer))
    }

    static func table(_ methods: [Method]) -> [Text: Method] {
        Dictionary(methods.map { (Text(lasting: $0.signature.name), $0) }) { first, _ in first }
    }
}
