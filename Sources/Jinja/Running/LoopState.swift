/// `loop`.
final class LoopState: Native {
    private let loop: LoopFrame
    var index = 0
    let level: Int
    var recursion: (unit: Unit, function: Code, loop: Int, frame: Frame.Reference)?
    private var changed: Item?

    init(_ loop: LoopFrame, depth: Int) {
        self.loop = loop
        level = depth
    }

    private func item(_ index: Int) -> Item {
        var loop = loop
        loop.index = index + 1
        return loop.item
    }

    @inline(__always)
    func value(of field: LoopField) -> Item {
        switch field {
        case .index: .int(index + 1)
        case .index0: .int(index)
        case .revindex: .int(loop.count - index)
        case .revindex0: .int(loop.count - index - 1)
        case .first: .bool(index == 0)
        case .last: .bool(index == loop.count - 1)
        case .length: .int(loop.count)
        }
    }

    override var typeName: String { "LoopContext" }
    override var text: String { "<LoopContext \(index + 1)/\(loop.count)>" }
    override var isCallable: Bool { true }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        if let field = LoopField.named(name) { return value(of: field) }
        return switch name {
        case "depth": .int(level + 1)
        case "depth0": .int(level)
        case "previtem":
            index > 0 ? item(index - 1) : renderer.undefined(.sentence("there is no previous item"))
        case "nextitem":
            index + 1 < loop.count ? item(index + 1) : renderer.undefined(.sentence("there is no next item"))
        case "cycle":
            .native(
                Function("cycle") { [index] (arguments, _) throws(Fault) in
                    guard !arguments.positional.isEmpty else {
                        throw Fault(.type, "no items for cycling given")
                    }
                    return arguments.positional[index % arguments.positional.count]
                })
        case "changed":
            .native(
                Function("changed") { (arguments, _) throws(Fault) in
                    let value = Item.tuple(arguments.positional)
                    if let last = self.changed, try Comparing.equal(last, value) { return .bool(false) }
                    self.changed = value
                    return .bool(true)
                })
        default: nil
        }
    }

    override func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        guard let recursion else {
            throw Fault(
                .type, "The loop must have the 'recursive' marker to be called recursively.",
                hint: "write {% for … recursive %}")
        }
        guard let items = arguments.positional.first else { throw Fault(.type, "loop() must be given items") }
        return .text(try renderer.recurse(recursion, items, depth: level + 1))
    }
}
