import Documents

extension Renderer {
    func undefined(_ name: Text, _ context: Context) -> Item {
        undefined(.name(name.string), hint: hint(forName: name, context))
    }

    // MARK: Looking up

    /// What the attributes of a path lead to; with `isSoft` a last one that is not there is missing.
    @inline(__always)
    func follow(_ path: Path, _ root: Item, _ frame: Frame.Reference, isSoft: Bool) throws(Fault) -> Item {
        var item = root
        var step = 0
        while step < path.count {
            guard case .map(let map) = item,
                let position = map.position(of: path.steps[step].name.text, hash: path.steps[step].name.hash)
            else {
                return try followSlowly(path, item, from: step, frame, isSoft: isSoft)
            }
            item = map.value(at: position)
            step += 1
        }
        return item
    }

    @inline(never)
    private func followSlowly(
        _ path: Path, _ root: Item, from first: Int, _ frame: Frame.Reference, isSoft: Bool
    ) throws(Fault) -> Item {
        var item = root
        if case .missing = item { item = undefined(path.root.text, frame.context) }
        for index in first..<path.count {
            let step = path.steps[index]
            if isSoft, index == path.count - 1, case .map(let map) = item {
                guard let position = map.position(of: step.name.text, hash: step.name.hash) else { return .missing }
                return map.value(at: position)
            }
            do throws(Fault) {
                item = try attribute(item, step.name.text)
            } catch {
                throw error.at(Int(step.offset), length: Int(step.length))
            }
        }
        return item
    }

    func concatenate(_ values: UnsafeBufferPointer<Item>) throws(Fault) -> Item {
        // Under autoescape one safe part makes the others escape; without, safety is lost.
        let isSafe =
            escapes
            && values.contains {
                if case .text(let text) = $0 { text.isSafe } else { false }
            }
        var whole: Text?
        for value in values {
            let text = try value.text()
            let part = isSafe ? text.escaped : text
            whole = whole.map { Text.joined($0, part, isSafe: isSafe) } ?? part
            if let whole { try checkSize(whole.byteCount) }
        }
        return try bounded(.text((whole ?? .empty).marked(safe: isSafe)))
    }

    func store(_ item: Item, as member: Text, in owner: Item) throws(Fault) {
        guard case .native(let object) = owner, let namespace = object.native as? Namespace else {
            throw Fault(.runtime, "cannot assign attribute on non-namespace object", hint: "make it with namespace()")
        }
        namespace.members.set(member, item)
    }

    // MARK: Loops

    func loopField(
        _ owner: Item, _ instruction: Instruction, _ unit: Unit, _ frame: Frame.Reference
    ) throws(Fault) -> Item {
        if case .native(let object) = owner, let state = object.native as? LoopState,
            let field = LoopField(rawValue: instruction.b)
        {
            return state.value(of: field)
        }
        var owner = owner
        if case .missing = owner { owner = undefined("loop", frame.context) }
        let field = LoopField(rawValue: instruction.b)
        return try attribute(owner, Text("\(field.map { "\($0)" } ?? "")"))
    }

    /// A loop over what iteration of the item gives.
    func loopFrame(_ item: inout Item) throws(Fault) -> LoopFrame {
        var loop = LoopFrame(items: nil, index: 0, count: 0, start: 0, step: 0, state: nil, kept: nil, isDone: false)
        switch item {
        case .list(let sequence), .tuple(let sequence):
            loop.items = sequence.buffer.baseAddress
            loop.count = sequence.count
        case .map(let map):
            loop.items = map.keys.baseAddress
            loop.count = map.count
        case .range(let range):
            loop.count = range.count
            loop.start = range.start
            loop.step = range.step
        default:
            let items = Item.Sequence(try items(of: item))
            item = .list(items)
            loop.items = items.buffer.baseAddress
            loop.count = items.count
        }
        try checkLoop(loop.count)
        return loop
    }

    func startLoop(
        _ unit: Unit, _ function: Code, _ number: Int, _ place: UnsafeMutablePointer<LoopFrame>,
        _ frame: Frame.Reference, _ entry: LoopEntry?
    ) {
        let shape = unit.loops[number]
        guard let slot = shape.loopSlot else { return }
        let depth = entry.map { $0.start == shape.start ? $0.depth : 0 } ?? 0
        let state = LoopState(place.pointee, depth: depth)
        if shape.isRecursive { state.recursion = (unit, function, number, frame) }
        frame.pointee.slots[slot] = .native(state)
        place.pointee.state = Unmanaged.passUnretained(state)
    }

    /// `loop(items)` within the body: the loop's text for other items.
    func recurse(
        _ recursion: (unit: Unit, function: Code, loop: Int, frame: Frame.Reference), _ items: Item, depth: Int
    ) throws(Fault) -> Text {
        let shape = recursion.unit.loops[recursion.loop]
        let slots = recursion.frame.pointee.slots
        let saved = Array(UnsafeBufferPointer(start: slots + shape.slots.lowerBound, count: shape.slots.count))
        defer { (slots + shape.slots.lowerBound).update(from: saved, count: saved.count) }
        let entry = LoopEntry(start: shape.start, end: shape.end, items: items, depth: depth)
        return try nested { () throws(Fault) in
            try capture { () throws(Fault) in
                try execute(recursion.unit, recursion.function, recursion.frame, loop: entry)
            }
        }
    }

    // MARK: Calling

    /// Takes a call's arguments off the stack.
    func arguments(_ shape: CallShape, _ sp: inout UnsafeMutablePointer<Item>) throws(Fault) -> Arguments {
        sp -= shape.count
        var arguments = Arguments()
        if shape.count == 0 { return arguments }
        arguments.positional = Array(UnsafeBufferPointer(start: sp, count: shape.positional))
        var next = sp + shape.positional
        for name in shape.named {
            arguments.named.append((name, next.pointee))
            next += 1
        }
        if shape.hasSpread {
            arguments.positional += try items(of: next.pointee)
            next += 1
        }
        if shape.hasNamedSpread {
            guard case .map(let map) = next.pointee else {
                throw Fault(.type, "argument after ** must be a mapping, not \(next.pointee.typeName)")
            }
            next += 1
            for (key, value) in zip(map.keys, map.values) {
                guard case .text(let name) = key else { throw Fault(.type, "keywords must be strings") }
                if arguments.named.contains(where: { $0.name == name }) {
                    throw Fault(.type, "got multiple values for keyword argument '\(name.string)'")
                }
                arguments.named.append((name, value))
            }
        }
        if shape.hasCaller { arguments.named.append(("caller", next.pointee)) }
        return arguments
    }

    func call(_ function: Item, _ arguments: Arguments, _ place: InstructionPlace) throws(Fault) -> Item {
        do throws(Fault) {
            return try call(function, arguments)
        } catch {
            guard case .native(let object) = function, let title = object.native.title else { throw error }
            throw error.entering(title, at: Int(place.offset), length: Int(place.length))
        }
    }

    /// `owner.name(…)`, without an object for the method in between.
    func call(
        method name: Text, of owner: Item, _ given: UnsafeBufferPointer<Item>, _ place: InstructionPlace
    ) throws(Fault) -> Item {
        if let method = method(name, of: owner) {
            let signature = method.signature
            if !signature.takesRest, given.count == signature.parameters.count {
                return try bounded(method.body(owner, Bound(given), self))
            }
            return try method.call(owner, Arguments(positional: Array(given)), self)
        }
        return try call(attribute(owner, name), Arguments(positional: Array(given)), place)
    }

    private func method(_ name: Text, of owner: Item) -> Method? {
        switch owner {
        case .map: MappingMethods.table[name]
        case .text: StringMethods.table[name]
        case .list: ListMethods.table[name]
        case .tuple(let tuple): tuple.fields.contains(name) ? nil : ListMethods.tupleTable[name]
        case .missing, .undefined, .none, .bool, .int, .big, .float, .range, .native: nil
        }
    }

    // MARK: Other templates

    func run(_ use: BlockUse, _ frame: Frame.Reference) throws(Fault) {
        var context = frame.context
        if let visible = use.visible {
            let scoped = Context(context.all(frame.values(visible)))
            trace(scoped, from: frame, visible)
            scoped.blocks = context.blocks
            arena.keep(scoped)
            context = scoped
        }
        try run(block: use.name, at: 0, context)
    }

    func extend(by template: Item, _ frame: Frame.Reference) throws(Fault) {
        guard frame.pointee.extended == nil else {
            throw Fault(.runtime, "extended multiple times", hint: "keep one {% extends %}")
        }
        let unit = try unit(named: template)
        for (name, code) in unit.blocks { frame.context.blocks[name, default: []].append((code, unit)) }
        frame.pointee.extended = Unmanaged.passUnretained(unit)
    }

    private func trace(_ context: Context, from frame: Frame.Reference, _ visible: [(name: Text, place: Initial.Place)])
    {
        tracer?.pointee.inherit(
            context, from: frame.context,
            visible.map { ($0.name, frame.origins($0.place.hops)?[$0.place.slot] ?? 0) })
    }

    private func given(_ visible: [(name: Text, place: Initial.Place)]?, _ frame: Frame.Reference) -> Context {
        let context = Context(visible.map { frame.context.all(frame.values($0)) } ?? Mapping())
        if let visible { trace(context, from: frame, visible) }
        return context
    }

    func include(_ use: IncludeUse, _ name: Item, _ from: Unit, _ frame: Frame.Reference) throws(Fault) {
        try step()
        let unit: Unit
        do throws(Fault) {
            unit = try self.unit(named: name, mayBeList: true)
        } catch {
            if use.ignoresMissing, error.kind == .notFound || error.kind == .noneFound { return }
            throw error
        }
        do throws(Fault) {
            try run(unit, given(use.visible, frame))
        } catch {
            throw error.entering(unit.source.title, at: use.offset, length: use.length, of: from.source)
        }
    }

    func importModule(_ use: ImportUse, _ name: Item, _ from: Unit, _ frame: Frame.Reference) throws(Fault) {
        try step()
        let unit = try unit(named: name)
        let context = given(use.visible, frame)
        arena.keep(context)
        let text: Text
        do throws(Fault) {
            text = try capture { () throws(Fault) in try run(unit, context) }
        } catch {
            throw error.entering(unit.source.title, at: use.offset, length: use.length, of: from.source)
        }
        let module = Module(unit.source.name, text, context)
        if let destination = use.destination {
            let item = Item.native(module)
            frame.pointee.slots[destination.slot] = item
            if let name = destination.export { frame.context.export(name, item, isPublic: false) }
        }
        for (name, slot, export) in use.names {
            let item = module.member(name) ?? missing(name, unit, context, use, from)
            frame.pointee.slots[slot] = item
            if let export { frame.context.export(export, item, isPublic: false) }
        }
    }

    private func missing(_ name: Text, _ unit: Unit, _ context: Context, _ use: ImportUse, _ from: Unit) -> Item {
        let line = from.source.line(at: use.statement)
        let near = Spelling.nearest(name.string, among: context.exported.map(\.string))
        return undefined(
            .sentence(
                "the template '\(unit.source.name)' (imported on line \(line) in '\(from.source.name)') "
                    + "does not export the requested name '\(name.string)'"),
            hint: near.map { "did you mean '\($0)'?" })
    }
}

extension Source {
    /// As a fault's way names it.
    fileprivate var title: String { "Template '\(name)'" }
}
