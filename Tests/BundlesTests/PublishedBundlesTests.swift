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
            for finding in try #require(bundle).check() {
                #expect(finding.place != nil, "\(finding.text)")
            }
        }
    }
}
