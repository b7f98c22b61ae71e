import Documents
import Foundation
import Schemas
import Testing

@Suite struct BundleInputsTests {
    @Test func `verdicts on the inputs of published bundles agree with another validator`() throws {
        let oracle = Cases.root.appending(path: "bundles/oracle")
        guard let walk = FileManager.default.enumerator(at: oracle, includingPropertiesForKeys: nil) else { return }
        var count = 0
        for case let url as URL in walk where url.lastPathComponent == "inputs-validation.json" {
            let bundle = String(url.deletingLastPathComponent().path.dropFirst(oracle.path.count + 1))
            count += try check(bundle)
        }
        if count == 0 { print("skipped: no cases at \(oracle.path)") }
    }

    private func check(_ bundle: String) throws -> Int {
        let rows = try #require(try Cases.json("bundles/oracle/\(bundle)/inputs-validation.json")?.list)
        let document = try #require(try Cases.read("bundles/bundles/\(bundle)/schema/schema.yaml", as: .spec))
        var schemas: [String: Schema] = [:]
        for row in rows.compactMap(\.object) {
            let kind = row[text: "input_type"]
            if schemas[kind] == nil {
                let type = try #require(document.value["schema"]?[kind]?.string)
                let root = Pointer(["schema", "types", type])
                let schema = Schema(document, root: root, strictness: .lenient)
                #expect(schema.isUsable, "\(bundle): \(schema.findings.map(\.text))")
                schemas[kind] = schema
            }
            let schema = try #require(schemas[kind])
            let inputs = row["inputs"] ?? .null
            let name = Comment(rawValue: "\(bundle) \(kind): \(row[text: "what"]) \(inputs)")
            let faults = schema.verdict(on: schema.filled(inputs)).faults
            #expect(faults.isEmpty == (row["valid"] == true), name)
            let wanted = Set((row["errors"]?.list ?? []).compactMap { $0["keyword"]?.string })
            #expect(Set(faults.map(\.keyword)).isSubset(of: wanted), name)
        }
        return rows.count
    }
}
