internal import Catalog
internal import Documents

/// Calls of the `aws` tool for one connection.
struct AWSSession: Sendable {
    let tool: AWSTool
    let region: String
    let profile: String?
    let pacing: Pacing
    var redaction: Redaction
    var context: FaultReading.Context
    /// Takes what is worth keeping of what the tool said.
    var log: (@Sendable (String) async throws -> Void)?
    /// Told of each call before it is made, repeated ones too.
    var onCall: (@Sendable () -> Void)?

    /// How often a call that was throttled is made again.
    private static let tries = 6

    init(
        _ tool: AWSTool, region: String, profile: String?, pacing: Pacing,
        context: FaultReading.Context = FaultReading.Context(),
        log: (@Sendable (String) async throws -> Void)? = nil
    ) {
        self.tool = tool
        self.region = region
        self.profile = profile
        self.pacing = pacing
        redaction = Redaction(environment: tool.environment)
        self.context = context
        self.context.profile = profile
        self.log = log
    }

    /// Calls one operation and reads its answer; `null` where it gives none.
    ///
    /// - Parameters:
    ///   - arguments: What anybody may see.
    ///   - input: Everything else, which goes by a file that only this user can read.
    /// - Throws: An `AWSFault`, the log's error or `CancellationError`.
    @discardableResult
    func call(_ service: String, _ operation: String, _ arguments: [String] = [], input: Object? = nil) async throws
        -> Value
    {
        guard let input, !input.isEmpty else { return try await repeated([service, operation] + arguments) }
        return try await PrivateFile.with(Value.object(input).json(), in: tool.environment) { path in
            try await repeated([service, operation] + arguments + ["--cli-input-json", "file://\(path)"])
        }
    }

    /// Makes the call again while it is throttled, ever later.
    private func repeated(_ arguments: [String]) async throws -> Value {
        for count in 1... {
            do { return try await once(arguments) } catch let fault as AWSFault where fault.kind == .throttled {
                if count == Self.tries { throw fault }
                try await pacing.wait(after: 2 * count)
            }
        }
        return .null
    }

    private func once(_ arguments: [String]) async throws -> Value {
        var all = arguments + ["--output", "json", "--region", region]
        if let profile { all += ["--profile", profile] }
        onCall?()
        let answer = try await tool.answer(to: all)
        let talk = redaction.clean(answer.talk)
        if answer.code != 0 || !Self.isReading(arguments[1]) { try await note(arguments, answer, talk) }
        guard answer.code == 0 else { throw FaultReading(context: context).fault(code: answer.code, talk: talk) }
        return try read(answer, arguments)
    }

    private func read(_ answer: Tool.Answer, _ arguments: [String]) throws -> Value {
        if answer.isCut {
            throw AWSFault(
                .answerTooLong,
                "The answer to \(arguments[1]) must have at most \(tool.outputLimit >> 20) MB, but has more.",
                hint: "Ask with the AWS CLI yourself: \(arguments.prefix(4).joined(separator: " ")).")
        }
        // The tool's own text may hold what is no UTF-8: what can be read of it is.
        let text = String(decoding: answer.output, as: UTF8.self)
        if text.allSatisfy(\.isWhitespace) { return .null }
        let limits = Limits(bytes: tool.outputLimit * 3, depth: 200, nodes: 4_000_000, aliases: 0)
        let reading = Document.read(Source(name: arguments[1], text: text), as: .json, limits: limits)
        if let document = reading.document { return document.value }
        let finding = reading.findings.first?.message ?? "It has no end."
        throw AWSFault(
            .answerUnreadable, "The answer to \(arguments[1]) must be JSON, but is not: \(FaultReading.ended(finding))",
            hint: "Run: aws --version, and see whether it is the AWS CLI.")
    }

    private func note(_ arguments: [String], _ answer: Tool.Answer, _ talk: String) async throws {
        guard let log else { return }
        var text = "$ aws \(arguments.joined(separator: " "))\n"
        if !talk.isEmpty { text += talk.hasSuffix("\n") ? talk : talk + "\n" }
        if answer.code != 0 { text += "(ended with code \(answer.code))\n" }
        try await log(redaction.clean(text))
    }

    /// Whether it only looks: such calls are many, and kept only when they go wrong.
    private static func isReading(_ operation: String) -> Bool {
        ["describe-", "list-", "get-", "detect-"].contains { operation.hasPrefix($0) }
    }
}
