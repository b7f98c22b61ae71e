internal import Foundation
internal import Subprocess
internal import SystemPackage

/// The `aws` program that the person has installed and configured.
///
/// Profiles, sign-ins, roles and `AWS_ENDPOINT_URL` are the person's own: the environment is passed through. It is
/// started with a list of arguments, never by a shell, in a process group of its own, so that a key that interrupts
/// Baryon does not cut an act off half-way.
package struct AWSTool: Sendable {
    /// A path, or a name that is looked for on the environment's `PATH`.
    package var path: String
    package var environment: [String: String]
    /// After how long one call is ended.
    package var timeLimit: Duration
    /// Bytes of an answer that are kept; a longer one is a fault.
    package var outputLimit: Int

    package init(
        path: String = "aws", environment: [String: String] = ProcessInfo.processInfo.environment,
        timeLimit: Duration = .seconds(300), outputLimit: Int = 16 << 20
    ) {
        self.path = path
        self.environment = environment
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    /// What one call came to.
    struct Answer: Sendable {
        /// The exit code; 128 and more for a signal.
        var code: Int
        var output: [UInt8]
        /// What it said on standard error: the end of it, where that was long.
        var talk: String
        var isCut: Bool
    }

    /// Runs it to its end.
    ///
    /// When the task is cancelled or the time is up, the tool is asked to end, and two seconds later made to.
    ///
    /// - Throws: An `AWSFault` where it could not be run to its end, or `CancellationError`.
    func answer(to arguments: [String]) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await self.start(arguments) }
            group.addTask {
                try await Task.sleep(for: self.timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else {
                throw AWSFault(.unreachable, FaultTable.tookTooLong(timeLimit), hint: FaultTable.checkNetwork)
            }
            return answer
        }
    }

    private func start(_ arguments: [String]) async throws -> Answer {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        let limit = outputLimit
        do {
            let result = try await Subprocess.run(
                path.contains("/") ? .path(FilePath(path)) : .name(path), arguments: Arguments(arguments),
                environment: .custom(variables), platformOptions: options, input: .none, output: .sequence,
                error: .sequence
            ) { execution in
                // Both are read at once and to the end: a tool that can't write would wait for ever.
                async let output = Drain.head(execution.standardOutput, limit: limit)
                async let talk = Drain.tail(execution.standardError, limit: 64 << 10)
                return try await (output, talk)
            }
            try Task.checkCancellation()
            let code: Int =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): 128 + Int(signal)
                }
            let ((output, isCut), talk) = result.closureResult
            return Answer(code: code, output: output, talk: String(decoding: talk, as: UTF8.self), isCut: isCut)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            if error.code == .executableNotFound { throw AWSFault.notInstalled(path) }
            throw AWSFault(
                .notInstalled, "Could not run \(path): \(error.underlyingError.map { "\($0)" } ?? "it did not start").",
                hint: "Make sure that it is the AWS CLI, and that you may execute it.")
        }
    }

    /// The person's, and what keeps the tool from asking and paging. Options would do too, but version 1 has none.
    private var variables: [Environment.Key: String] {
        var all = environment
        all["AWS_PAGER"] = ""
        all["AWS_CLI_AUTO_PROMPT"] = "off"
        if all["AWS_MAX_ATTEMPTS"] == nil { all["AWS_MAX_ATTEMPTS"] = "3" }
        let pairs = all.compactMap { name, value in Environment.Key(rawValue: name).map { ($0, value) } }
        return Dictionary(pairs) { _, last in last }
    }
}

/// Reads what a program writes to its end, and keeps a part.
private enum Drain {
    static func head(_ sequence: SubprocessOutputSequence, limit: Int) async throws -> (bytes: [UInt8], isCut: Bool) {
        var bytes: [UInt8] = []
        var isCut = false
        for try await buffer in sequence {
            let room = limit - bytes.count
            if buffer.count > room { isCut = true }
            if room > 0 { buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(room)) } }
        }
        return (bytes, isCut)
    }

    static func tail(_ sequence: SubprocessOutputSequence, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in sequence {
            buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
            if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
        }
        return bytes.suffix(limit)
    }
}
