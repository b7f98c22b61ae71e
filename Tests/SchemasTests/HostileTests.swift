import Documents
import Testing

@testable import Schemas

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

    @Test func `combinators that double with each reference are told and cut`() {
        var types = Object()
        for index in 0..<60 {
            let next: Value = ["$ref": .string("#/types/T\(index + 1)")]
            types["T\(index)"] = ["allOf": .list([next, next])]
        }
        types["T60"] = ["type": "object", "required": ["name"], "properties": ["name": ["type": "string"]]]
        let schema = Schema(["$ref": "#/types/T0", "types": .object(types)])
        #expect(!schema.isUsable && schema.findings.contains { $0.code == "schema.tooBig" })
        _ = schema.filled([:])
        _ = schema.validate(["name": 1])
        _ = schema.form()
    }

    @Test func `types that fill each other on every level of a value come to an end`() {
        let part: Value = ["type": "object", "properties": ["n": ["$ref": "#/types/A"]]]
        let schema = Schema(["$ref": "#/types/A", "types": ["A": ["allOf": [part, part]]]])
        var value: Value = [:]
        for _ in 0..<60 { value = ["n": value] }
        _ = schema.filled(value)
        _ = schema.validate(value)
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

    @Test func `the quick answer and the full one agree on whatever comes`() {
        let schema = Schema([
            "type": "object", "required": ["a", "z"], "minProperties": 1, "maxProperties": 4,
            "properties": [
                "a": ["type": "integer", "minimum": 2, "maximum": 5, "exclusiveMaximum": true, "multipleOf": 2],
                "b": ["type": "string", "minLength": 1, "maxLength": 3, "pattern": "^[aé]+$"],
                "c": [
                    "type": "array", "items": ["type": "number", "minimum": .number(Number(json: "0.5") ?? Number(0))],
                    "uniqueItems": true, "maxItems": 2,
                ],
                "d": ["enum": ["x", 1, Value.null]], "e": ["type": "string", "enum": ["x", "yy"], "nullable": true],
                "f": ["oneOf": [["type": "string"], ["type": "integer"]]], "r": ["type": "string", "readOnly": true],
            ],
            "additionalProperties": ["type": "boolean"],
        ])
        let scalars: [Value] = [
            .null, true, 0, 1, 2, 4, 5, .number(Number(json: "2.0") ?? Number(0)),
            .number(Number(json: "4e0") ?? Number(0)),
            .number(Number(json: "99999999999999999999") ?? Number(0)), "", "a", "é", "aéa", "aaaa", "x", "yy", [],
            [1, 1], [1, 0],
            [.number(Number(json: "0.75") ?? Number(0))], [:],
        ]
        for first in scalars {
            for name in ["a", "b", "c", "d", "e", "f", "r", "q"] {
                for value: Value in [
                    .object(Object([("z", true), ("a", 2), (name, first)])), .object(Object([(name, first)])),
                    .object(Object([("a", 4), (name, first), ("z", first)])), first,
                ] {
                    for direction in [Direction.read, .write] {
                        var check = Check(schema.quick, direction: direction, limit: 100)
                        // With something hidden the full pass does not ask the quick one.
                        check.hidden = [Pointer(["no such place"])]
                        let isFine = check.check(value, schema.root)
                        #expect(check.faults.isEmpty == isFine)
                        #expect(schema.accepts(value, direction: direction) == isFine, "\(value.json())")
                    }
                }
            }
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
