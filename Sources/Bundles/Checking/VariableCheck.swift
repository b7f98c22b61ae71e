import Documents
import Schemas

/// Holds the variables that a part's Terraform files read against those that are declared beside them.
struct VariableCheck {
    let bundle: Bundle
    let part: Bundle.Part
    let manifest: Manifest

    var findings: [Finding] {
        let files = manifest.templateFiles(in: bundle, part: part).compactMap {
            name -> (Source, TerraformReferences)? in
            guard let source = bundle.source(part.path(name)) else { return nil }
            return (source, TerraformReferences(source.bytes))
        }
        let made = TerraformReferences(Array(GeneratedVariables.text(of: part).utf8)).declared
        let own = files.reduce(into: Set<String>()) { $0.formUnion($1.1.declared) }
        return files.flatMap { source, references in
            references.reads.compactMap { finding(about: $0, in: source, made, own) }
        }
    }

    private func finding(
        about read: TerraformReferences.Read, in source: Source, _ made: Set<String>, _ own: Set<String>
    ) -> Finding? {
        let name = read.path[0]
        // What the bundle declares itself is its own affair.
        if own.contains(name) { return nil }
        let place = source.place(at: read.offset, length: 4 + read.path.joined(separator: ".").unicodeScalars.count)
        guard made.contains(name) else {
            let names = made.union(own).sorted()
            let near = NearWord.nearest(to: name, among: names).map { "Write var.\($0)." }
            return Finding(
                "bundle.reference",
                "A variable must be declared, but \(name) stands neither in \(GeneratedVariables.fileName(of: part)) nor in the bundle.",
                hint: near ?? "Use one of: \(names.joined(separator: ", ")); or declare it with a default.",
                place: place)
        }
        guard !read.isGuarded, read.path.count > 2, read.path[1] == "inputs", let schema = inputs(of: name) else {
            return nil
        }
        let names = schema.inputs.map(\.name)
        guard !names.contains(read.path[2]), !(schema.acceptsUnknownInputs && names.isEmpty) else { return nil }
        let input = read.path[2]
        let near = NearWord.nearest(to: input, among: names)
        return Finding(
            "bundle.reference", "An input that a file reads must stand in the schema, but \(input) does not.",
            hint: near.map { "Write \($0), or declare \(input) in the schema." } ?? "Declare \(input) in the schema.",
            place: place)
    }

    /// The schema behind `var.NAME.inputs`.
    private func inputs(of name: String) -> Schema? {
        switch (name, part) {
        case ("environment", .environment): bundle.inputs(of: .environment)
        case ("service_instance", .instance): bundle.inputs(of: .instance)
        case ("pipeline", .pipeline): bundle.inputs(of: .pipeline)
        case (_, _): nil
        }
    }
}
