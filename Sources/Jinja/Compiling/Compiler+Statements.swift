import Documents

extension Compiler {
    mutating func emit(_ statement: Statement, _ place: Place) throws(Fault) {
        switch statement.form {
        case .text(let range): suppressible(place) { $0.add(.text, a: range.lowerBound, b: range.count) }
        case .output(let value): try emit(output: value, statement, place)
        case .condition(let branches, let otherwise): try emit(branches, otherwise, statement, place)
        case .loop(let loop): try emit(loop, place)
        case .set(let target, let value):
            try push(value, place)
            store(target, place)
        case .setBlock(let target, let filter, let body): try emit(set: target, filter, body, place)
        case .with(let assignments, let body): try emit(with: assignments, body, place)
        case .macro(let macro):
            add(.macro, a: try self.macro(macro, place), effect: 1)
            store(.name(macro.name, offset: statement.offset), place)
        case .call(let call, let macro): try emit(call: call, macro, place)
        case .filterBlock(let filter, let body):
            let inner = Scope(layout: place.scope.layout, parent: place.scope)
            inner.read(body)
            try capture(body, inner, place.inner(inner))
            try apply(chain: filter, place)
            add(.emitFiltered, effect: -1, at: filter)
        case .autoescape(let flag, let body):
            let inner = Scope(layout: place.scope.layout, parent: place.scope)
            inner.read(body)
            try push(flag, place)
            add(.pushEscapes, at: flag)
            function.open.append(.escapes)
            try emit(body, inner, place.inner(inner))
            function.open.removeLast()
            add(.popEscapes, effect: -1)
        case .block(let block): try emit(block, place)
        case .extends(let template):
            guard place.isTop else { throw Fault(.syntax, "extends must stand outside loops and blocks") }
            try push(template, place)
            add(.extends, effect: -1)
        case .include(let template, let ignoresMissing, let hasContext):
            let jump = place.isSuppressible ? add(.jumpIfExtended) : nil
            try push(template, place)
            includes.append(
                IncludeUse(
                    ignoresMissing: ignoresMissing, visible: hasContext ? place.scope.visible : nil,
                    offset: template.offset, length: template.length))
            add(.include, a: includes.count - 1, effect: -1)
            if let jump { land(jump) }
        case .importModule(let template, let name, let hasContext):
            let slot = place.scope.store(name)
            try emit(
                import: template,
                ImportUse(
                    visible: hasContext ? place.scope.visible : nil,
                    destination: (slot, place.isTop ? name : nil), names: [],
                    offset: template.offset, length: template.length, statement: statement.offset), place)
        case .importNames(let template, let names, let hasContext):
            try emit(
                import: template,
                ImportUse(
                    visible: hasContext ? place.scope.visible : nil, destination: nil,
                    names: names.map {
                        ($0.name, place.scope.slot($0.alias) ?? 0, place.isTop ? $0.alias : nil)
                    }, offset: template.offset, length: template.length, statement: statement.offset), place)
        case .evaluate(let value):
            try push(value, place)
            add(.pop, effect: -1)
        case .break: leaveRound { $0.function.breaks.append($0.add(.jump)) }
        case .continue:
            leaveRound { compiler in
                compiler.add(.jump, a: compiler.function.roundStart)
            }
        }
    }

    /// Output that is left out once the template said what it extends.
    private mutating func suppressible<Failure: Error>(
        _ place: Place, _ body: (inout Compiler) throws(Failure) -> Void
    ) throws(Failure) {
        let jump = place.isSuppressible ? add(.jumpIfExtended) : nil
        try body(&self)
        if let jump { land(jump) }
    }

    private mutating func emit(output value: Expression, _ statement: Statement, _ place: Place) throws(Fault) {
        let tag = statement.tag.lowerBound
        try suppressible(place) { (compiler) throws(Fault) in
            if compiler.emitPath(value, place, tag: tag) { return }
            // Where no filter looks at the column it is not kept.
            let keepsColumn = !compiler.environment.filters.isEmpty && !value.isName
            if keepsColumn {
                compiler.add(.pushColumn, a: max(0, compiler.source.place(at: tag).column - 1), effect: 1)
            }
            try compiler.pushPrinted(value, place)
            compiler.add(.emit, c: tag, effect: -1, at: value)
            if keepsColumn { compiler.add(.popColumn, effect: -1) }
        }
    }

    /// Statements of a scope of their own.
    mutating func emit(_ body: Statement.Body, _ scope: Scope, _ place: Place) throws(Fault) {
        let enter = add(.enter)
        try emit(body, place)
        let initials = scope.initials
        if initials.isEmpty {
            // Nothing to give: going on is all that it does.
            code[enter] = Instruction(operation: .jump, a: Int32(enter + 1))
        } else {
            self.initials.append(initials)
            code[enter].a = Int32(self.initials.count - 1)
        }
    }

    private mutating func capture(_ body: Statement.Body, _ scope: Scope, _ place: Place) throws(Fault) {
        add(.beginCapture, effect: 1)
        function.open.append(.capture)
        try emit(body, scope, place)
        function.open.removeLast()
        add(.endCapture)
    }

    private mutating func emit(
        _ branches: Several<Statement.Branch>, _ otherwise: Statement.Body,
        _ statement: Statement, _ place: Place
    ) throws(Fault) {
        var soft = place
        soft.isSoft = true
        var ends: [Int] = []
        var deciders: [Int] = []
        for (index, branch) in branches.enumerated() {
            let outer = self.statement
            self.statement = branch.offset
            try pushCondition(branch.test, soft)
            let unless = add(.jumpUnless, effect: -1, at: branch.test)
            self.statement = outer
            deciders.append(unless)
            let start = code.count
            try emit(branch.body, soft)
            regions.append(
                Region(start: start, end: code.count, deciders: deciders, offset: branch.offset, isLoop: false))
            if index < branches.count - 1 || !otherwise.isEmpty { ends.append(add(.jump)) }
            land(unless)
        }
        let start = code.count
        try emit(otherwise, soft)
        if code.count > start {
            regions.append(
                Region(start: start, end: code.count, deciders: deciders, offset: statement.offset, isLoop: false))
        }
        for end in ends { land(end) }
    }

    // MARK: Setting

    /// Puts the value on the stack where the target says; its names must be known to the scope.
    mutating func store(_ target: Target, _ place: Place) {
        switch target {
        case .name(let text, _):
            let slot = place.scope.store(text)
            add(.store, a: slot, b: place.isTop ? name(text) : -1, effect: -1)
        case .tuple(let targets):
            add(.unpack, a: targets.count, effect: targets.count - 1)
            for target in targets { store(target, place) }
        case .member(let text, let member, _):
            let slot = place.scope.load(Name(text))
            add(.storeMember, a: slot.slot, b: name(member), d: slot.hops, effect: -1)
        }
    }

    private mutating func emit(
        set target: Target, _ filter: Expression?, _ body: Statement.Body, _ place: Place
    ) throws(Fault) {
        let inner = Scope(layout: place.scope.layout, parent: place.scope)
        inner.read(body)
        var captured = place.inner(inner)
        captured.isSuppressible = false
        try capture(body, inner, captured)
        if let filter { try apply(chain: filter, place) }
        store(target, place)
    }

    private mutating func emit(
        with assignments: Several<Statement.Assignment>, _ body: Statement.Body, _ place: Place
    ) throws(Fault) {
        let inner = Scope(layout: place.scope.layout, parent: place.scope)
        // All values are those of the scope around: `with a = a + 1, b = a`.
        for assignment in assignments { try push(assignment.value, place) }
        for assignment in assignments { inner.declare(assignment.target) }
        inner.read(body)
        let innerPlace = place.inner(inner)
        let enter = add(.enter)
        for assignment in assignments.reversed() { store(assignment.target, innerPlace) }
        try emit(body, innerPlace)
        self.initials.append(inner.initials)
        code[enter].a = Int32(self.initials.count - 1)
    }

    // MARK: Loops

    private mutating func emit(_ loop: Statement.Loop, _ place: Place) throws(Fault) {
        let layout = place.scope.layout
        try push(loop.items, place)
        let depth = function.loopDepth
        function.loopDepth += 1
        function.mostLoops = max(function.mostLoops, function.loopDepth)
        let outer = (function.breaks, function.roundStart, function.openBase, function.isInLoop)
        (function.breaks, function.openBase, function.isInLoop) = ([], function.open.count, true)

        let first = layout.count
        let inner = Scope(layout: layout, parent: place.scope)
        let readsLoop = loop.readsLoop
        let loopSlot = readsLoop ? inner.declare("loop") : nil
        inner.declare(loop.target)
        inner.read(loop.body)
        let bodyPlace = place.inner(inner)
        let number = loops.count
        loops.append(LoopShape(loopSlot: loopSlot, isRecursive: loop.isRecursive, slots: first..<first))
        let start = code.count
        let loopStart: Int
        if let test = loop.condition, readsLoop {
            // `loop` counts those items alone that the condition keeps: they are chosen before the first round.
            add(.loopSelect, a: number, d: depth, effect: -1, at: loop.items)
            try emitCondition(test, loop.target, depth, place) { compiler, skips, next in
                compiler.add(.loopKeep, d: depth)
                for skip in skips { compiler.land(skip) }
                compiler.add(.jump, a: next)
            }
            loopStart = add(.loopStart, a: number, c: 1, d: depth, at: loop.items)
        } else {
            loopStart = add(.loopStart, a: number, d: depth, effect: -1, at: loop.items)
        }
        function.roundStart = code.count
        let next: Int
        if let test = loop.condition, !readsLoop {
            var skips: [Int] = []
            next = try emitCondition(test, loop.target, depth, place) { _, jumps, _ in skips = jumps }
            for skip in skips { code[skip].a = Int32(next) }
            add(.loopItem, d: depth, effect: 1)
            store(loop.target, bodyPlace)
        } else if case .name(let name, _) = loop.target {
            next = add(.loopNext, b: inner.slot(name) ?? -1, d: depth)
        } else {
            next = add(.loopNext, b: -1, d: depth)
            add(.loopItem, d: depth, effect: 1)
            store(loop.target, bodyPlace)
        }
        try emit(loop.body, inner, bodyPlace)
        add(.loopRound, a: next, d: depth)
        regions.append(
            Region(
                start: next, end: code.count, deciders: [loopStart], offset: statement, isLoop: true))
        land(next)
        for jump in function.breaks { land(jump) }
        (function.breaks, function.roundStart, function.openBase, function.isInLoop) = outer
        loops[number] = LoopShape(
            loopSlot: loopSlot, isRecursive: loop.isRecursive, slots: first..<layout.count, start: start,
            end: 0)
        if !loop.otherwise.isEmpty {
            let otherwise = Scope(layout: layout, parent: place.scope)
            otherwise.read(loop.otherwise)
            let skip = add(.loopElse, d: depth)
            try emit(loop.otherwise, otherwise, place.inner(otherwise))
            land(skip)
        }
        loops[number].end = add(.loopEnd, a: number, d: depth)
        function.loopDepth -= 1
    }

    /// Goes through items and tests each; `kept` adds what follows for those that pass, given the jumps of the
    /// others.
    @discardableResult
    private mutating func emitCondition(
        _ test: Expression, _ target: Target, _ depth: Int, _ place: Place,
        _ kept: (inout Compiler, [Int], Int) -> Void
    ) throws(Fault) -> Int {
        let scope = Scope(layout: place.scope.layout, parent: place.scope)
        scope.declare(target)
        scope.read(test)
        let testPlace = place.inner(scope)
        let next = add(.loopNext, b: -1, d: depth)
        let enter = add(.enter)
        add(.loopItem, d: depth, effect: 1)
        store(target, testPlace)
        add(.step)
        try pushCondition(test, testPlace)
        let skip = add(.jumpUnless, effect: -1, at: test)
        initials.append(scope.initials)
        code[enter].a = Int32(initials.count - 1)
        let isChoice = code[next - 1].operation == .loopSelect
        kept(&self, [skip], next)
        if isChoice { land(next) }
        return next
    }

    /// A jump out of a round closes what was opened in it. Outside of a loop it ends nothing.
    private mutating func leaveRound(_ jump: (inout Compiler) -> Void) {
        guard function.isInLoop else { return }
        let depth = function.depth
        for open in function.open[function.openBase...].reversed() {
            switch open {
            case .capture: add(.dropCapture, effect: -1)
            case .escapes: add(.popEscapes, effect: -1)
            }
        }
        jump(&self)
        function.depth = depth
    }

    // MARK: Macros, blocks, imports

    private mutating func macro(_ macro: Statement.Macro, _ place: Place) throws(Fault) -> Int {
        let scope = Scope(layout: Layout(level: place.scope.layout.level + 1, in: nodes), parent: place.scope)
        let slots = macro.parameters.map { scope.declare($0.name) }
        let hasCaller = macro.parameters.contains { $0.name == "caller" }
        let special = MacroCode.Slots(
            caller: hasCaller ? scope.slot("caller") : macro.mentions.caller > 0 ? scope.declare("caller") : nil,
            named: macro.mentions.kwargs > 0 ? scope.declare("kwargs") : nil,
            spread: macro.mentions.varargs > 0 ? scope.declare("varargs") : nil)
        for parameter in macro.parameters {
            if let initial = parameter.initial { scope.read(initial) }
        }
        scope.read(macro.body)
        let inner = Place(scope: scope, isTop: false, isSuppressible: false, isSoft: place.isSoft)
        // The machine goes around a macro's code: it only runs when it is called.
        let around = add(.jump)
        let function = try compiled(scope) { (compiler) throws(Fault) in
            for (parameter, slot) in zip(macro.parameters, slots) {
                let given = compiler.add(.jumpIfGiven, b: slot)
                if let initial = parameter.initial {
                    try compiler.push(initial, inner)
                    compiler.add(.store, a: slot, b: -1, effect: -1)
                } else {
                    compiler.add(.notGiven, a: slot, b: compiler.name(parameter.name))
                }
                compiler.land(given)
            }
            try compiler.emit(macro.body, inner)
        }
        land(around)
        macros.append(
            MacroCode(
                name: macro.name.string, parameters: zip(macro.parameters, slots).map { ($0.name, $1) },
                function: function, slots: special))
        return macros.count - 1
    }

    private mutating func emit(call: Expression, _ macro: Statement.Macro, _ place: Place) throws(Fault) {
        guard case .call(let callee, let arguments) = call.form else {
            throw Fault(.syntax, "expected call", offset: call.offset)
        }
        try suppressible(place) { (compiler) throws(Fault) in
            let number = try compiler.macro(macro, place)
            try compiler.push(call: callee, arguments, call, place, caller: number)
            compiler.add(.emit, c: -1, effect: -1, at: call)
        }
    }

    private mutating func emit(_ block: Statement.Block, _ place: Place) throws(Fault) {
        let scope = Scope(layout: Layout(level: 0, in: nodes), parent: nil)
        let selfSlot = block.mentions.template > 0 ? scope.declare("self") : nil
        let superSlot = block.mentions.parent > 0 ? scope.declare("super") : nil
        scope.read(block.body)
        let around = add(.jump)
        let function = try compiled(scope) { (compiler) throws(Fault) in
            try compiler.emit(block.body, Place(scope: scope, isTop: false, isSuppressible: false))
        }
        land(around)
        blocks[block.name.string] = BlockCode(
            name: block.name.string, function: function, isRequired: block.isRequired, superSlot: superSlot,
            selfSlot: selfSlot)
        blockUses.append(BlockUse(name: block.name.string, visible: block.isScoped ? place.scope.visible : nil))
        suppressible(place) { $0.add(.block, a: $0.blockUses.count - 1) }
    }

    private mutating func emit(import template: Expression, _ use: ImportUse, _ place: Place) throws(Fault) {
        try push(template, place)
        imports.append(use)
        add(.importModule, a: imports.count - 1, effect: -1)
    }
}

extension Expression {
    fileprivate var isName: Bool { if case .name = form { true } else { false } }
}
