/// What a macro or a call block's body is made of.
final class MacroCode: Sendable {
    struct Slots: Sendable {
        let caller: Int?
        let named: Int?
        let spread: Int?
    }

    let name: String
    let parameters: [(name: Text, slot: Int, initial: Node?)]
    let body: Code
    let slots: Slots
    let hasExplicitCaller: Bool
    let origin: Origin

    init(
        name: String, parameters: [(name: Text, slot: Int, initial: Node?)], body: Code, slots: Slots, origin: Origin
    ) {
        self.name = name
        self.parameters = parameters
        self.body = body
        self.slots = slots
        self.origin = origin
        hasExplicitCaller = parameters.contains { $0.name == "caller" }
    }
}

final class MacroAction: Action, @unchecked Sendable {
    let code: MacroCode
    let destination: Destination

    init(_ origin: Origin, _ code: MacroCode, _ destination: Destination) {
        self.code = code
        self.destination = destination
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try destination.assign(.native(Macro(code, frame, escapes: renderer.escapes)), renderer, frame)
        return .next
    }
}

final class CallAction: Action, @unchecked Sendable {
    let call: CallNode
    let body: MacroCode
    let isSuppressible: Bool

    init(_ origin: Origin, _ call: CallNode, _ body: MacroCode, isSuppressible: Bool) {
        self.call = call
        self.body = body
        self.isSuppressible = isSuppressible
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        if isSuppressible, frame.extended != nil { return .next }
        let caller = Item.native(Macro(body, frame, escapes: renderer.escapes))
        let result: Item
        do throws(Fault) {
            result = try call.call(renderer, frame, caller: caller)
        } catch {
            throw error.at(call.offset, length: call.length)
        }
        try renderer.write(result)
        return .next
    }
}

/// A macro as a value: its code and the frame in which it was defined.
final class Macro: Native {
    let code: MacroCode
    private let frame: Frame
    private let escapes: Bool

    init(_ code: MacroCode, _ frame: Frame, escapes: Bool) {
        self.code = code
        self.frame = frame
        self.escapes = escapes
    }

    override var typeName: String { "Macro" }
    override var text: String { code.name.isEmpty ? "<Macro anonymous>" : "<Macro '\(code.name)'>" }
    override var isCallable: Bool { true }
    override var title: String? { code.name.isEmpty ? "The body of a call block" : "Macro '\(code.name)'" }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        switch name.string {
        case "name": code.name.isEmpty ? Item.none : .text(code.name)
        case "arguments": .tuple(code.parameters.map { .text($0.name) })
        case "catch_kwargs": .bool(code.slots.named != nil)
        case "catch_varargs": .bool(code.slots.spread != nil)
        case "caller": .bool(code.slots.caller != nil)
        default: nil
        }
    }

    override func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        var arguments = arguments
        let inner = Frame(count: code.body.slotCount, parent: frame, context: frame.context)
        try bind(&arguments, inner, renderer)
        let outer = (renderer.escapes, renderer.column)
        renderer.escapes = escapes
        defer { (renderer.escapes, renderer.column) = outer }
        let text = try renderer.nested { () throws(Fault) in
            try renderer.capture { () throws(Fault) in try run(inner, renderer) }
        }
        return .text(text.marked(safe: outer.0))
    }

    private func run(_ inner: Frame, _ renderer: Renderer) throws(Fault) {
        inner.enter(code.body.initials)
        for parameter in code.parameters {
            guard case .missing = inner.slots[parameter.slot] else { continue }
            do throws(Fault) {
                inner.slots[parameter.slot] =
                    try parameter.initial?.value(renderer, inner)
                    ?? renderer.undefined(.sentence("parameter '\(parameter.name.string)' was not provided"))
            } catch {
                throw error.inStatement(code.origin.offset, of: code.origin.source)
            }
        }
        _ = try code.body.actions.run(renderer, inner)
    }

    private func bind(_ arguments: inout Arguments, _ inner: Frame, _ renderer: Renderer) throws(Fault) {
        let given = arguments.positional.count
        for (index, parameter) in code.parameters.enumerated() {
            if index < given {
                inner.slots[parameter.slot] = arguments.positional[index]
            } else if let value = arguments.take(parameter.name) {
                inner.slots[parameter.slot] = value
            }
        }
        if let slot = code.slots.caller, !code.hasExplicitCaller {
            inner.slots[slot] = arguments.take("caller") ?? renderer.undefined(.sentence("No caller defined"))
        }
        let count = code.parameters.count
        let title = code.name.isEmpty ? "the body of the call block" : "macro '\(code.name)'"
        if let slot = code.slots.named {
            inner.slots[slot] = .map(Mapping(arguments.named))
        } else if let extra = arguments.named.first {
            if extra.name == "caller" {
                throw Fault(
                    .type, "\(title) does not use caller(), but was called with a body",
                    hint: "call it without {% call %}, or print caller() in the macro")
            }
            throw Fault(
                .type, "\(title) takes no keyword argument '\(extra.name.string)'",
                hint: Spelling.nearest(extra.name.string, among: code.parameters.map(\.name.string)).map {
                    "did you mean '\($0)'?"
                })
        }
        if let slot = code.slots.spread {
            inner.slots[slot] = .tuple(Array(arguments.positional.dropFirst(count)))
        } else if given > count {
            throw Fault(.type, "\(title) takes not more than \(count) argument(s)")
        }
    }
}
