/// A function: a global, or a method bound to its owner.
final class Function: Native {
    typealias Body = (Arguments, Renderer) throws(Fault) -> Item

    private let name: String
    private let body: Body

    init(_ name: String, _ body: @escaping Body) {
        self.name = name
        self.body = body
    }

    override var typeName: String { "builtin_function_or_method" }
    override var text: String { "<built-in function \(name)>" }
    override var isCallable: Bool { true }

    override func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        try body(arguments, renderer)
    }
}

/// An iterator: its items can be taken once.
final class Generator: Native {
    typealias Production = () throws(Fault) -> [Item]

    private var produce: Production
    private let name: String
    /// Generators that have to run for this one.
    private let level: Int

    init(_ name: String, _ items: [Item]) {
        self.name = name
        produce = { () throws(Fault) in items }
        level = 0
    }

    /// Items that are made when somebody asks for them, of `source`.
    init(of source: Item, _ produce: @escaping Production) {
        name = "generator"
        self.produce = produce
        level =
            if case .native(let object) = source, let other = object.native as? Generator { other.level + 1 } else { 0 }
    }

    override var typeName: String { name }
    override var text: String { "<\(name) object>" }

    override func iterate() throws(Fault) -> [Item]? {
        guard level < Item.deepest else {
            throw Fault(.limit, "filters must not wait for each other more than \(Item.deepest) levels deep")
        }
        let produce = produce
        self.produce = { () throws(Fault) in [] }
        return try produce()
    }
}

/// What `dict.keys()`, `.values()` and `.items()` give: they see later changes.
final class MappingView: Native {
    enum Part: String { case keys, values, items }

    private let part: Part
    private let map: Mapping

    init(_ part: Part, _ map: Mapping) {
        self.part = part
        self.map = map
    }

    override var typeName: String { "dict_\(part.rawValue)" }
    override var count: Int? { map.count }

    override func iterate() throws(Fault) -> [Item]? {
        switch part {
        case .keys: Array(map.keys)
        case .values: Array(map.values)
        case .items: zip(map.keys, map.values).map { .tuple([$0, $1]) }
        }
    }
}

final class Namespace: Native {
    let members: Mapping

    init(_ members: Mapping) { self.members = members }

    override var typeName: String { "Namespace" }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? { members[name] }
}

final class Cycler: Native {
    private let items: [Item]
    private var position = 0

    init(_ items: [Item]) { self.items = items }

    override var typeName: String { "Cycler" }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        switch name.string {
        case "current": return items[position]
        case "next":
            return .native(
                Function("next") { (_, _) throws(Fault) in
                    defer { self.position = (self.position + 1) % self.items.count }
                    return self.items[self.position]
                })
        case "reset":
            return .native(
                Function("reset") { (_, _) throws(Fault) in
                    self.position = 0
                    return .none
                })
        default: return nil
        }
    }
}

final class Joiner: Native {
    private let separator: Item
    private var isUsed = false

    init(_ separator: Item) { self.separator = separator }

    override var typeName: String { "Joiner" }
    override var isCallable: Bool { true }

    override func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        defer { isUsed = true }
        return isUsed ? separator : .text(.empty)
    }
}

extension Native {
    func appendRepr(to out: inout [UInt8], depth: Int) throws(Fault) {
        if let view = self as? MappingView {
            out.append(contentsOf: "\(view.typeName)(".utf8)
            try Item.appendItems(view.iterate() ?? [], "[", "])", to: &out, depth: depth + 1)
        } else if let namespace = self as? Namespace {
            out.append(contentsOf: "<Namespace ".utf8)
            try Item.map(namespace.members).appendRepr(to: &out, depth: depth + 1)
            out.append(UInt8(ascii: ">"))
        } else {
            out.append(contentsOf: text.utf8)
        }
    }
}
