import Documents

/// An expression ready to run.
///
/// Subclasses hold `let`s of Sendable types alone, which makes the unchecked conformance true.
class Node: @unchecked Sendable {
    let offset: Int
    let length: Int

    init(_ expression: Expression) {
        offset = expression.offset
        length = expression.length
    }

    /// What subclasses do; callers use `value`, which adds the place to a fault.
    func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item { .none }

    final func value(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        do throws(Fault) {
            return try evaluate(renderer, frame)
        } catch {
            throw error.at(offset, length: length)
        }
    }

    final func isTrue(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Bool {
        do throws(Fault) {
            return try evaluate(renderer, frame).isTrue()
        } catch {
            throw error.at(offset, length: length)
        }
    }
}

/// How a statement ended.
enum Flow {
    case next, `break`, `continue`
}

/// A statement ready to run; see `Node` for the conformance.
class Action: @unchecked Sendable {
    let origin: Origin

    init(_ origin: Origin) { self.origin = origin }

    func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow { .next }

    final func perform(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        do throws(Fault) {
            return try run(renderer, frame)
        } catch {
            throw error.inStatement(origin.offset, of: origin.source)
        }
    }
}

/// Where a statement stands.
struct Origin: Sendable {
    let offset: Int
    let source: Source
}

extension [Action] {
    func run(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Flow {
        for action in self {
            let flow = try action.perform(renderer, frame)
            if flow != .next { return flow }
        }
        return .next
    }
}

/// The slots of one running function; the frames that its code can see stand above it.
final class Frame {
    var slots: [Item]
    let parent: Frame?
    let context: Context
    /// The template that this one extends, once it said so; only in a template's own frame.
    var extended: Unit?

    init(count: Int, parent: Frame?, context: Context) {
        slots = [Item](repeating: .missing, count: count)
        self.parent = parent
        self.context = context
    }

    func read(_ place: Initial.Place) -> Item {
        if place.hops == 0 { return slots[place.slot] }
        var frame = self
        for _ in 0..<place.hops { frame = frame.parent ?? frame }
        return frame.slots[place.slot]
    }

    func enter(_ initials: [(slot: Int, initial: Initial)]) {
        for (slot, initial) in initials {
            switch initial {
            case .context(let name): slots[slot] = context[name] ?? .missing
            case .copy(let place): slots[slot] = read(place)
            case .nothing: slots[slot] = .missing
            }
        }
    }
}

/// The names that a template sees: what was given, and what it sets at its top level.
final class Context {
    let given: [Text: Item]
    var own: [Text: Item] = [:]
    /// The names that an import sees, in order.
    var exported: [Text] = []
    var blocks: [String: [BlockCode]] = [:]
    let globals: Globals

    init(_ given: [Text: Item], globals: Globals) {
        self.given = given
        self.globals = globals
    }

    subscript(name: Text) -> Item? {
        own[name] ?? given[name] ?? globals[name]
    }

    /// Everything, the names in `locals` on top.
    func all(_ locals: [(name: Text, value: Item)] = []) -> [Text: Item] {
        var all = given.merging(own) { $1 }
        for (name, value) in locals {
            if case .missing = value { continue }
            all[name] = value
        }
        return all
    }

    func export(_ name: Text, _ value: Item, isPublic: Bool = true) {
        own[name] = value
        if isPublic, name.bytes.first != UInt8(ascii: "_") {
            if !exported.contains(name) { exported.append(name) }
        } else {
            exported.removeAll { $0 == name }
        }
    }
}

/// The body of a block, and the template it is from.
final class BlockCode: Sendable {
    let name: String
    let body: Code
    let isRequired: Bool
    let superSlot: Int?
    let selfSlot: Int?

    init(name: String, body: Code, isRequired: Bool, superSlot: Int?, selfSlot: Int?) {
        self.name = name
        self.body = body
        self.isRequired = isRequired
        self.superSlot = superSlot
        self.selfSlot = selfSlot
    }
}

/// A function's statements with its frame's make-up.
struct Code: Sendable {
    let actions: [Action]
    let slotCount: Int
    let initials: [(slot: Int, initial: Initial)]
}

/// A compiled template: immutable, shared by all renderings.
final class Unit: Sendable {
    let source: Source
    let root: Code
    let selfSlot: Int?
    let blocks: [String: BlockCode]

    init(source: Source, root: Code, selfSlot: Int?, blocks: [String: BlockCode]) {
        self.source = source
        self.root = root
        self.selfSlot = selfSlot
        self.blocks = blocks
    }
}
