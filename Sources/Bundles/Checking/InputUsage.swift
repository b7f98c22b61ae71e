import Catalog
import Documents
import Schemas

/// Which inputs the templates of a bundle read, to tell those that nothing reads.
struct InputUsage {
    private var readNames: [Bundle.Part: Set<String>] = [:]
    private var readWhole: Set<Bundle.Part> = []
    /// Parts whose inputs somebody else reads, or whose template could not be read.
    private var opaque: Set<Bundle.Part> = []

    mutating func note(_ part: Bundle.Part, _ language: Language, isRead: Bool) {
        guard language != .cloudFormation || !isRead else { return }
        opaque.insert(part)
        // A pipeline sees its instances' inputs.
        if part == .pipeline { opaque.insert(.instance) }
    }

    mutating func read(_ name: String, of part: Bundle.Part) { readNames[part, default: []].insert(name) }

    mutating func readAll(of part: Bundle.Part) { readWhole.insert(part) }

    /// An object above the inputs is used as a whole.
    mutating func readAllBelow(_ shape: Shape) {
        switch shape {
        case .inputs(let part): readWhole.insert(part)
        case .members(let members): for member in members { readAllBelow(member.shape) }
        case .list(let item): readAllBelow(item)
        case .open, .environmentOutputs, .instanceOutputs: break
        }
    }

    func findings(for bundle: Bundle) -> [Finding] {
        let parts: [(Bundle.Part, SchemaFile.InputType)] = [
            (.environment, .environment), (.instance, .service), (.pipeline, .pipeline),
        ]
        return parts.flatMap { part, type -> [Finding] in
            guard let schema = bundle.schema, let entry = schema.types[type], bundle.manifests[part] != nil,
                !opaque.contains(part), !readWhole.contains(part)
            else { return [] }
            // A secret may be there for a hook alone, and hooks are no part of a bundle.
            let unused = entry.schema.inputs.filter {
                readNames[part]?.contains($0.name) != true && !$0.notes.isSecret
            }
            return unused.map { input in
                Finding(
                    "bundle.unused", .warning,
                    "An input must be read by a template, but \(input.name) is read by none.",
                    hint: "Remove it from the schema, or use it.", place: schema.document.keyPlace(of: input.pointer),
                    pointer: input.pointer)
            }
        }
    }
}
