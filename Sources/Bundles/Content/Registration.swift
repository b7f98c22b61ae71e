package import Catalog
import Documents

/// What a bundle says about itself for registering: the environments that it runs in.
package struct Registration: Hashable, Sendable {
    package var compatibleEnvironments: [CompatibleEnvironment] = []
    /// Whether developers may attach components to instances of it.
    package var takesComponents = false
    package var description: String?

    package init() {}

    static let directlyDefined = "DIRECTLY_DEFINED"
}

/// Reads `.template-registration.yaml` and the plain list `.compatible-envs`.
struct RegistrationReader {
    private(set) var registration = Registration()
    private(set) var findings: [Finding] = []

    mutating func readYAML(_ source: Source) {
        let (document, faults) = Document.read(source, as: .spec)
        findings += faults
        guard let document, document.value != .null else { return }
        guard let object = document.value.object else {
            report(
                "The file must hold an object, but holds \(document.value.kind).", "List compatible_environments.",
                document, Pointer())
            return
        }
        for (key, value) in object {
            let pointer = Pointer([key])
            switch key {
            case "compatible_environments": readEnvironments(value, document, pointer)
            case "compatible_environment", "compatible_envs", "compatible-environments", "compatibleEnvironments":
                report(
                    "The key must be compatible_environments, but is \(key); it is read all the same.",
                    "Write compatible_environments.", document, pointer, .warning)
                readEnvironments(value, document, pointer)
            case "supported_component_sources":
                readSources(value, document, pointer)
            case "description": registration.description = value.string
            default:
                report(
                    "A registration file must hold compatible_environments, supported_component_sources or description, but holds \(key).",
                    "Remove it, or check its spelling.", document, pointer, .warning)
            }
        }
    }

    private mutating func report(
        _ message: String, _ hint: String, _ document: Document, _ pointer: Pointer,
        _ severity: Finding.Severity = .error
    ) {
        findings.append(
            Finding("bundle.registration", severity, message, hint: hint, place: document.place(of: pointer)))
    }

    /// Components had one source: a file that a developer gave directly.
    private mutating func readSources(_ value: Value, _ document: Document, _ pointer: Pointer) {
        let isKnown = value.list.map { $0.allSatisfy { $0.string == Registration.directlyDefined } }
        guard isKnown == true else {
            report(
                "supported_component_sources must be a list of \(Registration.directlyDefined), but holds something else.",
                "Write - \(Registration.directlyDefined), or leave it out where no components may be attached.",
                document,
                pointer)
            return
        }
        registration.takesComponents = value.list?.isEmpty == false
    }

    private mutating func readEnvironments(_ value: Value, _ document: Document, _ pointer: Pointer) {
        guard let items = value.list else {
            report(
                "Compatible environments must be a list, but are \(value.kind).", "Write items like fargate-env:1.",
                document, pointer)
            return
        }
        for (index, item) in items.enumerated() {
            if let text = item.string, let environment = CompatibleEnvironment(text) {
                add(environment)
            } else if let object = item.object,
                let name = object["templateName"]?.string ?? object["template_name"]?.string,
                let major = object["majorVersion"] ?? object["major_version"],
                let environment = CompatibleEnvironment("\(name):\(major.string ?? major.json())")
            {
                add(environment)
            } else {
                report(
                    "A compatible environment must be a template and its major, but is \(item.string ?? item.kind).",
                    "Write it like fargate-env:1.", document, pointer.appending(index))
            }
        }
    }

    private mutating func add(_ environment: CompatibleEnvironment) {
        if !registration.compatibleEnvironments.contains(environment) {
            registration.compatibleEnvironments.append(environment)
        }
    }

    /// One `template:major` a line; blank lines and comments are skipped.
    mutating func readLines(_ source: Source) {
        for number in 1...max(1, source.lineCount) {
            let text = source.lineText(number)
            let words = text.split(whereSeparator: { " \t,".contains($0) })
            for word in words {
                if word.hasPrefix("#") { break }
                if let environment = CompatibleEnvironment(String(word)) {
                    add(environment)
                } else {
                    findings.append(
                        Finding(
                            "bundle.registration",
                            "A compatible environment must be a template and its major, but is \(word).",
                            hint: "Write it like fargate-env:1.",
                            place: source.place(line: number, column: 1, length: text.unicodeScalars.count)))
                }
            }
        }
    }
}
