import Catalog
package import Documents
import Jinja
import Schemas

extension Bundle {
    /// An output of another target that a template reads.
    package struct Need: Hashable, Sendable {
        package let output: String
        package let place: Place
    }

    /// The environment outputs that the templates read without providing for their absence.
    package var needs: [Need] {
        Part.allCases.flatMap { part -> [Need] in
            guard let template = template(of: part).template, part != .environment else { return [] }
            return Self.needs(in: template.template, below: ["environment", "outputs"])
        }
    }

    /// The outputs at the end of paths that hold `steps` one after the other.
    static func needs(in template: Jinja.Template, below steps: [String]) -> [Need] {
        template.references.compactMap { reference in
            guard !reference.isGuarded else { return nil }
            var names = [reference.root]
            for step in reference.steps {
                switch step {
                case .key(let key): names.append(key)
                case .index, .any: names.append("*")
                }
            }
            guard names.count > steps.count else { return nil }
            for start in 0...(names.count - steps.count - 1) where Array(names[start..<(start + steps.count)]) == steps
            {
                let name = names[start + steps.count]
                return name == "*" ? nil : Need(output: name, place: reference.place)
            }
            return nil
        }
    }

    /// The outputs that a part declares; `nil` where only running it would tell.
    package func outputs(of part: Part) -> [String]? {
        if part == .environment, isCustomerManaged { return inputs(of: part)?.inputs.map(\.name) }
        guard let manifest = manifests[part] else { return nil }
        switch manifest.language {
        case .cloudFormation:
            return source(part.path(manifest.file)).flatMap(DeclaredOutputs.cloudFormation)
        case .terraform:
            return manifest.templateFiles(in: self, part: part).flatMap { file in
                source(part.path(file)).map(DeclaredOutputs.terraform) ?? []
            }
        case .codeBuild: return nil
        }
    }
}

/// What an environment template gives to those that run in it.
package struct EnvironmentOffer: Sendable {
    /// As sentences call it, such as `network 1.2`.
    package let name: String
    /// `nil` where only running it would tell.
    package let outputs: [String]?

    package init(_ bundle: Bundle, name: String? = nil) {
        self.name = name ?? bundle.name
        var seen: Set<String> = []
        // The branches of a condition may declare one output twice.
        outputs = bundle.outputs(of: .environment)?.filter { seen.insert($0).inserted }
    }
}

/// Outputs as they stand in files that are no documents before they are rendered.
enum DeclaredOutputs {
    /// The keys below `Outputs:`; `nil` when one of them is made by a placeholder.
    static func cloudFormation(_ source: Source) -> [String]? {
        var names: [String] = []
        var isInside = false
        var indent = 0
        for number in 1...max(1, source.lineCount) {
            let line = source.lineText(number)
            let content = line.drop { $0 == " " }
            if content.isEmpty || content.hasPrefix("#") || content.hasPrefix("{%") || content.hasPrefix("{#") {
                continue
            }
            let depth = line.count - content.count
            if depth == 0 {
                isInside = line.hasPrefix("Outputs:")
                indent = 0
                continue
            }
            guard isInside else { continue }
            if indent == 0 { indent = depth }
            guard depth == indent, let colon = content.firstIndex(of: ":") else { continue }
            let name = content[..<colon].filter { $0 != "\"" && $0 != "'" }
            if name.contains("{{") { return nil }
            names.append(String(name))
        }
        return names
    }

    static func terraform(_ source: Source) -> [String] {
        (1...max(1, source.lineCount)).compactMap { number in
            let words = source.lineText(number).split(whereSeparator: { " \t{".contains($0) })
            guard words.count >= 2, words[0] == "output" else { return nil }
            return words[1].filter { $0 != "\"" }
        }
    }
}

/// Holds the outputs that templates read against those that somebody gives.
struct OutputCheck {
    let bundle: Bundle

    func findings(_ environments: [EnvironmentOffer]) -> [Finding] {
        pipelineFindings + environmentFindings(environments)
    }

    /// A pipeline reads the outputs of the bundle's own instances.
    private var pipelineFindings: [Finding] {
        guard let template = bundle.template(of: .pipeline).template, let declared = bundle.outputs(of: .instance)
        else {
            return []
        }
        return Bundle.needs(in: template.template, below: ["service_instances", "*", "outputs"]).compactMap { need in
            guard !declared.contains(need.output) else { return nil }
            return Finding(
                "bundle.output",
                "An output that a pipeline reads must be one of its instances, but \(need.output) is none.",
                hint: declared.isEmpty
                    ? "Declare it under Outputs of the instance's template."
                    : "Declare it, or use one of: \(declared.joined(separator: ", ")).",
                place: need.place)
        }
    }

    private func environmentFindings(_ environments: [EnvironmentOffer]) -> [Finding] {
        let needs = bundle.needs
        guard !needs.isEmpty else { return [] }
        guard !environments.isEmpty else {
            let names = Set(needs.map(\.output)).sorted().joined(separator: ", ")
            return [
                Finding(
                    "bundle.needs", .note, "The templates need these outputs of their environment: \(names).",
                    hint: "Name the environment's bundle to have them checked.", place: needs.first?.place)
            ]
        }
        return needs.compactMap { need in
            let lacking = environments.filter { $0.outputs?.contains(need.output) == false }
            guard let first = lacking.first else { return nil }
            let names = lacking.map(\.name).joined(separator: " and ")
            let declared = first.outputs ?? []
            let near = NearWord.nearest(to: need.output, among: declared).map { "Did you mean \($0)?" }
            return Finding(
                "bundle.output",
                "An output that is read must be given by the environment, but \(names) \(lacking.count == 1 ? "does" : "do") not give \(need.output).",
                hint: near
                    ?? (declared.isEmpty
                        ? "Declare it under Outputs there." : "Use one of: \(declared.joined(separator: ", "))."),
                place: need.place)
        }
    }
}
