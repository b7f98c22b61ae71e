import Bundles
import Catalog
import Documents
import Foundation
import Testing

@Suite struct BundleReadingTests {
    /// A directory that is gone when the test ends.
    private final class Scratch {
        let url = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ files: [String: String], under prefix: String = "") throws {
            for (path, text) in files {
                let file = url.appending(path: prefix + path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
        }
    }

    @Test(arguments: ["", "one/", "one/two/"])
    func `a directory is read with up to two directories around the bundle`(prefix: String) async throws {
        let scratch = try Scratch()
        try scratch.write(Samples.service, under: prefix)
        let (bundle, findings) = await Bundle.read(scratch.url.path)
        #expect(findings.isEmpty)
        let read = try #require(bundle)
        #expect(read.kind == .service && read.hasPipeline && !read.isPreview)
        #expect(read.findings.isEmpty, "\(read.findings.map(\.text))")
        #expect(read.languages == [.instance: .cloudFormation, .pipeline: .cloudFormation])
        #expect(read.registration.compatibleEnvironments.map(\.description) == ["network:1"])
        #expect(read.digest == Samples.bundle(Samples.service).digest)
    }

    @Test func `what is archived reads as the same bundle`() throws {
        let long = "instance_infrastructure/" + String(repeating: "long-directory-name/", count: 6) + "é.txt"
        let bundle = Samples.bundle(Samples.service, changing: [long: "x", "empty": ""])
        let (again, findings) = Bundle.read(stored: bundle.archive)
        #expect(findings.isEmpty)
        #expect(again?.files == bundle.files)
        #expect(again?.digest == bundle.digest)
        #expect(bundle.archive == again?.archive)
    }

    @Test func `packing does not change the digest, content does`() {
        let one = Samples.bundle(Samples.service).digest
        #expect(one.count == 64)
        #expect(Samples.bundle(Samples.service, name: "other").digest == one)
        #expect(Samples.bundle(Samples.service, changing: ["README.md": "x"]).digest != one)
        // A byte that moves from a name into a file is another content.
        #expect(Samples.bundle(["ab": "c"]).digest != Samples.bundle(["a": "bc"]).digest)
    }

    @Test func `archives made by tar and gzip are read`() async throws {
        let scratch = try Scratch()
        try scratch.write(Samples.environment, under: "outer/")
        let archive = scratch.url.appending(path: "bundle.tar.gz")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["tar", "-czf", archive.path, "-C", scratch.url.path, "outer"]
        try process.run()
        process.waitUntilExit()
        let (bundle, findings) = await Bundle.read(archive.path)
        #expect(findings.isEmpty, "\(findings.map(\.text))")
        #expect(bundle?.kind == .environment)
        #expect(bundle?.digest == Samples.bundle(Samples.environment).digest)
    }

    @Test func `links are refused and not followed`() async throws {
        let scratch = try Scratch()
        try scratch.write(Samples.environment)
        try FileManager.default.createSymbolicLink(
            at: scratch.url.appending(path: "infrastructure/passwd"), withDestinationURL: URL(filePath: "/etc/passwd"))
        let (bundle, findings) = await Bundle.read(scratch.url.path)
        #expect(bundle == nil)
        #expect(findings.map(\.code) == ["bundle.link"])
    }

    @Test(arguments: [
        ("../evil", "bundle.path"), ("/etc/passwd", "bundle.path"), ("a/../../b", "bundle.path"),
        ("a\\b", "bundle.path"),
        ("C:x", "bundle.path"), ("a//b", "bundle.path"), ("SCHEMA/schema.yaml", "bundle.path"),
        ("a\u{1}b", "bundle.path"), (String(repeating: "d/", count: 25) + "f", "bundle.path"),
    ])
    func `paths that lead elsewhere are refused`(path: String, code: String) {
        let files = Samples.environment.map { BundleFiles.File(path: $0.key, bytes: Array($0.value.utf8)) }
        let evil = Bundle(files: BundleFiles(files + [BundleFiles.File(path: path, bytes: [1])])).archive
        let (bundle, findings) = Bundle.read(stored: evil, name: "evil.tar")
        #expect(bundle == nil)
        #expect(findings.map(\.code.rawValue) == [code], "\(findings.map(\.text))")
    }

    @Test func `links and devices in archives are refused`() {
        var bytes = Samples.bundle(Samples.environment).archive
        for type in [UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "6")] {
            bytes[156] = type
            let (bundle, findings) = Bundle.read(stored: Self.resealed(bytes), name: "x.tar")
            #expect(bundle == nil)
            #expect(findings.first?.code == "bundle.link")
        }
    }

    /// The first header with its checksum put right.
    private static func resealed(_ archive: [UInt8]) -> [UInt8] {
        var bytes = archive
        for index in 148..<156 { bytes[index] = 0x20 }
        let sum = bytes[..<512].reduce(0) { $0 + Int($1) }
        let text = String(sum, radix: 8)
        let digits = Array((String(repeating: "0", count: 6 - text.count) + text).utf8) + [0, 0x20]
        bytes.replaceSubrange(148..<156, with: digits)
        return bytes
    }

    @Test func `damaged archives end in a finding`() async throws {
        let whole = Samples.bundle(Samples.service).archive
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = whole
            let cut = Int.random(in: 0...bytes.count, using: &random)
            bytes.removeLast(bytes.count - cut)
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let (bundle, findings) = Bundle.read(stored: bytes, name: "x")
            #expect(bundle != nil || !findings.isEmpty)
        }
        let (none, findings) = await Bundle.read(archive: [0x1F, 0x8B, 0, 0, 1], name: "x.tar.gz")
        #expect(none == nil)
        #expect(findings.map(\.code) == ["bundle.archive"])
    }

    @Test func `sizes have limits`() async {
        var limits = BundleLimits()
        limits.fileCount = 2
        let archive = Samples.bundle(Samples.service).archive
        #expect(Bundle.read(stored: archive).bundle != nil)
        #expect(
            await Bundle.read(archive: archive, name: "x.tar", limits: limits).findings.map(\.code) == ["bundle.size"])
        let big = Samples.bundle(Samples.environment, changing: ["big": String(repeating: "x", count: 6 << 20)]).archive
        #expect(Bundle.read(stored: big).findings.map(\.code) == ["bundle.size"])
    }

    @Test func `without a bundle a sentence names what is missing`() async throws {
        let scratch = try Scratch()
        try scratch.write(["schema/schema.yml": "x"])
        let (bundle, findings) = await Bundle.read(scratch.url.path)
        #expect(bundle == nil)
        #expect(findings.first?.code == "bundle.root")
        #expect(findings.first?.hint == "Move schema/schema.yml to schema/schema.yaml.")
        #expect(await Bundle.read("/nowhere/at/all").findings.map(\.code) == ["bundle.unreadable"])
    }

    @Test func `two bundles side by side are not guessed between`() async throws {
        let scratch = try Scratch()
        try scratch.write(Samples.environment, under: "a/")
        try scratch.write(Samples.environment, under: "b/")
        let (bundle, findings) = await Bundle.read(scratch.url.path)
        #expect(bundle == nil)
        #expect(findings.map(\.code) == ["bundle.root"])
    }

    @Test(
        arguments: [[0x50, 0x4B, 0x03, 0x04], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], [0x42, 0x5A, 0x68, 0x39]]
            as [[UInt8]])
    func `archives of other formats are named, with what is read`(bytes: [UInt8]) async {
        let (bundle, findings) = await Bundle.read(archive: bytes + [UInt8](repeating: 0, count: 600), name: "x")
        #expect(bundle == nil)
        #expect(findings.map(\.code) == ["bundle.archive"])
        #expect(findings.first?.message.contains(".tar.gz, .tgz or .tar") == true)
    }
}
