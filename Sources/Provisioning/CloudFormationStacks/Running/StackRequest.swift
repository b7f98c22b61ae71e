internal import Catalog
internal import CloudFormation
internal import Crypto
internal import Documents
internal import Foundation

/// What a job asks of CloudFormation, beside the stack that is there.
struct StackRequest: Sendable {
    let job: Job
    /// As far as it can be read; CloudFormation itself says what is wrong with it.
    let template: CloudFormation.Template?

    init(_ job: Job) {
        self.job = job
        let document = Document.read(Source(name: job.path, text: job.template), as: .cloudFormation).document
        template = document.map { CloudFormation.Template.read($0).template }
    }

    /// The connection's role, or the one that the stack has.
    var role: String { job.connection.role(of: job.identity) }

    /// What the template needs to be let do, and what was given before.
    var capabilities: [String] {
        var all = Set(job.identity?.capabilities ?? [])
        let types = template?.resources.map(\.type) ?? []
        let isNested = types.contains("AWS::CloudFormation::Stack")
        let hasRoles =
            template == nil ? job.template.contains("AWS::IAM::") : types.contains { $0.hasPrefix("AWS::IAM::") }
        // What is in nested templates, and what macros make, is not known.
        let hasMacros = template?.hasMacros ?? job.template.contains("Transform")
        if hasRoles || isNested || hasMacros { all.insert("CAPABILITY_NAMED_IAM") }
        if isNested || hasMacros { all.insert("CAPABILITY_AUTO_EXPAND") }
        return all.sorted()
    }

    /// The stack's own tags stay, those of the connection and of the target go over them.
    func tags(over stack: StackDescription?) -> [String: String] {
        var all = job.identity?.tags ?? [:]
        for tags in [stack?.tags ?? [:], job.connection.settings.tags, job.tags] {
            all.merge(tags) { _, later in later }
        }
        // Those are AWS's own, and refused from anybody else.
        return all.filter { !$0.key.hasPrefix("aws:") }
    }

    var notificationTopics: [String] {
        Set(job.connection.settings.notificationTopics + (job.identity?.notificationTopics ?? [])).sorted()
    }

    /// What does not fit into arguments, or is nobody's business.
    func input(over stack: StackDescription?, templateAddress: String?) -> Object {
        var input = Object()
        if let templateAddress {
            input["TemplateURL"] = .string(templateAddress)
        } else {
            input["TemplateBody"] = .string(job.template)
        }
        let parameters = parameters(over: stack)
        if !parameters.isEmpty { input["Parameters"] = .list(parameters) }
        let tags = tags(over: stack).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        if !tags.isEmpty { input["Tags"] = .list(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] }) }
        if !role.isEmpty { input["RoleARN"] = .string(role) }
        if !capabilities.isEmpty { input["Capabilities"] = .list(capabilities.map(Value.string)) }
        if !notificationTopics.isEmpty { input["NotificationARNs"] = .list(notificationTopics.map(Value.string)) }
        return input
    }

    /// Given values, and for the rest what the stack has: a hidden value that was given once stays.
    private func parameters(over stack: StackDescription?) -> [Value] {
        var all = job.parameters.map { name, value -> Value in
            ["ParameterKey": .string(name), "ParameterValue": .string(ScalarText.joined(value))]
        }
        for parameter in template?.parameters ?? [] where job.parameters[parameter.name] == nil {
            guard stack?.parameters[parameter.name] != nil else { continue }
            all.append(["ParameterKey": .string(parameter.name), "UsePreviousValue": true])
        }
        return all
    }

    // MARK: Large templates

    var isLarge: Bool { job.template.utf8.count > ServiceLimits.sentBytes }

    /// Where a large template goes: the same text always to the same place.
    ///
    /// - Throws: A `Failure` where it can't go anywhere.
    func upload() throws -> (bucket: String, key: String, address: String) {
        let size = job.template.utf8.count
        guard size <= ServiceLimits.uploadedBytes else {
            throw Failure(
                reason: "The template must have at most \(ServiceLimits.uploadedBytes) bytes, but has \(size).",
                hint: "Split it into nested stacks, or into several templates.")
        }
        let bucket = job.connection.settings.bucket
        guard !bucket.isEmpty else {
            throw Failure(
                reason:
                    "A template of more than \(ServiceLimits.sentBytes) bytes must go by a bucket, but the connection "
                    + "\(job.connection.name) names none; this one has \(size).",
                hint: "Name a bucket of the account in the connection's settings.")
        }
        let digest = SHA256.hash(data: Data(job.template.utf8)).map { String(format: "%02x", $0) }.joined()
        let key = "baryon/templates/\(digest)"
        let domain = job.region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        // A name with dots is not covered by the certificate that names the bucket.
        let address =
            bucket.contains(".")
            ? "https://s3.\(job.region).\(domain)/\(bucket)/\(key)"
            : "https://\(bucket).s3.\(job.region).\(domain)/\(key)"
        return (bucket, key, address)
    }
}
