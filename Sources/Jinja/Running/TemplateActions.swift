import Documents

/// A block: the body that the innermost template gives it.
final class BlockAction: Action, @unchecked Sendable {
    let name: String
    /// What a scoped block sees of the scopes around it.
    let visible: [(name: Text, place: Initial.Place)]?
    let isSuppressible: Bool

    init(
        _ origin: Origin, _ name: String, visible: [(name: Text, place: Initial.Place)]?, isSuppressible: Bool
    ) {
        self.name = name
        self.visible = visible
        self.isSuppressible = isSuppressible
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        if isSuppressible, frame.extended != nil { return .next }
        var context = frame.context
        if let visible {
            context = Context(context.all(frame.values(visible)), globals: context.globals)
            context.blocks = frame.context.blocks
        }
        try renderer.run(block: name, at: 0, context)
        return .next
    }
}

final class ExtendsAction: Action, @unchecked Sendable {
    let template: Node

    init(_ origin: Origin, _ template: Node) {
        self.template = template
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        guard frame.extended == nil else {
            throw Fault(.runtime, "extended multiple times", hint: "keep one {% extends %}")
        }
        let unit = try renderer.unit(named: template.value(renderer, frame))
        for (name, code) in unit.blocks { frame.context.blocks[name, default: []].append(code) }
        frame.extended = unit
        return .next
    }
}

extension Frame {
    func values(_ visible: [(name: Text, place: Initial.Place)]) -> [(name: Text, value: Item)] {
        visible.map { ($0.name, read($0.place)) }
    }
}

final class IncludeAction: Action, @unchecked Sendable {
    let template: Node
    let ignoresMissing: Bool
    /// `nil` without context.
    let visible: [(name: Text, place: Initial.Place)]?
    let isSuppressible: Bool

    init(
        _ origin: Origin, _ template: Node, ignoresMissing: Bool, visible: [(name: Text, place: Initial.Place)]?,
        isSuppressible: Bool
    ) {
        self.template = template
        self.ignoresMissing = ignoresMissing
        self.visible = visible
        self.isSuppressible = isSuppressible
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        if isSuppressible, frame.extended != nil { return .next }
        try renderer.step()
        let name = try template.value(renderer, frame)
        let unit: Unit
        do throws(Fault) {
            unit = try renderer.unit(named: name, mayBeList: true)
        } catch {
            if ignoresMissing, error.kind == .notFound || error.kind == .noneFound { return .next }
            throw error
        }
        let given = visible.map { frame.context.all(frame.values($0)) } ?? [:]
        do throws(Fault) {
            try renderer.run(unit, Context(given, globals: frame.context.globals))
        } catch {
            throw error.entering(unit.source.title, at: template.offset, length: template.length, of: origin.source)
        }
        return .next
    }
}

final class ImportAction: Action, @unchecked Sendable {
    let template: Node
    let visible: [(name: Text, place: Initial.Place)]?
    /// Where the module goes; `nil` when names are taken from it.
    let destination: (slot: Int, export: Text?)?
    let names: [(name: Text, slot: Int, export: Text?)]

    init(
        _ origin: Origin, _ template: Node, visible: [(name: Text, place: Initial.Place)]?,
        destination: (slot: Int, export: Text?)?, names: [(name: Text, slot: Int, export: Text?)]
    ) {
        self.template = template
        self.visible = visible
        self.destination = destination
        self.names = names
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        let unit = try renderer.unit(named: template.value(renderer, frame))
        let given = visible.map { frame.context.all(frame.values($0)) } ?? [:]
        let context = Context(given, globals: frame.context.globals)
        let text: Text
        do throws(Fault) {
            text = try renderer.capture { () throws(Fault) in try renderer.run(unit, context) }
        } catch {
            throw error.entering(unit.source.title, at: template.offset, length: template.length, of: origin.source)
        }
        let module = Module(unit.source.name, text, context)
        if let destination {
            frame.slots[destination.slot] = .native(module)
            if let name = destination.export { frame.context.export(name, .native(module), isPublic: false) }
        }
        for (name, slot, export) in names {
            let item = module.member(name) ?? missing(name, unit, context, renderer)
            frame.slots[slot] = item
            if let export { frame.context.export(export, item, isPublic: false) }
        }
        return .next
    }

    private func missing(_ name: Text, _ unit: Unit, _ context: Context, _ renderer: Renderer) -> Item {
        let line = origin.source.line(at: origin.offset)
        let near = Spelling.nearest(name.string, among: context.exported.map(\.string))
        return renderer.undefined(
            .sentence(
                "the template '\(unit.source.name)' (imported on line \(line) in '\(origin.source.name)') "
                    + "does not export the requested name '\(name.string)'"),
            hint: near.map { "did you mean '\($0)'?" })
    }
}

extension Source {
    /// As a fault's way names it.
    fileprivate var title: String { "Template '\(name)'" }
}

/// An imported template.
final class Module: Native {
    private let name: String
    private let body: Text
    private let context: Context

    init(_ name: String, _ body: Text, _ context: Context) {
        self.name = name
        self.body = body
        self.context = context
    }

    override var typeName: String { "TemplateModule" }
    override var text: String { body.string }

    func member(_ name: Text) -> Item? { context.exported.contains(name) ? context.own[name] : nil }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? { member(name) }
}

/// `self.name` and `super`: a block that can be called, and called for those it replaces.
final class BlockReference: Native {
    private let name: String
    private let level: Int
    private let context: Context

    init(_ name: String, level: Int, _ context: Context) {
        self.name = name
        self.level = level
        self.context = context
    }

    override var typeName: String { "BlockReference" }
    override var isCallable: Bool { true }
    override var title: String? { "Block '\(name)'" }

    static func item(_ name: String, level: Int, _ context: Context, _ renderer: Renderer) -> Item {
        guard level < context.blocks[name]?.count ?? 0 else {
            return renderer.undefined(.sentence("there is no parent block called '\(name)'."))
        }
        return .native(BlockReference(name, level: level, context))
    }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        name == "super" ? BlockReference.item(self.name, level: level + 1, context, renderer) : nil
    }

    override func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        let text = try renderer.capture { () throws(Fault) in
            try renderer.run(block: name, at: level, context)
        }
        return .text(text.marked(safe: renderer.escapes))
    }
}

/// `self`.
final class TemplateReference: Native {
    private let context: Context

    init(_ context: Context) { self.context = context }

    override var typeName: String { "TemplateReference" }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        guard context.blocks[name.string] != nil else { return nil }
        return BlockReference.item(name.string, level: 0, context, renderer)
    }
}
