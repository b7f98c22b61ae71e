import Catalog
import Documents
import Foundation
import Provisioning

/// A server on this machine that plays AWS, as far as it goes; started by the test and ended by its process id.
final class Moto: Sendable {
    let port: Int
    private let server: Process

    /// Where the tests' programs may be installed.
    private static let folders: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return [root.appending(path: ".build/venv/bin").path] + path.split(separator: ":").map(String.init)
    }()

    static func find(_ name: String) -> String? {
        folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Why nothing can be played; `nil` where it can.
    static let absence: String? =
        ["aws", "moto_server"].first { find($0) == nil }.map { "skipped: \($0) is not installed" }

    /// - Parameter script: A program that takes the arguments of `moto_server`.
    init(script: String? = nil) async throws {
        port = try Self.freePort()
        server = Process()
        let arguments = ["-H", "127.0.0.1", "-p", "\(port)"]
        if let script {
            server.executableURL = URL(filePath: Self.find("python3") ?? "/usr/bin/python3")
            server.arguments = [script] + arguments
        } else {
            server.executableURL = URL(filePath: Self.find("moto_server") ?? "")
            server.arguments = arguments
        }
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        for _ in 0..<600 where !isListening { try await Task.sleep(for: .milliseconds(100)) }
    }

    func stop() {
        // It has nothing to put in order, and may be deaf to kinder signals.
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    var tool: AWSTool {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        environment["AWS_ACCESS_KEY_ID"] = "test"
        environment["AWS_SECRET_ACCESS_KEY"] = "test"
        environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:\(port)"
        return AWSTool(path: Self.find("aws") ?? "aws", environment: environment)
    }

    func connection(account: String = "123456789012") -> Connection {
        Connection(
            name: "moto", provisioner: .cloudFormation, account: account, region: "us-east-1",
            createdAt: Instant(milliseconds: 0))
    }

    private var isListening: Bool {
        guard let address = Self.address(port) else { return false }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return Self.with(address) { connect(descriptor, $0, $1) } == 0
    }

    private static func address(_ port: Int) -> sockaddr_in? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with(
        _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = address
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard let address = address(0), with(address, { bind(descriptor, $0, $1) }) == 0 else { return 5099 }
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: bound.sin_port))
    }
}

/// One stack on such a server.
struct MotoStack: Sendable {
    let moto: Moto
    let name: String
    let ledger = MemoryLedger()
    let count = Counter()

    func job(_ template: String, account: String = "123456789012", expected: [Change] = []) -> Job {
        let number = count.next()
        return Job(
            deployment: Deployment.ID(number + 1), target: .environment(name), token: "t-\(name)-\(number)",
            connection: moto.connection(account: account), stack: name, identity: ledger.state.identity,
            template: template, tags: ["proton:environment": name], expected: expected)
    }

    var provisioner: CloudFormationProvisioner { CloudFormationProvisioner(tool: moto.tool) }

    func apply(_ template: String, expected: [Change] = []) async throws -> Outcome {
        ledger.nextDeployment()
        return try await provisioner.apply(job(template, expected: expected), ledger)
    }

    func destroy() async throws -> Outcome {
        ledger.nextDeployment()
        return try await provisioner.destroy(job(""), ledger)
    }
}
