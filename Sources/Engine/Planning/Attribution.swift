import Catalog
import Documents

/// Finds the input that moved a property: the change is gone when that input alone is put back.
struct Attribution {
    /// Each input takes a rendering; who changes more at once is not told which did what.
    private static let most = 40

    /// An input whose value is not the applied one.
    private struct Moved {
        var pointer: Pointer
        var old: Value?
        var name: String { pointer.steps.joined(separator: ".") }
    }

    private let moved: [Moved]
    private let wanted: Value

    init(applied: Value, wanted: Value) {
        self.wanted = wanted
        var moved: [Moved] = []
        Attribution.collect(applied, wanted, Pointer(), &moved)
        self.moved = moved
    }

    /// Objects are gone into; a list is one input.
    private static func collect(_ old: Value, _ new: Value, _ pointer: Pointer, _ moved: inout [Moved]) {
        guard old != new else { return }
        guard case .object(let before) = old, case .object(let after) = new else {
            moved.append(Moved(pointer: pointer, old: old))
            return
        }
        for (key, value) in after {
            let inner = pointer.appending(key)
            if let previous = before[key] {
                collect(previous, value, inner, &moved)
            } else {
                moved.append(Moved(pointer: inner, old: nil))
            }
        }
        for (key, value) in before where after[key] == nil {
            moved.append(Moved(pointer: pointer.appending(key), old: value))
        }
    }

    /// The changes with the inputs that moved their causes.
    ///
    /// What the rendering tells of a value's origin counts only where that input has moved.
    ///
    /// - Parameters:
    ///   - changes: Made by all inputs together.
    ///   - again: The changes that other inputs make; `nil` where nothing can be rendered from them.
    func named(_ changes: [Change], again: (Value) throws -> [Change]?) rethrows -> [Change] {
        let names = Set(moved.map(\.name))
        var named = changes.map { change in
            var change = change
            for index in change.causes.indices {
                guard let input = change.causes[index].input, !names.contains(input), !input.contains("outputs.")
                else { continue }
                change.causes[index].input = nil
            }
            return change
        }
        guard !moved.isEmpty, moved.count <= Attribution.most else { return named }
        for one in moved {
            guard let others = try again(putBack(one)) else { continue }
            name(&named, one.name, goneFrom: others)
        }
        return named
    }

    private func putBack(_ one: Moved) -> Value {
        let value = one.old.map { wanted.setting(one.pointer, to: $0) } ?? wanted.removing(one.pointer)
        return value ?? wanted
    }

    /// Names the causes that are not there without that input.
    private func name(_ changes: inout [Change], _ name: String, goneFrom others: [Change]) {
        var left: Set<CauseKey> = []
        for change in others {
            for cause in change.causes { left.insert(CauseKey(change, cause)) }
        }
        for index in changes.indices {
            for number in changes[index].causes.indices {
                let cause = changes[index].causes[number]
                guard !left.contains(CauseKey(changes[index], cause)) else { continue }
                changes[index].causes[number].input = name
            }
        }
    }

    private struct CauseKey: Hashable {
        var resource: String
        var property: String
        var new: String?

        init(_ change: Change, _ cause: Change.Cause) {
            resource = change.resource
            property = cause.property
            new = cause.new
        }
    }
}
