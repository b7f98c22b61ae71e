import Documents
import Jinja
import Schemas

/// Finds text inputs that stand in YAML without quotes, where `yes` or `0123` would not stay text.
struct QuotingCheck {
    let bundle: Bundle
    let part: Bundle.Part

    func findings(in template: Jinja.Template) -> [Finding] {
        template.emissions.compactMap { emission in
            guard emission.quoting == .plain, emission.isWholeScalar, !emission.isInComment,
                emission.paths.count == 1, let path = emission.paths.first, isRisky(path),
                isBare(path, in: emission, of: template)
            else { return nil }
            return Finding(
                "bundle.quotes", .warning, "A text input must stand in quotes, but \(path) stands without.",
                hint: "Put the placeholder into quotes, so that values such as yes or 0123 stay text.",
                place: emission.place)
        }
    }

    /// Whether the value is printed as it is: filters such as `tojson` write quotes of their own.
    private func isBare(_ path: String, in emission: Emission, of template: Jinja.Template) -> Bool {
        let columns = emission.place.column..<(emission.place.column + emission.place.length)
        return template.references.contains {
            $0.path == path && $0.use == .printed && $0.place.line == emission.place.line
                && columns.contains($0.place.column)
        }
    }

    /// Whether `path` is a text input whose values may look like something else.
    private func isRisky(_ path: String) -> Bool {
        let owners: [(prefix: String, part: Bundle.Part)] = [
            ("environment.inputs.", .environment), ("service_instance.inputs.", .instance),
            ("service_instances[*].inputs.", .instance), ("pipeline.inputs.", .pipeline),
        ]
        guard let owner = owners.first(where: { path.hasPrefix($0.prefix) }),
            let schema = bundle.inputs(of: owner.part),
            let input = schema.inputs.first(where: { owner.prefix + $0.name == path }), input.type == .string
        else { return false }
        guard let object = bundle.schema?.document.value[input.pointer], let choices = object["enum"]?.list else {
            return true
        }
        return !choices.allSatisfy { choice in choice.string.map(YAMLText.isPlain) ?? false }
    }
}
