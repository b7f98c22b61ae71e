final class TextAction: Action, @unchecked Sendable {
    let bytes: [UInt8]
    /// Whether it is left out once the template extends another.
    let isSuppressible: Bool

    init(_ origin: Origin, _ bytes: [UInt8], isSuppressible: Bool) {
        self.bytes = bytes
        self.isSuppressible = isSuppressible
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        if isSuppressible, frame.extended != nil { return .next }
        try renderer.append(bytes)
        return .next
    }
}

final class OutputAction: Action, @unchecked Sendable {
    let value: Node
    let emission: Emission
    let isSuppressible: Bool

    init(_ origin: Origin, _ value: Node, _ emission: Emission, isSuppressible: Bool) {
        self.value = value
        self.emission = emission
        self.isSuppressible = isSuppressible
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        if isSuppressible, frame.extended != nil { return .next }
        try renderer.step()
        let start = renderer.output.count
        let outer = renderer.column
        renderer.column = emission.column
        defer { renderer.column = outer }
        let item = try value.value(renderer, frame)
        do throws(Fault) {
            try renderer.write(item)
        } catch {
            throw error.at(value.offset, length: value.length)
        }
        renderer.record(emission, from: start)
        return .next
    }
}

final class ConditionAction: Action, @unchecked Sendable {
    let branches: [(test: Node, body: [Action], origin: Origin)]
    let otherwise: [Action]

    init(_ origin: Origin, _ branches: [(test: Node, body: [Action], origin: Origin)], _ otherwise: [Action]) {
        self.branches = branches
        self.otherwise = otherwise
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        for branch in branches {
            let holds: Bool
            do throws(Fault) {
                holds = try branch.test.isTrue(renderer, frame)
            } catch {
                throw error.inStatement(branch.origin.offset, of: branch.origin.source)
            }
            if holds { return try branch.body.run(renderer, frame) }
        }
        return try otherwise.run(renderer, frame)
    }
}

/// Where an assignment puts a value.
indirect enum Destination: Sendable {
    case slot(Int, export: Text?)
    case tuple([Destination])
    case member(Initial.Place, name: String, member: Text)

    func assign(_ item: Item, _ renderer: Renderer, _ frame: Frame) throws(Fault) {
        switch self {
        case .slot(let slot, let name):
            frame.slots[slot] = item
            if let name { frame.context.export(name, item) }
        case .tuple(let parts):
            let items = try renderer.unpack(item, count: parts.count)
            for (part, item) in zip(parts, items) { try part.assign(item, renderer, frame) }
        case .member(let place, _, let member):
            guard case .native(let object) = frame.read(place), let namespace = object.native as? Namespace else {
                throw Fault(
                    .runtime, "cannot assign attribute on non-namespace object", hint: "make it with namespace()")
            }
            namespace.members.set(member, item)
        }
    }
}

final class SetAction: Action, @unchecked Sendable {
    let destination: Destination
    let value: Node

    init(_ origin: Origin, _ destination: Destination, _ value: Node) {
        self.destination = destination
        self.value = value
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        let item = try value.value(renderer, frame)
        try destination.assign(item, renderer, frame)
        return .next
    }
}

/// `{% set x %}…{% endset %}`.
final class SetBlockAction: Action, @unchecked Sendable {
    let destination: Destination
    let filter: FilterNode?
    let body: [Action]
    let initials: [(slot: Int, initial: Initial)]

    init(
        _ origin: Origin, _ destination: Destination, _ filter: FilterNode?, _ body: [Action],
        _ initials: [(slot: Int, initial: Initial)]
    ) {
        self.destination = destination
        self.filter = filter
        self.body = body
        self.initials = initials
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        frame.enter(initials)
        var item = Item.text(try renderer.capture { () throws(Fault) in _ = try body.run(renderer, frame) })
        if let filter { item = try filter.pass(item, renderer, frame) }
        try destination.assign(item, renderer, frame)
        return .next
    }
}

/// `with`, and other bodies with a scope of their own.
final class ScopeAction: Action, @unchecked Sendable {
    let assignments: [(destination: Destination, value: Node)]
    let body: [Action]
    let initials: [(slot: Int, initial: Initial)]
    /// For `autoescape`: whether the body's output is escaped.
    let escapes: Node?

    init(
        _ origin: Origin, _ assignments: [(destination: Destination, value: Node)], _ body: [Action],
        _ initials: [(slot: Int, initial: Initial)], escapes: Node? = nil
    ) {
        self.assignments = assignments
        self.body = body
        self.initials = initials
        self.escapes = escapes
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        // All values are those of the scope around: `with a = a + 1, b = a`.
        var values: [Item] = []
        for assignment in assignments { values.append(try assignment.value.value(renderer, frame)) }
        let outer = renderer.escapes
        defer { renderer.escapes = outer }
        if let escapes { renderer.escapes = try escapes.isTrue(renderer, frame) }
        frame.enter(initials)
        for (assignment, value) in zip(assignments, values) {
            try assignment.destination.assign(value, renderer, frame)
        }
        return try body.run(renderer, frame)
    }
}

final class FilterBlockAction: Action, @unchecked Sendable {
    let filter: FilterNode
    let body: [Action]
    let initials: [(slot: Int, initial: Initial)]

    init(
        _ origin: Origin, _ filter: FilterNode, _ body: [Action], _ initials: [(slot: Int, initial: Initial)]
    ) {
        self.filter = filter
        self.body = body
        self.initials = initials
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        frame.enter(initials)
        let text = try renderer.capture { () throws(Fault) in _ = try body.run(renderer, frame) }
        // The filtered text counts as written by the template: it is not escaped again.
        try renderer.append(Array(filter.pass(.text(text), renderer, frame).text().bytes))
        return .next
    }
}

final class EvaluateAction: Action, @unchecked Sendable {
    let value: Node

    init(_ origin: Origin, _ value: Node) {
        self.value = value
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        _ = try value.value(renderer, frame)
        return .next
    }
}

final class FlowAction: Action, @unchecked Sendable {
    let flow: Flow

    init(_ origin: Origin, _ flow: Flow) {
        self.flow = flow
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow { flow }
}
