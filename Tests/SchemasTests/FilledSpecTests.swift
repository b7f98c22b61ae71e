import Documents
import Foundation
import Schemas
import Testing

@Suite struct FilledSpecTests {
    @Test func `specs of published bundles are filled in the order of their schema`() throws {
        guard let rows = try Cases.json("bundles/index.json")?.list else { return }
        for row in rows.compactMap(\.object) where row["dialect"] == "ga" && row["kind"] != "component" {
            let spec = row[text: "spec"]
            let folder = "bundles/oracle/" + spec.split(separator: "/").dropLast().joined(separator: "/")
            let given = try #require(try Cases.read("bundles/oracle/\(spec)", as: .spec)?.value)
            guard let wanted = try Cases.json("\(folder)/spec.filled.json") else { continue }
            let path = "bundles/bundles/\(row[text: "bundle"])/schema/schema.yaml"
            let document = try #require(try Cases.read(path, as: .spec))
            func check(_ kind: String, _ value: Value?, _ filled: Value?) throws {
                guard let filled, let type = document.value["schema"]?[kind]?.string else { return }
                let schema = Schema(document, root: Pointer(["schema", "types", type]), strictness: .lenient)
                let ours = schema.filled(value ?? .object(Object()))
                #expect(ours == filled, "\(spec)")
                #expect(ours.json() == filled.json(), "\(spec)")
            }
            try check("environment_input_type", given["spec"], wanted["spec"])
            try check("pipeline_input_type", given["pipeline"], wanted["pipeline"])
            for (index, instance) in (wanted["instances"]?.list ?? []).enumerated() {
                try check("service_input_type", given["instances"]?[index]?["spec"], instance["spec"])
            }
        }
    }
}
