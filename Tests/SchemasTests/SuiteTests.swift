import Documents
import Foundation
import Schemas
import Testing

@Suite struct SuiteTests {
    @Test func `the language is understood as its suite has it`() throws {
        guard let groups = try Cases.json("schema/suite-public.json")?.list else { return }
        var count = 0
        for group in groups.compactMap(\.object) {
            guard let source = group["schema"], let tests = group["tests"]?.list else { continue }
            let schema = Schema(source)
            let direction: Direction = group["mode"] == "read" ? .read : .write
            for test in tests {
                count += 1
                let name = Comment(rawValue: "\(group[text: "id"]): \(test["description"]?.string ?? "")")
                guard let data = test["data"] else { continue }
                if let result = test["result"] {
                    #expect(schema.filled(data) == result, name)
                } else {
                    #expect(schema.accepts(data, direction: direction) == (test["valid"] == true), name)
                    #expect(schema.validate(data, direction: direction).isEmpty == (test["valid"] == true), name)
                }
            }
        }
        #expect(count == 679)
    }

    @Test func `sentences, order and suggestions are as agreed`() throws {
        guard let cases = try Cases.json("schema/errors-expected.json")?.list else { return }
        for test in cases.compactMap(\.object) {
            guard let source = test["schema"], let data = test["data"] else { continue }
            let faults = Schema(source).verdict(on: data).faults
            let expected = test["errors"]?.list ?? []
            let name = Comment(rawValue: "\(test[text: "id"]): \(test[text: "description"])")
            #expect(faults.count == expected.count, name)
            for (fault, wanted) in zip(faults, expected) {
                #expect(fault.message == wanted["message"]?.string, name)
                #expect(fault.pointer.description == wanted["instancePath"]?.string, name)
                #expect(fault.keyword == wanted["keyword"]?.string, name)
                #expect(fault.suggestion == wanted["suggestion"]?.string, name)
                #expect(fault.property == wanted["property"]?.string, name)
                #expect(fault.branch == wanted["branch"]?.number?.int, name)
                let focus = wanted["focusPath"] ?? wanted["instancePath"]
                #expect(fault.focus.description == focus?.string, name)
                if let path = wanted["schemaPath"]?.string { #expect(fault.schemaPath == path, name) }
                if let value = wanted["expected"] { #expect(fault.expected == value, name) }
                #expect(fault.isRedacted == (wanted["redacted"] == true), name)
                #expect(fault.matched == wanted["matched"]?.list?.compactMap(\.number?.int) ?? [], name)
                let causes = wanted["causes"]?.list ?? []
                #expect(fault.causes.map(\.keyword) == causes.compactMap { $0["keyword"]?.string }, name)
            }
        }
    }

    @Test func `faults of a schema are named`() throws {
        guard let cases = try Cases.json("schema/schema-lint.json")?.list else { return }
        for test in cases.compactMap(\.object) {
            guard let source = test["schema"] else { continue }
            let name = Comment(rawValue: "\(test[text: "id"]): \(test[text: "description"])")
            let found = Schema(source).findings.map { finding in
                [
                    "#\(finding.pointer ?? Pointer())", finding.code.rawValue, finding.severity.rawValue,
                    finding.message,
                ]
            }
            let wanted = (test["lint"]?.list ?? []).compactMap(\.object).map { lint in
                [
                    lint[text: "schemaPath"], "schema.\(camel(lint[text: "code"]))", lint[text: "severity"],
                    lint[text: "message"],
                ]
            }
            #expect(found == wanted, name)
        }
    }

    private func camel(_ code: String) -> String {
        let words = code.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map(\.capitalized).joined()
    }
}
