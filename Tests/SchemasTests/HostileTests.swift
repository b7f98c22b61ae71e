import Documents
import Schemas
import Testing

@Suite struct HostileTests {
    @Test func `choices inside choices of a type that contains itself come to an end`() {
        let schema = Schema(
            [
                "$ref": "#/types/Node",
                "types": [
                    "Node": [
                        "anyOf": [
                            [
                                "type": "object", "properties": ["next": ["$ref": "#/types/Node"], "x": [:]],
                                "required": ["x"],
                            ],
                            [
                                "type": "object", "properties": ["next": ["$ref": "#/types/Node"], "y": [:]],
                                "required": ["y"],
                            ],
                        ]
                    ]
                ],
            ])
        var value: Value = [:]
        for _ in 0..<60 { value = ["next": value] }
        #expect(!schema.validate(value).isEmpty)
    }

    @Test func `a schema that refers to itself at once is unusable and still answers`() {
        let schema = Schema(["allOf": [["$ref": "#"]], "type": "object"])
        #expect(!schema.isUsable)
        #expect(schema.findings.map(\.code) == ["schema.refCycle"])
        #expect(schema.validate([]).count == 1)
        #expect(schema.filled([:]) == [:])
    }

    @Test func `whatever stands in place of a schema is a finding`() {
        for value in [.null, 1, "text", [], ["properties": 5], ["properties": ["a": 1]], ["type": 7]] as [Value] {
            let schema = Schema(value)
            #expect(!schema.isUsable, "\(value)")
            _ = schema.validate(["a": 1])
            _ = schema.form()
        }
        #expect(!Schema(["a": 1], root: Pointer(["b"])).isUsable)
    }

    @Test func `faults beyond the limit are counted`() {
        let schema = Schema(["type": "array", "items": ["type": "integer"]])
        let findings = schema.validate(.list(Array(repeating: "x", count: 120)))
        #expect(findings.count == 101)
        #expect(findings.last?.message == "20 more faults are not listed.")
    }

    @Test func `a default that makes itself ends`() {
        let schema = Schema(
            [
                "$ref": "#/types/Node",
                "types": ["Node": ["type": "object", "default": [:], "properties": ["n": ["$ref": "#/types/Node"]]]],
            ])
        #expect(schema.filled([:]).object?.count == 1)
    }

    @Test func `numbers of any size are compared digit by digit`() {
        let schema = Schema(["multipleOf": .number(Number(json: "1e-20") ?? Number(1))])
        #expect(schema.accepts(.number(Number(json: "123456789012345678901234567890.5") ?? Number(0))))
        #expect(schema.accepts(.number(Number(json: "1e9000") ?? Number(0))))
        #expect(!schema.accepts(.number(Number(json: "1e-21") ?? Number(0))))
        let big = Schema(["multipleOf": .number(Number(json: "12345678901234567890123") ?? Number(1))])
        #expect(big.accepts(.number(Number(json: "24691357802469135780246") ?? Number(0))))
        #expect(!big.accepts(.number(Number(json: "24691357802469135780247") ?? Number(0))))
    }

    @Test func `a secret stands in no sentence`() {
        let schema = Schema([
            "type": "object",
            "properties": [
                "a": ["type": "string", "x-secret": true, "pattern": "^x$", "maxLength": 99],
                "db_password": ["type": "integer"], "token": ["type": "string", "enum": ["one"]],
            ],
        ])
        let verdict = schema.verdict(on: ["a": "hunter2", "db_password": "1234", "token": "hunter2"])
        #expect(verdict.faults.count == 3)
        for fault in verdict.faults {
            let text = fault.finding.text
            #expect(!text.contains("hunter2") && !text.contains("1234"), "\(text)")
            #expect(fault.actual == nil)
        }
    }

    @Test func `the author's sentence takes the place of ours`() {
        let schema = Schema(["type": "string", "pattern": "^x$", "x-message": ["pattern": "Use a /16 to /28 block."]])
        #expect(schema.validate("y").map(\.message) == ["Use a /16 to /28 block."])
    }

    @Test func `findings have places`() throws {
        let source = Source(name: "spec.yaml", text: "spec:\n  port: 70000\n")
        let document = try #require(Document.read(source, as: .spec).document)
        let schema = Schema(["properties": ["port": ["type": "integer", "maximum": 65535]]])
        let spec = try #require(document.value["spec"])
        let finding = try #require(schema.validate(spec).first).located(in: document, at: Pointer(["spec"]))
        #expect(finding.place?.text == "spec.yaml:2:9")
        #expect(finding.text.hasPrefix("spec.yaml:2:9: error: port must be at most 65535, but is 70000."))
    }
}
