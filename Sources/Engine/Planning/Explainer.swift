import Bundles
import Catalog
import Documents
import Jinja
import Schemas

/// Tells of each line of a rendered file which values flowed into it, what decided that it is there, and who set those.
struct Explainer: Sendable {
    private let file: RenderedTemplate
    private let context: Value
    private let inputs: InputSources

    init(_ file: RenderedTemplate, _ context: Value, _ inputs: InputSources) {
        self.file = file
        self.context = context
        self.inputs = inputs
    }

    var origins: FileOrigins { FileOrigins { origin(ofLine: $0) } }

    func origin(ofLine line: Int) -> LineOrigin? {
        guard line > 0, line <= file.source.lineCount else { return nil }
        let pieces = file.pieces(line: line)
        var conditions: [LineOrigin.Condition] = []
        for condition in pieces.flatMap(\.conditions) {
            let found = LineOrigin.Condition(
                isLoop: condition.kind == .loop, place: condition.place, tag: condition.text,
                values: values(condition.inputs))
            if !conditions.contains(found) { conditions.append(found) }
        }
        return LineOrigin(
            line: line,
            pieces: pieces.map { piece in
                LineOrigin.Piece(
                    text: String(decoding: file.bytes[piece.range], as: UTF8.self), place: piece.place,
                    tag: piece.isPlaceholder ? piece.text : nil, values: values(piece.inputs))
            }, conditions: conditions)
    }

    private func values(_ paths: [InputPath]) -> [LineOrigin.ReadValue] {
        paths.map { path in
            let value = path.value(in: context)
            return LineOrigin.ReadValue(
                path: path.description, value: inputs.hides(path) ? nil : value?.json(),
                source: value == nil ? .nobody : inputs.source(of: path))
        }
    }
}

/// Where the inputs of one target stand in its spec.
struct InputSources: Sendable {
    private let document: Document?
    /// Where the target's own inputs are in the spec.
    private let base: Pointer
    private let environment: String
    /// Inputs whose values are not shown.
    private let hidden: Set<String>

    /// - Parameter instance: The place of an instance among those of its service.
    init(_ spec: Document?, _ part: Bundle.Part, instance: Int?, environment: String, schema: Schema?) {
        document = spec
        base =
            switch part {
            case .environment, .component: Pointer(["spec"])
            case .instance: Pointer(["instances", String(instance ?? 0), "spec"])
            case .pipeline: Pointer(["pipeline"])
            }
        self.environment = environment
        hidden = Set(schema?.form().fields.filter(\.isSecret).map(\.name) ?? [])
    }

    /// The names of a path behind `inputs`, and where in the spec those inputs are; `nil` where it leads elsewhere.
    private func input(_ path: InputPath) -> (base: Pointer, names: [String])? {
        let names = path.steps.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            case .any: ""
            }
        }
        switch path.root {
        case "environment", "service_instance", "pipeline":
            return names.first == "inputs" ? (base, Array(names.dropFirst())) : nil
        case "service_instances":
            guard names.count > 1, names[1] == "inputs" else { return nil }
            return (Pointer(["instances", names[0], "spec"]), Array(names.dropFirst(2)))
        default: return nil
        }
    }

    func hides(_ path: InputPath) -> Bool {
        guard let (_, names) = input(path) else { return false }
        return names.first.map { hidden.contains($0) } ?? !hidden.isEmpty
    }

    func source(of path: InputPath) -> LineOrigin.Source {
        if let (base, names) = input(path) {
            let pointer = Pointer(base.steps + names)
            guard let document, document.value[pointer] != nil else { return .schemaDefault }
            return .spec(document.place(of: pointer))
        }
        if path.root == "environment", path.steps.first == .key("outputs") { return .output(of: environment) }
        return .order
    }
}

extension InputPath {
    /// What stands at the path.
    fileprivate func value(in context: Value) -> Value? {
        var value = context[root]
        for step in steps {
            switch step {
            case .key(let key): value = value?[key]
            case .index(let index): value = value?[index]
            case .any: return nil
            }
        }
        return value
    }
}
