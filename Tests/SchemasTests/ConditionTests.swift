import Documents
import Schemas
import Testing

/// Inputs that are asked for only where others say so.
@Suite struct ConditionTests {
    private static func schema(_ condition: String, required: Value = ["port"]) -> Schema {
        Schema([
            "type": "object", "required": required,
            "properties": [
                "engine": ["type": "string", "enum": ["postgres", "mysql", "none"], "default": "none"],
                "replicas": ["type": "integer"], "public": ["type": "boolean"], "name": ["type": "string"],
                "deep": ["type": "object", "properties": ["size": ["type": "integer"]]],
                "port": ["type": "integer", "maximum": 100, "x-visible-if": .string(condition)],
            ],
        ])
    }

    @Test(
        arguments: [
            ("public", ["public": true], true), ("public", [:], false), ("not public", [:], true),
            ("engine == \"postgres\"", ["engine": "postgres"], true), ("engine == 'none'", [:], true),
            (
                "engine != 'none' and (replicas > 1 or not public)",
                ["engine": "mysql", "replicas": 2, "public": true], true
            ),
            ("engine != 'none' and (replicas > 1 or not public)", ["engine": "mysql", "public": true], false),
            ("engine in ['postgres', 'mysql']", ["engine": "mysql"], true),
            ("engine not in ['postgres', 'mysql']", ["engine": "mysql"], false),
            ("set(name)", ["name": "a"], true), ("set(name)", [:], false), ("set(engine)", [:], true),
            ("replicas >= 2", ["replicas": 2], true), ("replicas < 2", ["replicas": "1"], false),
            ("name < 'b'", ["name": "a"], true), ("deep.size == 3", ["deep": ["size": 3]], true),
            ("deep.size == 3", ["deep": "no object"], false), ("name == null", [:], true),
            ("not not public or replicas == -1", ["replicas": -1], true), ("1 < 2", [:], true), ("true", [:], true),
        ] as [(String, Value, Bool)])
    func `a condition always has an answer`(condition: String, inputs: Value, isAsked: Bool) {
        let schema = Self.schema(condition)
        #expect(schema.isUsable, "\(schema.findings.map(\.message))")
        #expect(schema.visible(inputs).hides(Pointer(["port"])) == !isAsked)
    }

    @Test func `what is not asked for is neither missing nor checked nor used`() {
        let schema = Self.schema("engine != 'none'")
        #expect(schema.validate([:]).isEmpty)
        #expect(schema.accepts([:]))
        #expect(schema.validate(["engine": "mysql"]).map(\.focus) == [Pointer(["port"])])
        #expect(schema.validate(["port": 5000]).isEmpty)
        #expect(schema.filled(["port": 5000]) == ["engine": "none"])
        let unused = schema.unused(in: ["port": 5000])
        #expect(unused.map(\.message) == ["port is not used: it counts only if engine != 'none'."])
        #expect(unused.map(\.severity) == [.warning])
        #expect(schema.unused(in: ["engine": "mysql", "port": 50]).isEmpty)
    }

    @Test(
        arguments: [
            // The engine is misspelt: the port counts all the same, and the replicas are told with both.
            (["engine": "postgre", "port": 5000, "replicas": "two"], ["engine", "replicas", "port"]),
            // What was not given is not missing while nobody knows.
            (["engine": "postgre"], ["engine"]),
            // The engine is right: the port is not used.
            (["engine": "none", "port": 5000], []),
        ] as [(Value, [String])])
    func `an input that hangs on a faulty one is checked in the same round`(inputs: Value, at: [String]) {
        let schema = Self.schema("engine in ['postgres', 'mysql']")
        #expect(schema.validate(schema.filled(inputs)).map { $0.focus?.steps.last ?? "" } == at)
        #expect(schema.validate(inputs).map { $0.focus?.steps.last ?? "" } == at)
    }

    @Test func `only what hangs on a faulty answer is in doubt`() {
        let always = Self.schema("engine == 'mysql' or public")
        #expect(!always.visible(["engine": "x", "public": true]).hides(Pointer(["port"])))
        #expect(always.visible(["engine": "none", "replicas": "two", "port": 5]).hides(Pointer(["port"])))
        let never = Self.schema("engine == 'mysql' and public")
        #expect(never.visible(["engine": "x", "public": false, "port": 5]).hides(Pointer(["port"])))
        #expect(never.unused(in: ["engine": "x", "public": true, "port": 5]).isEmpty)
    }

    @Test func `an input that hangs on a missing one is checked in the same round, and its own dependents too`() {
        let schema = Schema([
            "type": "object", "required": ["engine", "size"],
            "properties": [
                "engine": ["type": "string"], "size": ["type": "integer", "x-visible-if": "engine == 'big'"],
                "note": ["type": "string", "x-visible-if": "size > 1"],
            ],
        ])
        #expect(
            schema.validate(["size": "x", "note": 1]).map { $0.focus?.steps.last ?? "" } == ["engine", "size", "note"])
        #expect(schema.validate(["engine": "small", "size": "x", "note": 1]).isEmpty)
    }

    @Test func `a default stands in a template whether the input is asked for or not`() {
        let schema = Schema([
            "type": "object",
            "properties": [
                "public": ["type": "boolean", "default": false],
                "port": ["type": "integer", "default": 80, "x-visible-if": "public"],
            ],
        ])
        #expect(schema.filled(["port": 90]) == ["public": false, "port": 80])
        #expect(schema.filled(["public": true, "port": 90]) == ["public": true, "port": 90])
    }

    @Test func `hiding an input hides what depends on it`() {
        let schema = Schema([
            "type": "object",
            "properties": [
                "a": ["type": "boolean"], "b": ["type": "boolean", "x-visible-if": "a"],
                "c": ["type": "string", "x-visible-if": "b"],
            ],
        ])
        #expect(schema.filled(["b": true, "c": "x"]) == [:])
        #expect(schema.filled(["a": true, "b": true, "c": "x"]) == ["a": true, "b": true, "c": "x"])
    }

    @Test func `items look among their own members first, then around them`() {
        let schema = Schema([
            "type": "object",
            "properties": [
                "public": ["type": "boolean"],
                "ports": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["host"],
                        "properties": [
                            "tls": ["type": "boolean"],
                            "host": ["type": "string", "x-visible-if": "public and tls"],
                        ],
                    ],
                ],
            ],
        ])
        #expect(schema.isUsable)
        let ports: Value = [["tls": true], ["tls": false]]
        #expect(schema.validate(["ports": ports]).isEmpty)
        #expect(schema.validate(["public": true, "ports": ports]).map(\.focus) == [Pointer(["ports", "0", "host"])])
    }

    @Test(arguments: [
        ("engin == 'mysql'", "schema.conditionName", "Did you mean engine?"),
        ("replicas", "schema.conditionType", "Compare it, as replicas == 1, or ask set(replicas)."),
        ("engine == 'postgress'", "schema.conditionValue", "Did you mean \"postgres\"?"),
        ("replicas == 'two'", "schema.conditionType", nil), ("deep.siz == 1", "schema.conditionName", nil),
        ("port > 1", "schema.conditionCycle", nil), ("engine ==", "schema.badCondition", nil),
        ("engine = 'mysql'", "schema.badCondition", nil), ("public && replicas > 1", "schema.badCondition", nil),
        ("(public", "schema.badCondition", nil), ("engine in postgres", "schema.badCondition", nil),
        ("'open", "schema.badCondition", nil), ("", "schema.badCondition", nil), ("5", "schema.badCondition", nil),
    ])
    func `a faulty condition is a finding at its place`(condition: String, code: String, hint: String?) throws {
        let finding = try #require(Self.schema(condition).findings.first)
        #expect(finding.code.rawValue == code)
        #expect(finding.hint == hint)
        #expect(finding.pointer == Pointer(["properties", "port", "x-visible-if"]))
    }

    @Test func `inputs that wait for each other are a fault, and still have an answer`() {
        let schema = Schema([
            "type": "object",
            "properties": [
                "a": ["type": "boolean", "x-visible-if": "not b"], "b": ["type": "boolean", "x-visible-if": "not a"],
            ],
        ])
        #expect(schema.findings.map(\.code) == ["schema.conditionCycle"])
        _ = schema.filled(["a": true, "b": true])
    }

    @Test(arguments: [
        String(repeating: "(", count: 5000) + "public", String(repeating: "not ", count: 400) + "public",
        String(repeating: "public and ", count: 5000) + "public", "\u{0}\u{202E}", "``", "`a", "set(", "a..b", "-",
        "1e999",
    ])
    func `no condition makes it trap`(condition: String) {
        _ = Self.schema(condition).visible(["public": true])
    }
}
