import Foundation

/// The built program, run as a person or a pipeline runs it: in a workspace of its own.
struct Program {
    let directory: String
    /// Variables of its own, over everybody's.
    var variables: [String: String]

    /// - Parameter variables: Its own, over everybody's.
    init(adding variables: [String: String] = [:]) throws {
        self.variables = variables
        directory = NSTemporaryDirectory() + "baryon-journey-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    var workspace: String { directory + "/workspace" }

    /// Next to the test bundle: both are built by the same command.
    static var path: String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return ProcessInfo.processInfo.environment["BARYON_PROGRAM"] ?? root + "/.build/debug/baryon"
    }

    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["BARYON_WORKSPACE"] = workspace
        environment["HOME"] = directory
        environment["XDG_DATA_HOME"] = nil
        environment["NO_COLOR"] = nil
        return environment.merging(variables) { _, own in own }
    }

    struct Result {
        var code: Int32
        var out: String
        var talk: String
    }

    /// Starts a command with its output in a pipe.
    func start(_ arguments: [String]) throws -> (process: Process, out: Pipe, talk: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        let (out, talk) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = talk
        try process.run()
        return (process, out, talk)
    }

    @discardableResult
    func run(_ arguments: String...) throws -> Result { try run(arguments) }

    @discardableResult
    func run(_ arguments: [String]) throws -> Result {
        let talkFile = directory + "/talk-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: talkFile, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle(forWritingAtPath: talkFile)
        try process.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let talk = (try? String(contentsOfFile: talkFile, encoding: .utf8)) ?? ""
        return Result(code: process.terminationStatus, out: String(decoding: bytes, as: UTF8.self), talk: talk)
    }

    /// Puts a file beside the workspace, where commands are run.
    func write(_ text: String, to name: String) throws { try Files.put(text, at: directory + "/" + name) }

    /// Says what the person who runs it lets it carry out, such as `all` or `[local, staging]`.
    mutating func claim(_ connections: String) throws {
        variables["XDG_CONFIG_HOME"] = directory + "/config"
        try write("claim: \(connections)", to: "config/baryon/config.yaml")
    }

    /// Everything in the workspace as text, without numbers and times.
    func state() throws -> String {
        let target = directory + "/export-\(UUID().uuidString)"
        try run("workspace", "export", target, "--without-ids")
        let files = FileManager.default.enumerator(atPath: target)?.compactMap { $0 as? String }.sorted() ?? []
        return try files.compactMap { file in
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(target)/\(file)", isDirectory: &isDirectory)
            guard !isDirectory.boolValue else { return nil }
            return "== \(file)\n" + (try String(contentsOfFile: "\(target)/\(file)", encoding: .utf8))
        }.joined(separator: "\n")
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }
}

/// A bundle that a test writes into a directory.
protocol WrittenBundle {
    var directory: String { get }
}

extension WrittenBundle {
    func put(_ path: String, _ text: String) throws { try Files.put(text, at: directory + "/" + path) }
}

enum Files {
    /// Writes a file, and the folders that it needs.
    static func put(_ text: String, at path: String) throws {
        let file = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text + "\n").utf8).write(to: file)
    }
}
