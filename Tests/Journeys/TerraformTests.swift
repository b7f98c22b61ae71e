import Foundation
import Testing

/// What is begun in Terraform, before Terraform itself.
@Suite(.enabled(if: Terraform.isInstalled, "terraform is not installed")) struct TerraformTests {
    private static let commands = [
        ["template", "new", "store"],
        ["template", "new", "store", "--kind", "service", "--compatible-with", "network:1"],
    ]

    /// A new bundle's directories with Terraform files: its own and, below `spec/rendered`, those that a deployment has.
    private func begin(_ program: Program, _ command: [String]) throws -> [String] {
        let made = try program.run(command + ["--language", "terraform"])
        #expect(made.code == 0, "\(made.talk)")
        let files = made.out.split(separator: "\n").filter { $0.hasSuffix(".tf") }
        let paths = files.map { URL(fileURLWithPath: "\(program.directory)/\($0)").deletingLastPathComponent().path }
        return Set(paths).sorted()
    }

    @Test(arguments: commands + [["component", "new", "store"]])
    func `the files of a new bundle are laid out as terraform lays them out`(command: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        let directories = try begin(program, command)
        let own = try #require(directories.first { !$0.contains("/spec/") })
        let result = try Terraform.run(["fmt", "-check", "-diff"], in: own)
        #expect(result.code == 0, "\(result.out)")
    }

    @Test(
        .enabled(if: Terraform.providers != nil, "BARYON_TERRAFORM_PROVIDERS names no mirror with the aws provider"),
        arguments: commands)
    func `what a new bundle is rendered to is valid`(command: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        let rendered = try begin(program, command).filter { $0.contains("/spec/rendered/") }
        #expect(rendered.count == 2)
        for directory in rendered {
            let mirror = "-plugin-dir=\(Terraform.providers ?? "")"
            let start = try Terraform.run(["init", "-backend=false", "-input=false", mirror], in: directory)
            #expect(start.code == 0, "\(start.out)")
            let result = try Terraform.run(["validate"], in: directory)
            #expect(result.code == 0, "\(result.out)")
        }
    }
}

/// The `terraform` of this machine.
enum Terraform {
    static let isInstalled = (try? run(["version"], in: NSTemporaryDirectory()))?.code == 0
    /// A mirror of providers, as `terraform providers mirror` makes one: nothing is fetched.
    static let providers = ProcessInfo.processInfo.environment["BARYON_TERRAFORM_PROVIDERS"]

    static func run(_ arguments: [String], in directory: String) throws -> (code: Int32, out: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["terraform"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, out)
    }
}
