/// A macro as a value: its code and the frame in which it was defined.
final class Macro: Native {
    let code: MacroCode
    private let unit: Unit
    private let frame: Frame.Reference
    private let escapes: Bool

    init(_ code: MacroCode, _ unit: Unit, _ frame: Frame.Reference, escapes: Bool) {
        self.code = code
        self.unit = unit
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
        let inner = Frame.make(
            code.function.slotCount, parent: frame, frame.context, renderer.arena, isTraced: renderer.tracer != nil)
        try bind(&arguments, inner.pointee.slots, renderer)
        if let tracer = renderer.tracer { trace(tracer, inner) }
        let output = renderer.output
        let outer = (output.pointee.escapes, output.pointee.column)
        output.pointee.escapes = escapes
        defer { (output.pointee.escapes, output.pointee.column) = outer }
        let text = try renderer.nested { () throws(Fault) in
            try renderer.capture { () throws(Fault) in
                renderer.enter(inner, code.function.initials)
                try renderer.execute(unit, code.function, inner)
            }
        }
        return .text(text.marked(safe: outer.0))
    }

    /// Hands on where the arguments come from.
    private func trace(_ tracer: UnsafeMutablePointer<Tracer>, _ inner: Frame.Reference) {
        let given = tracer.pointee.arguments
        for (index, parameter) in code.parameters.enumerated() {
            let named = given.named.first { $0.name == parameter.name }?.origin
            let origin = index < given.positional.count ? given.positional[index] : named
            inner.pointee.origins?[parameter.slot] = origin ?? 0
        }
        // Of the rest nobody knows which is which.
        let rest = tracer.pointee.union(
            of: given.positional.dropFirst(code.parameters.count) + given.named.map(\.origin))
        for slot in [code.slots.spread, code.slots.named] {
            if let slot { inner.pointee.origins?[slot] = rest }
        }
    }

    private func bind(_ arguments: inout Arguments, _ slots: UnsafeMutablePointer<Item>, _ renderer: Renderer)
        throws(Fault)
    {
        let given = arguments.positional.count
        for (index, parameter) in code.parameters.enumerated() {
            if index < given {
                slots[parameter.slot] = arguments.positional[index]
            } else if let value = arguments.take(parameter.name) {
                slots[parameter.slot] = value
            }
        }
        if let slot = code.slots.caller, !code.hasExplicitCaller {
            slots[slot] = arguments.take("caller") ?? renderer.undefined(.sentence("No caller defined"))
        }
        let count = code.parameters.count
        let title = code.name.isEmpty ? "the body of the call block" : "macro '\(code.name)'"
        if let slot = code.slots.named {
            slots[slot] = .map(Mapping(arguments.named))
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
            slots[slot] = .tuple(Array(arguments.positional.dropFirst(count)))
        } else if given > count {
            throw Fault(.type, "\(title) takes not more than \(count) argument(s)")
        }
    }
}
