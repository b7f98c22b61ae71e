import Foundation
import Testing
import conformance

@Suite struct ConformanceTests {
    private static let cases: String = {
        if let path = ProcessInfo.processInfo.environment["BARYON_CASES"] { return path }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.appending(path: "../shared/cases").standardized.path
    }()

    private func cases(_ name: String) -> String? {
        let path = Self.cases + "/" + name
        if FileManager.default.fileExists(atPath: path) { return path }
        print("skipped: no cases at \(path)")
        return nil
    }

    @Test func `published bundles are read, filled, rendered and understood as expected`() async throws {
        guard let path = cases("bundles") else { return }
        let tally = try await BundleCases(directory: path).tally()
        #expect(tally.failures.isEmpty, "\(tally.failures.joined(separator: "\n"))")
        #expect(tally.passed > 0)
    }

    @Test func `a folder without cases is an error and not a success`() async {
        await #expect(throws: (any Error).self) { try await BundleCases(directory: "/nowhere").tally() }
    }
}
