import Documents

extension Compiler {
    mutating func action(_ statement: Statement, _ place: Place) throws(Fault) -> Action {
        let origin = Origin(offset: statement.offset, source: source)
        switch statement.form {
        case .text(let range):
            return TextAction(origin, Array(source.bytes[range]), isSuppressible: place.isSuppressible)
        case .output(let value):
            return OutputAction(
                origin, try node(value, place), analysis.emission(of: statement),
                isSuppressible: place.isSuppressible)
        case .condition(let branches, let otherwise):
            var soft = place
            soft.isSoft = true
            var compiled: [(test: Node, body: [Action], origin: Origin)] = []
            for branch in branches {
                let test = try node(branch.test, soft)
                let origin = Origin(offset: branch.offset, source: source)
                compiled.append((test, try actions(branch.body, soft), origin))
            }
            return ConditionAction(origin, compiled, try actions(otherwise, soft))
        case .loop(let loop): return try action(loop, origin, place)
        case .set(let target, let value):
            let value = try node(value, place)
            return SetAction(origin, destination(target, place), value)
        case .setBlock(let target, let filter, let body):
            let inner = Scope(layout: place.scope.layout, parent: place.scope)
            inner.read(body)
            var captured = place.inner(inner)
            captured.isSuppressible = false
            let actions = try actions(body, captured)
            let node = try optional(filter, place) as? FilterNode
            return SetBlockAction(origin, destination(target, place), node, actions, inner.initials)
        case .with(let assignments, let body): return try with(assignments, body, origin, place)
        case .macro(let macro):
            let code = try code(macro, origin, place)
            return MacroAction(origin, code, destination(.name(macro.name, offset: statement.offset), place))
        case .call(let call, let macro):
            let node = try node(call, place)
            guard let call = node as? CallNode else { throw Fault(.syntax, "expected call", offset: call.offset) }
            return CallAction(
                origin, call, try code(macro, origin, place), isSuppressible: place.isSuppressible)
        case .filterBlock(let filter, let body):
            let inner = Scope(layout: place.scope.layout, parent: place.scope)
            inner.read(body)
            let actions = try actions(body, place.inner(inner))
            guard let node = try node(filter, place) as? FilterNode else {
                return EvaluateAction(origin, try node(filter, place))
            }
            return FilterBlockAction(origin, node, actions, inner.initials)
        case .autoescape(let flag, let body):
            let inner = Scope(layout: place.scope.layout, parent: place.scope)
            inner.read(body)
            return ScopeAction(
                origin, [], try actions(body, place.inner(inner)), inner.initials, escapes: try node(flag, place))
        case .block(let block): return try action(block, origin, place)
        case .extends(let template):
            guard place.isTop else { throw Fault(.syntax, "extends must stand outside loops and blocks") }
            return ExtendsAction(origin, try node(template, place))
        case .include(let template, let ignoresMissing, let hasContext):
            return IncludeAction(
                origin, try node(template, place), ignoresMissing: ignoresMissing,
                visible: hasContext ? place.scope.visible : nil, isSuppressible: place.isSuppressible)
        case .importModule(let template, let name, let hasContext):
            place.scope.store(name)
            return ImportAction(
                origin, try node(template, place), visible: hasContext ? place.scope.visible : nil,
                destination: (place.scope.slot(name) ?? 0, place.isTop ? Text(name) : nil), names: [])
        case .importNames(let template, let names, let hasContext):
            return ImportAction(
                origin, try node(template, place), visible: hasContext ? place.scope.visible : nil, destination: nil,
                names: names.map {
                    (Text($0.name), place.scope.slot($0.alias) ?? 0, place.isTop ? Text($0.alias) : nil)
                })
        case .evaluate(let value): return EvaluateAction(origin, try node(value, place))
        case .break: return FlowAction(origin, .break)
        case .continue: return FlowAction(origin, .continue)
        }
    }

    /// Where a target's value goes; its names must be known to the scope.
    func destination(_ target: Target, _ place: Place) -> Destination {
        switch target {
        case .name(let name, _):
            place.scope.store(name)
            return .slot(place.scope.slot(name) ?? 0, export: place.isTop ? Text(name) : nil)
        case .tuple(let targets): return .tuple(targets.map { destination($0, place) })
        case .member(let name, let member, _):
            place.scope.load(name)
            let slot = place.scope.find(name) ?? Initial.Place(hops: 0, slot: 0)
            return .member(slot, name: name, member: Text(member))
        }
    }

    private mutating func action(
        _ loop: Statement.Loop, _ origin: Origin, _ place: Place
    ) throws(Fault) -> Action {
        let layout = place.scope.layout
        let items = try node(loop.items, place)
        let first = layout.count
        let inner = Scope(layout: layout, parent: place.scope)
        let readsLoop = loop.isRecursive || loop.body.mention(["loop"])
        let loopSlot = readsLoop ? inner.declare("loop") : nil
        inner.declare(loop.target)
        inner.read(loop.body)
        let bodyPlace = place.inner(inner)
        let actions = try actions(loop.body, bodyPlace)
        let slots = first..<layout.count
        let otherwise = Scope(layout: layout, parent: place.scope)
        otherwise.read(loop.otherwise)
        let otherwiseActions = try self.actions(loop.otherwise, place.inner(otherwise))
        var condition: LoopAction.Condition?
        if let test = loop.condition {
            let scope = Scope(layout: layout, parent: place.scope)
            scope.declare(loop.target)
            scope.read(test)
            let testPlace = place.inner(scope)
            let node = try node(test, testPlace)
            condition = LoopAction.Condition(
                destination: destination(loop.target, testPlace), initials: scope.initials, test: node)
        }
        let body = LoopAction.Body(
            destination: destination(loop.target, bodyPlace), actions: actions, initials: inner.initials, slots: slots,
            loopSlot: loopSlot)
        return LoopAction(
            origin, items: items, body: body, condition: condition, otherwise: otherwiseActions,
            otherwiseInitials: otherwise.initials, isRecursive: loop.isRecursive)
    }

    private mutating func with(
        _ assignments: [(target: Target, value: Expression)], _ body: [Statement], _ origin: Origin, _ place: Place
    ) throws(Fault) -> Action {
        let inner = Scope(layout: place.scope.layout, parent: place.scope)
        var values: [Node] = []
        for assignment in assignments {
            values.append(try node(assignment.value, place))
            inner.declare(assignment.target)
        }
        inner.read(body)
        let innerPlace = place.inner(inner)
        var pairs: [(destination: Destination, value: Node)] = []
        for (assignment, value) in zip(assignments, values) {
            pairs.append((destination(assignment.target, innerPlace), value))
        }
        return ScopeAction(origin, pairs, try actions(body, innerPlace), inner.initials)
    }

    private mutating func code(
        _ macro: Statement.Macro, _ origin: Origin, _ place: Place
    ) throws(Fault) -> MacroCode {
        let scope = Scope(layout: Layout(level: place.scope.layout.level + 1), parent: place.scope)
        let slots = macro.parameters.map { scope.declare($0.name) }
        let hasCaller = macro.parameters.contains { $0.name == "caller" }
        let special = MacroCode.Slots(
            caller: hasCaller ? scope.slot("caller") : macro.body.mention(["caller"]) ? scope.declare("caller") : nil,
            named: macro.body.mention(["kwargs"]) ? scope.declare("kwargs") : nil,
            spread: macro.body.mention(["varargs"]) ? scope.declare("varargs") : nil)
        for parameter in macro.parameters {
            if let initial = parameter.initial { scope.read(initial) }
        }
        scope.read(macro.body)
        let inner = Place(scope: scope, isTop: false, isSuppressible: false, isSoft: place.isSoft)
        var parameters: [(name: Text, slot: Int, initial: Node?)] = []
        for (parameter, slot) in zip(macro.parameters, slots) {
            parameters.append((Text(parameter.name), slot, try optional(parameter.initial, inner)))
        }
        let actions = try actions(macro.body, inner)
        return MacroCode(
            name: macro.name, parameters: parameters, body: finish(actions, scope), slots: special, origin: origin)
    }

    private mutating func action(
        _ block: Statement.Block, _ origin: Origin, _ place: Place
    ) throws(Fault) -> Action {
        let scope = Scope(layout: Layout(level: 0), parent: nil)
        let selfSlot = block.body.mention(["self"]) ? scope.declare("self") : nil
        let superSlot = block.body.mention(["super"]) ? scope.declare("super") : nil
        scope.read(block.body)
        let body = try code(block.body, Place(scope: scope, isTop: false, isSuppressible: false))
        blocks[block.name] = BlockCode(
            name: block.name, body: body, isRequired: block.isRequired, superSlot: superSlot, selfSlot: selfSlot)
        return BlockAction(
            origin, block.name, visible: block.isScoped ? place.scope.visible : nil,
            isSuppressible: place.isSuppressible)
    }
}
