/// What the `aws` tool says when something is wrong, and what that means.
enum FaultTable {
    /// One way in which a call goes wrong.
    struct Row: Sendable {
        let kind: AWSFault.Kind
        /// The service's codes that mean it.
        var codes: Set<String> = []
        /// Texts that mean it, in lower case; of one entry all parts must occur.
        var texts: [[String]] = []
        /// The sentence, with `{…}` for what was found.
        let reason: String
        var hint = ""
    }

    static let checkNetwork = "Check the network, the region and AWS_ENDPOINT_URL, then try again."

    static func tookTooLong(_ limit: Duration) -> String {
        "The AWS CLI must answer within \(limit.components.seconds) seconds, but did not."
    }

    /// The first row that fits is taken: the narrow ones stand before the wide ones.
    static let rows: [Row] = [
        Row(
            kind: .expired, codes: ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"],
            texts: [
                ["token has expired"], ["sso session", "expired"], ["error loading sso token"],
                ["security token included in the request is expired"], ["token", "expired and refresh failed"],
                ["session has expired"],
            ],
            reason: "The sign-in to AWS must be valid, but has expired.", hint: "Run: aws sso login{profile}"),
        Row(
            kind: .credentialsMissing,
            texts: [
                ["unable to locate credentials"], ["partial credentials found"], ["nocredentials"],
                ["credentials", "could not be found"],
            ],
            reason: "The AWS CLI must have credentials, but has none{profileNote}.",
            hint: "Run: aws configure sso{profile}, or set AWS_PROFILE."),
        Row(
            kind: .credentialsMissing, texts: [["config profile", "could not be found"]],
            reason: "The AWS CLI must know the profile that the connection maps to, but does not{profileNote}.",
            hint: "Run: aws configure list-profiles"),
        Row(
            kind: .credentialsRefused,
            codes: [
                "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "SignatureDoesNotMatch",
                "InvalidAccessKeyId", "MissingAuthenticationToken", "InvalidSignatureException",
            ],
            reason: "AWS must accept the credentials, but refuses them: {detail}",
            hint: "Run: aws sts get-caller-identity{profile}"),
        Row(
            kind: .unreachable,
            texts: [
                ["could not connect to the endpoint"], ["connect timeout on endpoint"], ["read timeout on endpoint"],
                ["connection was closed before"], ["failed to connect to proxy"], ["ssl validation failed"],
                ["name or service not known"], ["connection reset by peer"], ["endpointconnectionerror"],
            ],
            reason: "Could not reach AWS: {detail}", hint: checkNetwork),
        Row(
            kind: .throttled,
            codes: [
                "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException",
                "RequestLimitExceeded", "SlowDown", "RequestThrottled",
            ],
            texts: [["rate exceeded"]],
            reason: "AWS lets nobody ask so often, and still refused after several tries.",
            hint: "Wait a minute, then try again."),
        Row(
            kind: .roleRefused,
            texts: [["cannot be assumed"], ["role", "is invalid or cannot"], ["cross-account pass role"]],
            reason: "CloudFormation must be able to take on the role {role}, but can't.",
            hint: "Let the role's trust policy name cloudformation.amazonaws.com, or choose another role."),
        Row(
            kind: .notImplemented,
            codes: ["InvalidAction", "UnknownOperationException", "NotImplemented", "NotImplementedException"],
            texts: [["has not been implemented"], ["not yet implemented"], ["could not find operation"]],
            reason: "The endpoint must know the operation {operation}, but does not."),
        Row(
            kind: .denied,
            codes: [
                "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException",
                "AuthorizationError",
            ],
            texts: [["is not authorized to perform"]],
            reason: "You must be allowed {action}{resource}, but are not.",
            hint: "Ask whoever runs the account to allow it, or use another profile."),
        Row(kind: .noChangeSet, codes: ["ChangeSetNotFound"], reason: "The change set is not there: {detail}"),
        Row(
            kind: .notExecutable, codes: ["InvalidChangeSetStatus"],
            reason: "The change set can't be executed: {detail}", hint: "Plan again."),
        Row(
            kind: .tokenReused, codes: ["TokenAlreadyExists", "TokenAlreadyExistsException"],
            reason: "This deployment's token was used for another operation already: {detail}",
            hint: "Submit the deployment anew."),
        Row(
            kind: .exists, codes: ["AlreadyExists", "AlreadyExistsException"],
            reason: "It is there already: {detail}"),
        Row(
            kind: .capabilities, codes: ["InsufficientCapabilities", "InsufficientCapabilitiesException"],
            texts: [["requires capabilities"]],
            reason: "The template needs a capability that was not given: {detail}",
            hint: "Add the capability to the stack's identity, or take the resource out of the template."),
        Row(
            kind: .quota, codes: ["LimitExceeded", "LimitExceededException"],
            reason: "The account's quota is used up: {detail}", hint: "Delete stacks, or ask AWS for a higher quota."),
        Row(
            kind: .bucketMissing, codes: ["NoSuchBucket"], texts: [["specified bucket does not exist"]],
            reason: "{bucket} must be there, but is not: {detail}",
            hint: "Make the bucket, or name another one in the connection's settings."),
        Row(
            kind: .templateTooLarge,
            texts: [
                ["'templatebody' failed to satisfy constraint"], ["template may not exceed"],
                ["less than or equal to 51200"],
            ],
            reason: "The template is too large for a request.",
            hint: "Name a bucket in the connection's settings: large templates go there first."),
        Row(
            kind: .protected, texts: [["terminationprotection is enabled"], ["termination protection"]],
            reason: "The stack must not be protected from termination to be deleted, but is.",
            hint: "Run: aws cloudformation update-termination-protection --no-enable-termination-protection"
                + " --stack-name {stack}{profile}"),
        Row(
            kind: .exportInUse, texts: [["export", "in use by"]],
            reason: "An output of the stack is still in use: {detail}", hint: "Remove what reads it first."),
        Row(
            kind: .noUpdates, texts: [["no updates are to be performed"], ["didn't contain changes"]],
            reason: "Nothing differs."),
        Row(
            kind: .busy, codes: ["OperationInProgressException", "OperationInProgress"],
            texts: [["_in_progress state"], ["currently in progress"]],
            reason: "The stack must be at rest, but is busy: {detail}",
            hint: "Wait until the other operation has ended, then deploy again."),
        Row(
            kind: .failedState,
            texts: [["state and can not be updated"], ["state and cannot be updated"], ["from current stack status"]],
            reason: "The stack is in a state that does not allow this: {detail}",
            hint: "Look at its status, and release it."),
        Row(
            kind: .noStack, texts: [["stack", "does not exist"]],
            reason: "The stack {stack} must be there, but is not."),
        Row(
            kind: .templateRefused,
            texts: [
                ["template format error"], ["template error"], ["template validation error"],
                ["unresolved resource dependencies"],
                ["parameters:", "must have values"], ["do not exist in the template"], ["invalid template"],
                ["unsupported structure"], ["transform", "failed"],
            ],
            reason: "CloudFormation refuses the template: {detail}",
            hint: "Mend the template, and publish a new version of it."),
        Row(
            kind: .unavailable,
            codes: [
                "InternalFailure", "InternalError", "ServiceUnavailable", "ServiceUnavailableException", "500", "502",
                "503",
            ],
            texts: [["unable to parse response"], ["internal server error"]],
            reason: "AWS must answer, but is out of order: {detail}", hint: "Try again later."),
        Row(
            kind: .badTool,
            texts: [["unknown options"], ["invalid choice"], ["command not found"], ["no such command"]],
            reason: "The AWS CLI must know what it is asked, but does not: {detail}", hint: "Install a newer one."),
        Row(
            kind: .noRoom, texts: [["no space left on device"]],
            reason: "The AWS CLI needs room on the disk, but there is none.",
            hint: "Free some room, or set TMPDIR to another disk."),
    ]
}
