/// What the names of a template stand for at one point of it.
struct Names {
    struct Path: Hashable {
        let root: String
        var steps: [Reference.Step] = []
    }

    /// Paths that are known to be there.
    var guards: Set<Path> = []
    /// Names that the template set itself; `nil` where they are no path into the context.
    private var bound: [String: Path?] = [:]
    /// Functions of the language are not the context's.
    private static let globals: Set<String> = [
        "range", "dict", "namespace", "cycler", "joiner", "self", "super", "loop",
    ]

    mutating func bind(_ name: String, to path: Path? = nil) {
        bound[name] = .some(path)
    }

    mutating func bind(_ target: Target, to path: Path?) {
        switch target {
        case .name(let name, _): bind(name.string, to: path)
        case .tuple(let targets): for target in targets { bind(target, to: nil) }
        case .member: break
        }
    }

    func path(of expression: Expression) -> Path? {
        switch expression.form {
        case .name(let text):
            let name = text.string
            if let path = bound[name] { return path }
            return Names.globals.contains(name) ? nil : Path(root: name)
        case .attribute(let owner, let key):
            return path(of: owner).map { Path(root: $0.root, steps: $0.steps + [.key(key.string)]) }
        case .item(let owner, let key):
            guard let path = path(of: owner) else { return nil }
            let step: Reference.Step
            switch key.form {
            case .literal(.text(let text)): step = .key(text.string)
            case .literal(.int(let index)): step = .index(index)
            case .slice: return nil
            default: step = .any
            }
            return Path(root: path.root, steps: path.steps + [step])
        case .filter(let operand?, let name, _) where ["default", "d", "list", "sort"].contains(name.string):
            _ = operand
            return nil
        case .literal, .list, .tuple, .map, .negate, .plus, .not, .binary, .concatenate, .and, .or, .compare,
            .conditional, .slice, .call, .filter, .test:
            return nil
        }
    }

    func isGuarded(_ path: Path) -> Bool {
        guards.contains { $0.root == path.root && $0.steps.starts(with: path.steps) }
    }

    /// The items that a loop goes through: plain ones, or pairs of key and value.
    func loopItems(_ expression: Expression) -> (form: LoopForm, path: Path)? {
        switch expression.form {
        case .filter(let operand?, let name, _):
            switch name.string {
            case "items", "dictsort": return path(of: operand).map { (.pairs, $0.item) }
            case "default", "d", "list", "sort", "reverse", "unique", "selectattr", "rejectattr", "select", "reject":
                return loopItems(operand)
            default: return nil
            }
        case .call(let callee, _):
            guard case .attribute(let owner, let method) = callee.form, let path = path(of: owner) else { return nil }
            switch method.string {
            case "items": return (.pairs, path.item)
            case "values": return (.plain, path.item)
            default: return nil
            }
        default: return path(of: expression).map { (.plain, $0.item) }
        }
    }

    enum LoopForm { case plain, pairs }

    /// The paths that are there when `test` came out as `outcome`.
    func guards(of test: Expression, when outcome: Bool) -> Set<Path> {
        switch test.form {
        case .and(let left, let right):
            return outcome ? guards(of: left, when: true).union(guards(of: right, when: true)) : []
        case .or(let left, let right):
            return outcome ? [] : guards(of: left, when: false).union(guards(of: right, when: false))
        case .not(let operand): return guards(of: operand, when: !outcome)
        case .test(let operand, let name, _, let isNegated):
            guard let path = path(of: operand) else { return [] }
            if name == "defined" { return outcome != isNegated ? [path] : [] }
            if name == "undefined" { return outcome == isNegated ? [path] : [] }
            return outcome && !isNegated ? [path] : []
        case .filter(let operand?, _, _): return outcome ? guards(of: operand, when: true) : []
        case .compare(let first, let rest):
            return outcome ? Set(([first] + rest.map(\.operand)).compactMap { path(of: $0) }) : []
        default: return outcome ? Set([path(of: test)].compactMap { $0 }) : []
        }
    }
}

extension Names.Path {
    /// Any item of what the path leads to.
    var item: Names.Path { Names.Path(root: root, steps: steps + [.any]) }
}
