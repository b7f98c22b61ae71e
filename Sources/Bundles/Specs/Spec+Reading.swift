package import Catalog
package import Documents
import Schemas

extension Spec {
    /// How long a spec may be, as the service had it.
    package static let longest = 51_200

    /// Reads a spec and reports all faults of its shape; its inputs are checked against a bundle by `findings(for:)`.
    ///
    /// - Returns: A spec even where findings are errors, as long as the text is an object: forms show what is there.
    package static func read(_ source: Source, kind: TemplateKind) -> (spec: Spec?, findings: [Finding]) {
        let (document, faults) = Document.read(source, as: .spec, limits: Limits(bytes: longest))
        guard let document else { return (nil, faults) }
        var reader = SpecReader(document: document)
        switch kind {
        case .environment: reader.readEnvironment()
        case .service: reader.readService()
        // Its inputs are its instance's: it has none to read.
        case .component: break
        }
        let findings = faults + reader.findings
        let isObject = document.value.object != nil
        return (isObject ? Spec(document: document, value: document.value) : nil, findings)
    }

    /// A spec that a program made, such as a form; it has no places.
    package init(_ value: Value) {
        let source = Source(name: "spec", text: value.yaml)
        let read = Document.read(source, as: .spec).document
        self.init(
            document: read ?? Document(source: source, root: Node(.object([]), line: 1, column: 1)), value: value)
    }
}

private struct SpecReader {
    let document: Document
    private(set) var findings: [Finding] = []

    init(document: Document) { self.document = document }

    private mutating func report(
        _ code: Finding.Code, _ message: String, hint: String, at pointer: Pointer,
        severity: Finding.Severity = .error
    ) {
        findings.append(
            Finding(code, severity, message, hint: hint, place: document.place(of: pointer), pointer: pointer))
    }

    mutating func readEnvironment() {
        guard let top = top(tag: "EnvironmentSpec", keys: ["spec"]) else { return }
        _ = object(top["spec"], "spec", at: Pointer(["spec"]))
    }

    mutating func readService() {
        guard let top = top(tag: "ServiceSpec", keys: ["pipeline", "instances"]) else { return }
        _ = object(top["pipeline"], "pipeline", at: Pointer(["pipeline"]))
        let pointer = Pointer(["instances"])
        guard let items = top["instances"]?.list else {
            report(
                "spec.instances",
                "A ServiceSpec must list its instances, but \(top["instances"].map { "instances is \($0.kind)" } ?? "does not").",
                hint: "Add instances: with name, environment and spec of each.", at: pointer)
            return
        }
        if items.isEmpty {
            report(
                "spec.instances", "A ServiceSpec must have at least one instance, but has none.",
                hint: "Add an instance with name, environment and spec.", at: pointer)
        }
        var names: [String: Int] = [:]
        for (index, item) in items.enumerated() {
            let pointer = pointer.appending(index)
            guard let name = instance(item, at: pointer) else { continue }
            if let first = names.updateValue(index, forKey: name) {
                report(
                    "spec.duplicate", "An instance's name must stand once, but \(name) is also instance \(first + 1).",
                    hint: "Rename one of the two.", at: pointer.appending("name"))
            }
        }
    }

    private mutating func top(tag: String, keys: [String]) -> Object? {
        guard document.value != .null else {
            report(
                "spec.empty", "A spec must say proton: \(tag), but is empty.", hint: "Start with proton: \(tag).",
                at: Pointer())
            return nil
        }
        guard let top = document.value.object else {
            report(
                "spec.shape", "A spec must be an object, but is \(document.value.kind).",
                hint: "Start with proton: \(tag).",
                at: Pointer())
            return nil
        }
        if top["proton"]?.string != tag { reportKind(top["proton"], tag) }
        unknown(
            top, in: tag == "EnvironmentSpec" ? "An EnvironmentSpec" : "A \(tag)", allowed: ["proton"] + keys,
            at: Pointer())
        return top
    }

    private mutating func unknown(_ object: Object, in what: String, allowed: [String], at pointer: Pointer) {
        for key in object.keys where !allowed.contains(key) {
            let near = NearWord.nearest(to: key, among: allowed).map { "Did you mean \($0)?" }
            let own = pointer.appending(key)
            findings.append(
                Finding(
                    "spec.unknown", "\(what) must hold \(allowed.joined(separator: ", ")), but holds \(key).",
                    hint: near ?? "Remove it, or move it to where it belongs.", place: document.keyPlace(of: own),
                    pointer: own))
        }
    }

    private mutating func reportKind(_ found: Value?, _ tag: String) {
        let pointer = Pointer(["proton"])
        guard let found else {
            report(
                "spec.kind", "The spec must say proton: \(tag), but does not.", hint: "Write proton: \(tag) on top.",
                at: pointer)
            return
        }
        let text = found.string ?? found.kind
        let isOther = ["EnvironmentSpec", "ServiceSpec"].contains(text)
        report(
            "spec.kind",
            "The spec must say proton: \(tag), but says \(text)\(isOther ? "" : ", which is no kind of spec").",
            hint: isOther
                ? "It is written for \(text == "ServiceSpec" ? "a service" : "an environment"): use it there, or write another."
                : "Write proton: \(tag).", at: pointer)
    }

    private mutating func object(_ value: Value?, _ name: String, at pointer: Pointer) -> Object? {
        switch value {
        case nil, .null?: return nil
        case .object(let object)?: return object
        case let value?:
            report(
                "spec.shape", "\(name) must be an object of inputs, but is \(value.kind).",
                hint: "Write each input as name: value, indented below.", at: pointer)
            return nil
        }
    }

    private mutating func instance(_ item: Value, at pointer: Pointer) -> String? {
        guard let object = item.object else {
            report(
                "spec.shape", "An instance must be an object, but is \(item.kind).",
                hint: "Write name, environment and spec.", at: pointer)
            return nil
        }
        unknown(object, in: "An instance", allowed: ["name", "environment", "spec"], at: pointer)
        let name = self.name(object, "name", "The instance's name", at: pointer)
        _ = self.name(object, "environment", "The environment's name", at: pointer)
        _ = self.object(object["spec"], "spec", at: pointer.appending("spec"))
        return name
    }

    private mutating func name(_ object: Object, _ key: String, _ what: String, at pointer: Pointer) -> String? {
        guard let value = object[key] else {
            let known = ["name", "environment", "spec"]
            // A misspelt key is told as such already.
            let isMisspelt = object.keys.contains {
                !known.contains($0) && NearWord.nearest(to: $0, among: known) == key
            }
            if !isMisspelt {
                report(
                    "spec.missing", "An instance must have the key \(key), but has not.", hint: "Add \(key).",
                    at: pointer)
            }
            return nil
        }
        guard let name = value.string else {
            report(
                "spec.shape", "\(what) must be text, but is \(value.kind).", hint: "Put it into quotes.",
                at: pointer.appending(key))
            return nil
        }
        if var fault = Name.fault(in: name, what: what) {
            fault.pointer = pointer.appending(key)
            fault.place = document.place(of: pointer.appending(key))
            findings.append(fault)
        }
        return name
    }
}
