import Catalog

/// What the resources of a new bundle are written in.
package enum NewBundleLanguage: String, Hashable, Sendable, CaseIterable {
    case cloudFormation = "cloudformation"
    case terraform
}

/// The files of a bundle that somebody begins with: small, complete, without a finding.
enum NewBundle {
    typealias File = (path: String, text: String)

    static func files(
        named name: String, kind: TemplateKind, language: NewBundleLanguage,
        compatibleWith environments: [CompatibleEnvironment]
    ) -> [File] {
        switch (kind, language) {
        case (.environment, .cloudFormation): environment(name) + cloudFormationBucket
        case (.environment, .terraform): environment(name) + terraformBucket
        case (.service, .cloudFormation): service(name, environments) + cloudFormationQueue
        case (.service, .terraform): service(name, environments) + terraformQueue
        case (.component, .cloudFormation): cloudFormationComponent
        case (.component, .terraform): terraformComponent
        }
    }

    private static func readme(_ name: String, _ summary: String, makes: String) -> String {
        """
        # \(name)

        \(summary)

        ## What it makes

        \(makes)

        ## For its authors

        `baryon template check .` tells every fault with its place. `baryon template test .` renders the specs in `spec/` and
        compares what comes of them with `spec/rendered/`; after a change that is meant, say `--update` and read the
        difference in your version control.

        """
    }

    /// `orders-store` as a name of a type: `OrdersStore`.
    private static func typeName(_ name: String) -> String {
        let words = name.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let text = words.joined()
        return text.first?.isNumber == false ? text : "Inputs" + text
    }

    private static func environment(_ name: String) -> [File] {
        let type = typeName(name)
        return [
            (
                "schema/schema.yaml",
                """
                schema:
                  format:
                    openapi: "3.0.0"
                  environment_input_type: "\(type)"
                  types:
                    \(type):
                      type: object
                      description: A bucket that the services of the environment share.
                      properties:
                        retention_days:
                          type: integer
                          title: Retention
                          description: How long files are kept.
                          minimum: 1
                          maximum: 3650
                          default: 30
                          x-unit: days
                        versioned:
                          type: boolean
                          title: Versions
                          description: Keep earlier versions of files that are written again.
                          default: true

                """
            ),
            ("README.md", readme(name, "A bucket that the services of an environment share.", makes: "- the bucket")),
            ("NOTES.md", "First version.\n"),
            ("spec/defaults.yaml", "proton: EnvironmentSpec\nspec: {}\n"),
            (
                "spec/short-lived.yaml",
                "proton: EnvironmentSpec\nspec:\n  retention_days: 7\n  versioned: false\n"
            ),
        ]
    }

    private static func service(_ name: String, _ environments: [CompatibleEnvironment]) -> [File] {
        let type = typeName(name)
        let compatible = environments.map { "  - \($0)\n" }.joined()
        return [
            (
                ".template-registration.yaml",
                "# Environments that an instance can run in.\ncompatible_environments:\n\(compatible)"
            ),
            (
                "schema/schema.yaml",
                """
                schema:
                  format:
                    openapi: "3.0.0"
                  service_input_type: "\(type)"
                  types:
                    \(type):
                      type: object
                      description: A queue for the work of a service.
                      properties:
                        visibility_seconds:
                          type: integer
                          title: Time for a message
                          description: A message that is not done by then is given to another worker.
                          minimum: 0
                          maximum: 43200
                          default: 30
                          x-unit: seconds
                        attempts:
                          type: integer
                          title: Attempts
                          description: A message that went wrong so often is set aside.
                          minimum: 1
                          maximum: 1000
                          default: 3

                """
            ),
            (
                "README.md",
                readme(
                    name, "A queue for the work of a service.",
                    makes: "- the queue\n- a second queue for what could not be done")
            ),
            ("NOTES.md", "First version.\n"),
            (
                "spec/two-instances.yaml",
                """
                proton: ServiceSpec
                instances:
                  - name: dev
                    environment: demo
                    spec: {}
                  - name: prod
                    environment: demo
                    spec:
                      visibility_seconds: 300
                      attempts: 5

                """
            ),
            (
                "spec/two-instances.given.yaml",
                """
                # What a deployment would know: outputs that the template reads stand here too.
                service:
                  name: orders
                environment:
                  name: demo
                  outputs: {}

                """
            ),
        ]
    }
}
