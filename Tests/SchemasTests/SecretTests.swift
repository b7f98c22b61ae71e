import Documents
import Schemas
import Testing

/// Inputs that are marked `x-secret`: they take the name of a secret, and never the secret.
@Suite struct SecretTests {
    private static let schema = Schema([
        "type": "object",
        "properties": [
            "password": [
                "type": "string", "x-secret": true, "minLength": 30, "pattern": "^x$", "enum": ["a"],
                "properties": [
                    "more": ["type": "string", "default": "filled"]
                ],
            ],
            "size": ["type": "integer", "maximum": 9],
            "bases": [
                "type": "array",
                "items": ["type": "object", "properties": ["key": ["$ref": "#/types/Secret"]]],
            ],
            "free": ["type": "object"],
        ],
        "types": ["Secret": ["x-secret": true]],
    ])

    @Test func `nothing but a secret's name is taken, whatever else the schema asks`() {
        let good: Value = ["password": ["$secret": "team/db-1"], "bases": [["key": ["$secret": "b"]]]]
        #expect(Self.schema.validate(good).isEmpty)
        #expect(Self.schema.filled(good) == good)
        let bad: [Value] = [
            "hunter2", 7, .null, true, [], ["hunter2"], [:], ["$secret": 7], ["$secret": ""], ["$secret": "two words"],
            ["$secret": "hunter2\n"], ["$secret": "a", "more": "b"], ["secret": "a"], ["$secret": ["$secret": "a"]],
            ["$secret": .string(String(repeating: "a", count: 101))], ["$secret": "{{resolve}}"],
        ]
        for value in bad {
            let findings = Self.schema.validate(["password": value])
            #expect(findings.map(\.code) == [SecretReference.code], "\(value)")
            #expect(findings.first?.hint?.contains("{\"$secret\": \"NAME\"}") == true)
            #expect(!findings.map(\.text).joined().contains("hunter2"))
        }
    }

    @Test func `the line with a secret on it is not shown`() throws {
        let text = "spec:\n  password: hunter2\n"
        let document = try #require(Document.read(Source(name: "spec.yaml", text: text), as: .spec).document)
        let spec = try #require(document.value["spec"])
        let findings = Self.schema.validate(spec).map { $0.located(in: document, at: Pointer(["spec"])) }
        #expect(findings.map(\.place?.line) == [2])
        #expect(!findings.map { $0.text + $0.value.json() }.joined().contains("hunter2"))
    }

    @Test func `references are found and replaced where the schema has secrets, and nowhere else`() {
        let reference: Value = ["$secret": "b"]
        let value: Value = [
            "password": ["$secret": "a"], "bases": [["key": reference], ["key": "text"]], "free": ["key": reference],
        ]
        let found = Self.schema.secrets(in: value)
        #expect(found.map(\.pointer.description) == ["/password", "/bases/0/key"])
        #expect(found.map(\.name) == ["a", "b"])
        let replaced = Self.schema.replacingSecrets(in: value) { secret, _ in .string("<\(secret.name)>") }
        #expect(
            replaced == [
                "password": "<a>", "bases": [["key": "<b>"], ["key": "text"]], "free": ["key": reference],
            ])
        #expect(Self.schema.isSecretReference(at: ["bases", nil, "key"]))
        #expect(Self.schema.isSecretReference(at: ["bases", "3", "key"]))
        #expect(!Self.schema.isSecretReference(at: ["free", "key"]))
    }

    @Test func `a type that contains itself by choices ends the search for secrets`() {
        let schema = Schema([
            "$ref": "#/types/Node",
            "types": [
                "Node": [
                    "anyOf": [
                        ["type": "object", "properties": ["next": ["$ref": "#/types/Node"], "k": ["x-secret": true]]],
                        ["type": "object", "properties": ["next": ["$ref": "#/types/Node"]]],
                    ]
                ]
            ],
        ])
        var value: Value = ["k": ["$secret": "deep"]]
        for _ in 0..<60 { value = ["next": value] }
        _ = schema.secrets(in: value)
        #expect(schema.secrets(in: ["next": ["k": ["$secret": "near"]]]).map(\.name) == ["near"])
        #expect(schema.isSecretReference(at: ["next", "next", "next", "k"]))
    }
}
