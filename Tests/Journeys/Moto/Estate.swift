import Foundation
import Testing

/// An account as `estate.py` plays it, with a workspace that has a connection to it.
final class Estate {
    let program: Program
    private let server = Process()
    private let input = Pipe()

    /// A Python that has what the estate needs.
    static let python: String? = {
        let root = URL(fileURLWithPath: Program.path).deletingLastPathComponent().deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = ["\(root)/venv/bin"] + path.split(separator: ":").map(String.init)
        func find(_ name: String) -> [String] {
            folders.map { "\($0)/\(name)" }.filter { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard !find("aws").isEmpty else { return nil }
        return find("python3").first { path in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = ["-c", "import moto.server, boto3"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()

    init(environments: Int, services: Int, changed: Int) throws {
        let port = Int.random(in: 20_000..<60_000)
        let root = URL(fileURLWithPath: Program.path).deletingLastPathComponent().deletingLastPathComponent().path
        var program = try Program(adding: [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "PATH": "\(root)/venv/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
        ])
        // Whoever runs the program here may act in that account.
        try program.claim("[local, proton]")
        server.executableURL = URL(fileURLWithPath: Estate.python ?? "")
        self.program = program
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "estate.py").path
        server.arguments = [
            script, "\(port)", program.directory + "/calls", "\(environments)", "\(services)", "\(changed)",
        ]
        let output = Pipe()
        server.standardInput = input
        server.standardOutput = output
        try server.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        try #require(line.hasPrefix("ready"), "the estate did not come up")
        try #require(
            try program.run("connection", "add", "proton", "--account", "123456789012", "--region", "eu-west-1").code
                == 0)
    }

    func stop() {
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
        program.remove()
    }

    func calls() throws -> [String] {
        let text = (try? String(contentsOfFile: program.directory + "/calls", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}
