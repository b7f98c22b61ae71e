import Bundles
import CloudFormation
import Catalog
import Documents
import Provisioning

/// How a rendering stands to the stack's own template.
package enum AdoptionVerdict: String, Hashable, Sendable, CaseIterable {
    /// They mean the same.
    case clean
    case differs
    /// Nobody can tell, such as where the stack's template can't be read.
    case unknown
}

/// A stack's own template, as it lies in the account.
struct StackContent: Sendable {
    var description: StackDescription
    var template: String
    var resources: [ProvisionedResource]

    /// Those that a template names, by what is known without asking for them.
    static func resources(in template: String) -> [ProvisionedResource] {
        let read = Document.read(Source(name: "stack", text: template), as: .cloudFormation)
        guard let document = read.document else { return [] }
        return CloudFormation.Template.read(document).template.resources.map {
            ProvisionedResource(logicalID: $0.logicalID, type: $0.type, physicalID: "")
        }
    }

    /// What renderings are compared with.
    func base(in connection: Connection) -> StackBase {
        StackBase(
            RenderedFile(path: "stack", text: template), recorded: resources,
            at: StackPlace(connection, description.name))
    }
}

extension Engine {
    /// Compares what a version renders with what a stack was made from.
    ///
    /// - Parameter filled: The inputs with defaults.
    func match(
        _ wanted: Wanted, _ filled: Value, with base: StackBase
    ) throws -> (verdict: AdoptionVerdict, rendered: Rendered, comparison: StackComparison) {
        let loaded = try bundle(of: wanted.version)
        let rendered = Rendered(
            loaded.bundle, Engine.part(of: wanted.target), try context(for: wanted, inputs: filled),
            arn: try arn(of: wanted))
        let comparison = compare(rendered, with: base)
        guard rendered.template != nil, base.before != nil else { return (.unknown, rendered, comparison) }
        return (comparison.changes.isEmpty ? .clean : .differs, rendered, comparison)
    }

    /// A plan whose file is the stack's own template: what is there.
    func adoptedPlan(
        _ wanted: Wanted, _ filled: Value, _ content: StackContent, _ rendered: Rendered, _ connection: Connection
    ) -> Plan {
        Plan(
            target: wanted.target, action: .adopt, template: wanted.version.template, version: wanted.version.number,
            environment: wanted.environment?.target.name ?? "", stage: wanted.stage, connection: connection.name,
            provisioner: connection.provisioner.rawValue, stack: content.description.name, spec: wanted.spec,
            revision: 1, inputs: filled,
            files: [RenderedFile(path: rendered.files.first?.path ?? "cloudformation.yaml", text: content.template)],
            grounds: Engine.grounds(
                connection, nil, bundle: wanted.version.digest, environment: wanted.environment))
    }
}
