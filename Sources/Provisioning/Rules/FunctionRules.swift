internal import CloudFormation
internal import Documents

/// What Lambda refuses of functions.
enum FunctionRules {
    static let all = [
        ServiceRule("AWS::Lambda::Function", "AWS::Serverless::Function", check: runtime),
        ServiceRule("AWS::Lambda::Function", check: package),
        ServiceRule("AWS::Lambda::Function", "AWS::Serverless::Function", check: environment),
    ]

    private static func runtime(_ proposal: Proposal) -> Refusal? {
        guard let name = proposal.text("Runtime") else { return nil }
        guard let runtime = ResourceFacts.lambdaRuntime(name) else { return nil }
        let end = proposal.isNew ? runtime.blocksCreationOn : runtime.blocksUpdatesOn
        // Days are spelled so that their texts compare as they do.
        guard let end, !proposal.day.isEmpty, end <= proposal.day else { return nil }
        return Refusal(
            "The runtime must be one that Lambda still \(proposal.isNew ? "creates" : "updates") functions with, "
                + "but \(name) ended on \(end).",
            hint: runtime.successor.map { "Choose \($0)." } ?? "Choose a newer runtime.")
    }

    private static func package(_ proposal: Proposal) -> Refusal? {
        guard proposal.text("PackageType") != "Image", proposal["Code/ImageUri"] == nil else { return nil }
        for name in ["Handler", "Runtime"] where proposal[name] == nil {
            return Refusal(
                "A function from an archive must have a \(name.lowercased()), but has none.", hint: "Set \(name).")
        }
        return nil
    }

    private static func environment(_ proposal: Proposal) -> Refusal? {
        let reserved: Set = [
            "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR", "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_EXECUTION_ENV",
        ]
        let variables = proposal["Environment/Variables"]?.object ?? Object()
        guard let name = variables.keys.first(where: reserved.contains) else { return nil }
        return Refusal(
            "A function must not set a variable that Lambda sets itself, but sets \(name).", hint: "Rename it.")
    }
}
