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
