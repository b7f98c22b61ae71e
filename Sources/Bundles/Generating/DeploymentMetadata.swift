package import Catalog
import Documents

/// `.proton/deployment-metadata.json`: who stands behind a directory of generated files.
package struct DeploymentMetadata: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// - Parameter environment: The ARN of an instance's environment; `nil` for other targets.
        case template(arn: String, version: VersionNumber, environment: String?)
        /// - Parameters: The ARNs of what it belongs to; service and instance of an attached one.
        case component(environment: String, service: String?, instance: String?)
    }

    package static let path = ".proton/deployment-metadata.json"

    /// Of the environment, instance, pipeline or component.
    package var arn: String
    package var source: Source
    /// `nil` for what was deleted.
    package var deployment: String?

    package init(arn: String, source: Source, deployment: String?) {
        self.arn = arn
        self.source = source
        self.deployment = deployment
    }

    package var text: String {
        var object = Object([
            ("deploymentId", .string(deployment ?? "<proton-resource-deleted>")),
            ("isResourceDeleted", .bool(deployment == nil)),
        ])
        switch source {
        case .template(let template, let version, let environment):
            var resource = Object([
                ("arn", .string(arn)), ("templateArn", .string(template)),
                ("templateMajorVersion", .string(String(version.major))),
                ("templateMinorVersion", .string(String(version.minor))),
            ])
            resource["environmentArn"] = environment.map { .string($0) }
            object["resourceMetadata"] = .object(resource)
        case .component(let environment, let service, let instance):
            var component = Object([("arn", .string(arn)), ("environmentArn", .string(environment))])
            component["serviceArn"] = service.map { .string($0) }
            component["serviceInstanceArn"] = instance.map { .string($0) }
            component["componentType"] = "default"
            object["componentMetadata"] = .object(component)
        }
        return Value.object(object).json(.jackson)
    }
}
