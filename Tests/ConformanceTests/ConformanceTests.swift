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

    /// Failing tests of other dialects, by what they are about; README.md says why.
    private static let beyond = [
        "draft4/additionalItems": 5, "draft4/additionalProperties": 2, "draft4/allOf": 1, "draft4/anyOf": 1,
        "draft4/dependencies": 13, "draft4/items": 5, "draft4/not": 1, "draft4/oneOf": 1,
        "draft4/optional/ecmascript-regex": 8, "draft4/optional/non-bmp-regex": 2, "draft4/patternProperties": 7,
        "draft4/properties": 2, "draft4/ref": 1, "draft4/type": 20, "draft4/uniqueItems": 2, "draft7/boolean_schema": 9,
        "draft7/const": 32, "draft7/contains": 8, "draft7/dependencies": 15, "draft7/exclusiveMaximum": 2,
        "draft7/exclusiveMinimum": 2, "draft7/if-then-else": 10, "draft7/optional/format/ecmascript-regex": 6,
        "draft7/optional/format/hostname": 23, "draft7/optional/format/idn-email": 2,
        "draft7/optional/format/idn-hostname": 54, "draft7/optional/format/iri": 6,
        "draft7/optional/format/iri-reference": 2, "draft7/optional/format/json-pointer": 12,
        "draft7/optional/format/regex": 1, "draft7/optional/format/relative-json-pointer": 12,
        "draft7/optional/format/time": 28, "draft7/optional/format/uri-reference": 11,
        "draft7/optional/format/uri-template": 13, "draft7/propertyNames": 5,
    ]

    @Test func `of other dialects nothing fails but what is left out`() {
        guard let path = cases("schema/suite-extra.json") else { return }
        var tally = Tally()
        SchemaCases.run(file: path, &tally)
        var failing: [String: Int] = [:]
        for failure in tally.failures { failing[String(failure.prefix { $0 != "#" }), default: 0] += 1 }
        #expect(failing == Self.beyond)
        #expect(tally.passed == 833)
    }

    @Test func `a folder without cases is an error and not a success`() async {
        await #expect(throws: (any Error).self) { try await BundleCases(directory: "/nowhere").tally() }
    }
}
