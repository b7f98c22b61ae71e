import Bundles
import Documents
import Foundation
import Testing

@Suite struct PublishedBundlesTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every directory below `root` that holds a bundle.
    private func bundles(below root: URL) -> [String] {
        let walk = FileManager.default.enumerator(atPath: root.path)
        return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("schema/schema.yaml") }.sorted().map {
            root.path + "/" + $0.dropLast("/schema/schema.yaml".count)
        }
    }

    @Test func `the starter catalog has nothing but needs`() async throws {
        let paths = bundles(below: Self.package.appending(path: "Sources/CEmbedded/starter"))
        #expect(!paths.isEmpty)
        for path in paths {
            let bundle = try #require(await Bundle.read(path).bundle)
            let findings = bundle.check().filter { $0.severity != .note }
            #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
        }
    }

    @Test func `bundles of others are checked without a fault of ours`() async throws {
        let cases =
            ProcessInfo.processInfo.environment["BARYON_CASES"].map { URL(filePath: $0) }
            ?? Self.package.appending(path: "../shared/cases").standardized
        let paths = bundles(below: cases.appending(path: "bundles/bundles"))
        if paths.isEmpty { print("skipped: no cases at \(cases.path)") }
        for path in paths {
            let (bundle, findings) = await Bundle.read(path)
            #expect(findings.isEmpty)
            let found = try #require(bundle).check()
            for finding in found { #expect(finding.place != nil, "\(finding.text)") }
            // An error in a rendered file has to be one for cfn-lint too.
            let faults = found.filter { $0.severity == .error && $0.code.rawValue.hasPrefix("cloudformation.") }
            guard !faults.isEmpty else { continue }
            #expect(isRefusedByLint(path, cases), "\(faults.map(\.text).joined(separator: "\n"))")
        }
    }

    /// Whether cfn-lint found errors in a recorded rendering of the bundle.
    private func isRefusedByLint(_ path: String, _ cases: URL) -> Bool {
        let root = cases.appending(path: "bundles").path
        let oracle = path.replacing("\(root)/bundles/", with: "\(root)/oracle/")
        let walk = FileManager.default.enumerator(atPath: oracle)
        return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("lint.json") }.contains { name in
            let data = FileManager.default.contents(atPath: "\(oracle)/\(name)") ?? Data()
            return String(decoding: data, as: UTF8.self).contains("\"rule\": \"E")
        }
    }
}
