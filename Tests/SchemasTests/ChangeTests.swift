import Documents
import Schemas
import Testing

@Suite struct ChangeTests {
    private func schema(_ properties: Value, required: [Value] = [], isClosed: Bool = false) -> Schema {
        var members: [(String, Value)] = [("type", "object"), ("properties", properties)]
        if !required.isEmpty { members.append(("required", .list(required))) }
        if isClosed { members.append(("additionalProperties", false)) }
        return Schema(.object(Object(members)))
    }

    private func compare(_ old: Value, _ new: Value) -> [String] {
        Compatibility.compare(schema(["a": old]), schema(["a": new])).map { "\($0.rule) \($0.verdict.rawValue)" }
    }

    @Test func `a schema does not differ from itself`() {
        let one = schema(
            ["a": ["type": "integer", "minimum": 1, "oneOf": [["multipleOf": 2], ["multipleOf": 3]]]], required: ["a"])
        #expect(Compatibility.compare(one, one).isEmpty)
    }

    static let rules: [(Value, Value, [String])] = [
        (["type": "integer"], ["type": "number"], ["typeWidened safe"]),
        (["type": "number"], ["type": "integer"], ["type breaking"]),
        (["type": "string"], ["type": "integer"], ["type breaking"]),
        (["type": "string"], ["type": "string", "nullable": true], ["nullable safe"]),
        (
            ["type": "string", "enum": ["x", "y"]], ["type": "string", "enum": ["y", "z"]],
            [
                "enumNarrowed breaking", "enumWidened safe",
            ]
        ),
        (["type": "string"], ["type": "string", "enum": ["x"]], ["enumAdded breaking"]),
        (["type": "integer", "minimum": 1], ["type": "integer", "minimum": 2], ["minimum breaking"]),
        (["type": "integer", "minimum": 2], ["type": "integer", "minimum": 1], ["minimum safe"]),
        (["type": "integer", "maximum": 9], ["type": "integer"], ["maximum safe"]),
        (["type": "integer", "multipleOf": 4], ["type": "integer", "multipleOf": 2], ["multipleOf safe"]),
        (["type": "integer", "multipleOf": 2], ["type": "integer", "multipleOf": 4], ["multipleOf breaking"]),
        (["type": "string", "maxLength": 9], ["type": "string", "maxLength": 8], ["maxLength breaking"]),
        (["type": "string", "pattern": "^a$"], ["type": "string", "pattern": "^b$"], ["pattern undetermined"]),
        (["type": "string", "default": "x"], ["type": "string", "default": "y"], ["default behaviour"]),
        (["type": "string", "default": "x"], ["type": "string"], ["defaultRemoved breaking"]),
        (["type": "string", "title": "A"], ["type": "string", "title": "B"], ["words cosmetic"]),
        (["type": "string", "x-secret": true], ["type": "string"], ["notSecret breaking"]),
        (["type": "string"], ["type": "string", "x-secret": true], ["secret breaking"]),
        (["type": "string"], ["type": "string", "x-visible-if": "b"], ["condition undetermined"]),
        (
            ["type": "string", "x-visible-if": "b"], ["type": "string", "x-visible-if": "not b"],
            ["condition undetermined"]
        ),
        (["type": "string", "x-visible-if": "b"], ["type": "string"], ["conditionRemoved behaviour"]),
        (["type": "string", "x-visible-if": "b"], ["type": "string", "x-visible-if": "b"], []),
    ]

    @Test(arguments: rules)
    func `each kind of change has its verdict`(old: Value, new: Value, verdicts: [String]) {
        #expect(compare(old, new) == verdicts)
    }

    @Test func `inputs that come, go and change their names`() {
        let old = schema(["a": ["type": "string"], "b": ["type": "string"]])
        let new = schema(
            [
                "x": ["type": "string", "x-renamed-from": "a"], "c": ["type": "string"],
                "d": ["type": "string", "default": "v"], "e": ["type": "string"],
            ], required: ["e"])
        let changes = Compatibility.compare(old, new)
        let found = changes.map { "\($0.pointer) \($0.rule) \($0.verdict.rawValue)" }
        #expect(
            found == [
                "/x renamed safe", "/c added safe", "/d added behaviour", "/e addedRequired breaking",
                "/b removed breaking",
            ])
        #expect(Compatibility.verdict(on: changes).isBreaking)
        #expect(changes.last?.sentence == "b is no longer an input: answers that were given to it are lost.")
    }

    @Test func `inputs under a condition are told with it, and asked for only where it holds`() {
        let old = schema(["engine": ["type": "string"], "port": ["type": "integer", "x-visible-if": "engine == 'x'"]])
        let new = schema(
            [
                "engine": ["type": "string"], "port": ["type": "integer"],
                "size": ["type": "integer", "x-visible-if": "engine == 'big'"],
            ], required: ["port", "size"])
        let changes = Compatibility.compare(old, new)
        #expect(
            changes.map(\.sentence) == [
                "port is required now, and has no default.",
                "port is always asked for now, and was only if engine == 'x'.",
                "size is a new input without a default, required if engine == 'big'.",
            ])
        #expect(changes.map(\.verdict) == [.breaking, .breaking, .undetermined])
        func questions(_ value: Value) -> [String] {
            Migration(carrying: value, from: old, to: new).questions.map { $0.pointer.description }
        }
        #expect(questions(["engine": "big", "port": 5]) == ["/size"])
        #expect(questions(["engine": "small", "port": 5]) == [])
    }

    // MARK: - Carrying inputs over

    @Test func `answers are carried, renamed, asked for and kept apart`() {
        let old = schema([
            "image": ["type": "string"], "cpu": ["type": "integer"], "size": ["type": "string", "default": "s"],
            "gone": ["type": "string"],
        ])
        let new = schema(
            [
                "container_image": ["type": "string", "x-renamed-from": ["image"]],
                "cpu": ["type": "integer", "maximum": 10], "size": ["type": "string", "default": "m"],
                "owner": ["type": "string"],
            ], required: ["owner"])
        let inputs: Value = ["image": "nginx", "cpu": 16, "gone": "x", "extra": 1]
        let migration = Migration(carrying: inputs, from: old, to: new)
        #expect(migration.value == ["container_image": "nginx", "extra": 1])
        let origins = migration.lines.map { line in
            switch line.origin {
            case .carried: "\(line.pointer) carried"
            case .renamed(let name): "\(line.pointer) from \(name)"
            case .newDefault(let value, let before): "\(line.pointer) \(value.json()) was \(before?.json() ?? "-")"
            case .needsAnswer: "\(line.pointer) asks"
            case .rejected(let value, let findings): "\(line.pointer) \(value.json()) \(findings.map(\.message))"
            case .dropped(let value): "\(line.pointer) dropped \(value.json())"
            }
        }
        #expect(
            origins == [
                "/container_image from image", "/cpu 16 [\"cpu must be at most 10, but is 16.\"]",
                "/size \"m\" was \"s\"", "/owner asks", "/gone dropped \"x\"",
            ])
        #expect(migration.questions.map(\.pointer.description) == ["/cpu", "/owner"])
    }

    @Test func `carrying over twice changes nothing more`() {
        let old = schema(["a": ["type": "object", "properties": ["x": ["type": "string"]]]])
        let new = schema([
            "b": [
                "type": "object", "x-renamed-from": "a",
                "properties": ["y": ["type": "string", "x-renamed-from": "x"]],
            ]
        ])
        let once = Migration(carrying: ["a": ["x": "1"]], from: old, to: new)
        #expect(once.value == ["b": ["y": "1"]])
        #expect(Migration(carrying: once.value, from: old, to: new).value == once.value)
    }
}
