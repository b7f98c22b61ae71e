internal import Foundation
internal import Subprocess
internal import SystemPackage

/// One run of a program that a person has installed.
///
/// It is started with a list of arguments, never by a shell, in a process group of its own, so that a key that
/// interrupts Baryon does not cut an act off half-way.
package struct Tool: Sendable {
    /// A path, or a name that is looked for on the environment's `PATH`.
    package var path: String
    package var arguments: [String]
    package var environment: [String: String]
    /// Where it works; `nil` for where this program does.
    package var directory: String?
    /// What it reads on standard input.
    package var input: [UInt8]
    /// After how long it is ended.
    package var timeLimit: Duration
    /// Bytes of its output that are kept; all of it is read.
    package var outputLimit: Int

    package init(
        _ path: String, _ arguments: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment, directory: String? = nil,
        input: [UInt8] = [], timeLimit: Duration = .seconds(300), outputLimit: Int = 16 << 20
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    package struct Answer: Sendable {
        /// The exit code; 128 and more for a signal.
        package var code: Int
        package var output: [UInt8]
        /// What it said on standard error: the end of it, where that was long.
        package var talk: String
        /// Whether there was more output than was kept.
        package var isCut: Bool
    }

    package enum Fault: Error, Hashable, Sendable {
        case notFound(String)
        /// The reason, in the system's words.
        case notStarted(String)
        case tookTooLong(Duration)
    }

    /// Runs it to its end.
    ///
    /// When the task is cancelled or the time is up, it is asked to end, and two seconds later made to.
    ///
    /// - Throws: A `Fault`, or `CancellationError`.
    package func run() async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await self.start() }
            group.addTask {
                try await Task.sleep(for: self.timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else { throw Fault.tookTooLong(timeLimit) }
            return answer
        }
    }

    private func start() async throws -> Answer {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        let limit = outputLimit
        let input = try InputFile.descriptor(with: input)
        do {
            let result = try await Subprocess.run(
                path.contains("/") ? .path(FilePath(path)) : .name(path), arguments: Arguments(arguments),
                environment: .custom(variables), workingDirectory: directory.map { FilePath($0) },
                platformOptions: options, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .sequence, error: .sequence
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
            if error.code == .executableNotFound { throw Fault.notFound(path) }
            throw Fault.notStarted(error.underlyingError.map { "\($0)" } ?? "it did not start")
        }
    }

    private var variables: [Environment.Key: String] {
        let pairs = environment.compactMap { name, value in Environment.Key(rawValue: name).map { ($0, value) } }
        return Dictionary(pairs) { _, last in last }
    }
}

/// What a program reads, as a file without a name: one that does not read it breaks no pipe.
private enum InputFile {
    static func descriptor(with bytes: [UInt8]) throws -> FileDescriptor {
        var path = Array((FileManager.default.temporaryDirectory.path + "/baryon-input-XXXXXX").utf8CString)
        let raw = mkstemp(&path)
        guard raw >= 0 else { throw Tool.Fault.notStarted(String(cString: strerror(errno))) }
        _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
        unlink(path)
        let file = FileDescriptor(rawValue: raw)
        do {
            try file.writeAll(bytes)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            try? file.close()
            throw Tool.Fault.notStarted("its input could not be written")
        }
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
