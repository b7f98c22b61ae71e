final class LoopAction: Action, @unchecked Sendable {
    struct Body: Sendable {
        let destination: Destination
        let actions: [Action]
        let initials: [(slot: Int, initial: Initial)]
        /// Every slot of the body and of scopes within it: a recursive call gives them back as they were.
        let slots: Range<Int>
        /// The slot of `loop`; `nil` where the body does not read it.
        let loopSlot: Int?
    }

    struct Condition: Sendable {
        let destination: Destination
        let initials: [(slot: Int, initial: Initial)]
        let test: Node
    }

    let items: Node
    let body: Body
    let condition: Condition?
    let otherwise: [Action]
    let otherwiseInitials: [(slot: Int, initial: Initial)]
    let isRecursive: Bool

    init(
        _ origin: Origin, items: Node, body: Body, condition: Condition?, otherwise: [Action],
        otherwiseInitials: [(slot: Int, initial: Initial)], isRecursive: Bool
    ) {
        self.items = items
        self.body = body
        self.condition = condition
        self.otherwise = otherwise
        self.otherwiseInitials = otherwiseInitials
        self.isRecursive = isRecursive
        super.init(origin)
    }

    override func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        try run(items.value(renderer, frame), depth: 0, renderer, frame)
        return .next
    }

    func run(_ item: Item, depth: Int, _ renderer: Renderer, _ frame: Frame) throws(Fault) {
        var finished = false
        if case .range(let range) = item, body.loopSlot == nil, condition == nil {
            try renderer.checkLoop(range.count)
            for index in 0..<range.count {
                let flow = try round(.int(range[index]), renderer, frame)
                if flow == .break { break }
                if flow == .next { finished = true }
            }
        } else {
            finished = try run(over: item, depth: depth, renderer, frame)
        }
        // As in Jinja2 a round that `break` or `continue` cut short does not count as one.
        guard !finished, !otherwise.isEmpty else { return }
        frame.enter(otherwiseInitials)
        _ = try otherwise.run(renderer, frame)
    }

    private func run(over item: Item, depth: Int, _ renderer: Renderer, _ frame: Frame) throws(Fault) -> Bool {
        var items = try renderer.items(of: item)
        try renderer.checkLoop(items.count)
        let loop: LoopState?
        if let slot = body.loopSlot {
            if let condition { items = try selected(items, condition, renderer, frame) }
            let state = LoopState(items, depth: depth)
            if isRecursive { state.recursion = (self, frame) }
            frame.slots[slot] = .native(state)
            loop = state
        } else {
            loop = nil
        }
        defer { loop?.recursion = nil }
        var finished = false
        for (index, item) in items.enumerated() {
            loop?.index = index
            if loop == nil, let condition {
                guard try holds(condition, item, renderer, frame) else { continue }
            }
            let flow = try round(item, renderer, frame)
            if flow == .break { break }
            if flow == .next { finished = true }
        }
        return finished
    }

    private func selected(
        _ items: [Item], _ condition: Condition, _ renderer: Renderer, _ frame: Frame
    ) throws(Fault) -> [Item] {
        var selected: [Item] = []
        for item in items where try holds(condition, item, renderer, frame) { selected.append(item) }
        return selected
    }

    private func holds(
        _ condition: Condition, _ item: Item, _ renderer: Renderer, _ frame: Frame
    ) throws(Fault) -> Bool {
        try renderer.step()
        frame.enter(condition.initials)
        try condition.destination.assign(item, renderer, frame)
        return try condition.test.isTrue(renderer, frame)
    }

    private func round(_ item: Item, _ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        try renderer.step()
        if case .slot(let slot, _) = body.destination {
            frame.slots[slot] = item
        } else {
            try body.destination.assign(item, renderer, frame)
        }
        if !body.initials.isEmpty { frame.enter(body.initials) }
        return try body.actions.run(renderer, frame)
    }

    /// `loop(items)` within the body: the loop's text for other items.
    func recurse(_ item: Item, depth: Int, _ renderer: Renderer, _ frame: Frame) throws(Fault) -> Text {
        let saved = Array(frame.slots[body.slots])
        defer { frame.slots.replaceSubrange(body.slots, with: saved) }
        return try renderer.nested { () throws(Fault) in
            try renderer.capture { () throws(Fault) in try run(item, depth: depth, renderer, frame) }
        }
    }
}

/// `loop`.
final class LoopState: Native {
    let items: [Item]
    var index = 0
    let level: Int
    var recursion: (action: LoopAction, frame: Frame)?
    private var changed: Item?

    init(_ items: [Item], depth: Int) {
        self.items = items
        level = depth
    }

    override var typeName: String { "LoopContext" }
    override var text: String { "<LoopContext \(index + 1)/\(items.count)>" }
    override var isCallable: Bool { true }

    override func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? {
        switch name.string {
        case "index": .int(index + 1)
        case "index0": .int(index)
        case "revindex": .int(items.count - index)
        case "revindex0": .int(items.count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(index == items.count - 1)
        case "length": .int(items.count)
        case "depth": .int(level + 1)
        case "depth0": .int(level)
        case "previtem":
            index > 0 ? items[index - 1] : renderer.undefined(.sentence("there is no previous item"))
        case "nextitem":
            index + 1 < items.count ? items[index + 1] : renderer.undefined(.sentence("there is no next item"))
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
        guard let (action, frame) = recursion else {
            throw Fault(
                .type, "The loop must have the 'recursive' marker to be called recursively.",
                hint: "write {% for … recursive %}")
        }
        guard let items = arguments.positional.first else { throw Fault(.type, "loop() must be given items") }
        return .text(try action.recurse(items, depth: level + 1, renderer, frame))
    }
}
