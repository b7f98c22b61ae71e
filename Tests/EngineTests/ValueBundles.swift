import Catalog
import Engine
import Foundation

extension Bench {
    /// Writes a bundle below the bench, and gives its path.
    func bundle(_ name: String, _ files: [String: String]) throws -> String {
        let root = directory + "/bundles/" + name
        for (path, text) in files {
            let url = URL(fileURLWithPath: root + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return root
    }

    /// The schema of a network that somebody else provisions.
    static func networkSchema(_ properties: String = "vpc_id: {type: string, pattern: '^vpc-'}") -> String {
        """
        schema:
          format: {openapi: "3.0.0"}
          environment_input_type: Network
          types:
            Network:
              type: object
              required: [vpc_id]
              properties:
                \(properties)
                subnet_ids: {type: string}

        """
    }

    static let manifest = """
        infrastructure:
          templates:
            - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}

        """

    /// Registers and publishes a template of values, and a service template that reads one of them.
    func registerValueTemplates() async throws {
        let network = try bundle("existing", ["schema/schema.yaml": Bench.networkSchema()])
        _ = try await engine.register(Registration(path: network))
        _ = try engine.publish("existing", .init(1, 0))
        let service = try bundle(
            "guard",
            [
                "schema/schema.yaml": """
                schema:
                  format: {openapi: "3.0.0"}
                  service_input_type: Guard
                  types:
                    Guard: {type: object, properties: {note: {type: string, default: none}}}

                """,
                "instance_infrastructure/manifest.yaml": Bench.manifest,
                "instance_infrastructure/cloudformation.yaml": """
                Resources:
                  Group:
                    Type: AWS::EC2::SecurityGroup
                    Properties:
                      GroupDescription: "{{ service_instance.inputs.note }}"
                      VpcId: "{{ environment.outputs.vpc_id }}"

                """,
            ])
        _ = try await engine.register(
            Registration(path: service, compatibleWith: [.init(template: "existing", major: 1)]))
        _ = try engine.publish("guard", .init(1, 0))
    }
}
