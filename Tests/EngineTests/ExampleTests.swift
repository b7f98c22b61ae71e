import Engine
import Foundation
import Testing

/// The examples that bundles carry, and the bundles that somebody begins with.
@Suite struct ExampleTests {
    private static let starter = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/CEmbedded/starter").path(percentEncoded: false)

    @Test func `each starter template carries an example, and is rendered as it keeps it`() async throws {
        let manager = FileManager.default
        for template in try manager.contentsOfDirectory(atPath: Self.starter).sorted() {
            for version in try manager.contentsOfDirectory(atPath: "\(Self.starter)/\(template)").sorted() {
                let report = try await Engine.testExamples(path: "\(Self.starter)/\(template)/\(version)")
                #expect(!report.lines.isEmpty && !report.isRefused && !report.differs, "\(template) \(version)")
                #expect(report.lines.flatMap(\.findings).isEmpty, "\(template) \(version)")
            }
        }
    }
}
