import Documents
import Schemas
import Testing

@Suite struct FormTests {
    private func form(_ properties: Value, required: Value = []) -> Form {
        var source = Object([("type", "object"), ("properties", properties)])
        if required.list?.isEmpty == false { source["required"] = required }
        return Schema(.object(source)).form()
    }

    private func field(_ source: Value, name: String = "a") throws -> Field {
        try #require(form(.object(Object([(name, source)]))).fields.first)
    }

    @Test(arguments: [
        ("vpc_cidr", "VPC CIDR"), ("serviceName", "Service name"), ("desired-count", "Desired count"),
        ("image", "Image"), ("s3_bucket_arn", "S3 bucket ARN"), ("ids", "IDs"), ("", ""),
    ])
    func `a name becomes a label`(name: String, label: String) {
        #expect(NameWords.label(name) == label)
    }

    @Test func `a title goes before the name, and a unit leaves the label`() throws {
        #expect(try field(["type": "string", "title": "Image"]).label == "Image")
        let memory = try field(["type": "integer"], name: "memory_mib")
        #expect(memory.label == "Memory")
        #expect(memory.unit == "MiB")
    }

    @Test func `few options are radios and more a list to choose from`() throws {
        let few = try field(["type": "string", "enum": ["s", "m"], "x-enum-labels": ["s": "Small"]])
        guard case .choice(let options, .radio) = few.kind else { Issue.record("\(few.kind)"); return }
        #expect(options.map(\.label) == ["Small", "m"])
        let many = try field(["type": "integer", "enum": [1, 2, 3, 4, 5, 6]])
        guard case .choice(_, .select) = many.kind else { Issue.record("\(many.kind)"); return }
        #expect(many.value(from: "6") == 6)
        #expect(many.value(from: "7") == "7")
    }

    @Test func `a number has range, step and unit`() throws {
        let port = try field(["type": "integer", "minimum": 1, "maximum": 65535])
        #expect(port.rule == "1-65535")
        let memory = try field(["type": "integer", "minimum": 512, "maximum": 4096, "multipleOf": 512])
        guard case .number(let entry) = memory.kind else { Issue.record("\(memory.kind)"); return }
        #expect(entry.step == Number(512))
        #expect(memory.shortRange == [512, 1024, 1536, 2048, 2560, 3072, 3584, 4096])
        #expect(memory.rule == "512-4096, a multiple of 512")
    }

    @Test func `texts say their length, and long ones have several lines`() throws {
        let name = try field(["type": "string", "minLength": 3, "maxLength": 24, "x-placeholder": "shop"])
        #expect(name.rule == "3 to 24 characters")
        #expect(name.placeholder == "shop")
        guard case .text(nil) = name.kind else { Issue.record("\(name.kind)"); return }
        let long = try field(["type": "string", "maxLength": 1000])
        guard case .multiline = long.kind else { Issue.record("\(long.kind)"); return }
    }

    @Test func `a flag has three states unless an answer is certain`() throws {
        guard case .flag(isTriState: true) = try field(["type": "boolean"]).kind else { Issue.record(); return }
        guard case .flag(isTriState: false) = try field(["type": "boolean", "default": false]).kind else {
            Issue.record()
            return
        }
    }

    @Test func `secrets are known by format, by extension and by name`() throws {
        #expect(try field(["type": "string", "format": "password"]).isSecret)
        let reference = try field(["type": "string", "x-secret": true])
        #expect(!reference.isSecret, "it is only a name")
        #expect(reference.value(from: "db/main") == ["$secret": "db/main"])
        #expect(reference.text(for: ["$secret": "db/main"]) == "db/main")
        #expect(try field(["type": "string"], name: "db_password").isSecret)
        #expect(try !field(["type": "string"], name: "db_password_arn").isSecret)
    }

    @Test func `what allOf adds holds too, and the stricter rule counts`() throws {
        let count = try field([
            "allOf": [
                ["type": "integer", "minimum": 1, "maximum": 10], ["minimum": 3, "title": "Count", "default": 4],
            ]
        ])
        #expect(count.rule == "3-10")
        #expect(count.label == "Count")
        #expect(count.defaultValue == 4)
        let section = try field([
            "allOf": [
                ["type": "object", "properties": ["size": ["type": "integer", "maximum": 9]]],
                ["type": "object", "required": ["size"], "properties": ["size": ["minimum": 2]]],
            ]
        ])
        #expect(section.members.map(\.rule) == ["2-9"])
        #expect(section.members.map(\.isRequired) == [true])
    }

    @Test func `a choice of shapes beside members is asked for behind them`() throws {
        let source = try field([
            "type": "object", "properties": ["name": ["type": "string"]],
            "oneOf": [
                ["title": "Git", "properties": ["kind": ["enum": ["git"]], "repo": ["type": "string"]]],
                ["title": "Image", "properties": ["kind": ["enum": ["image"]], "tag": ["type": "string"]]],
            ],
        ])
        #expect(source.members.map(\.isChoiceBesideMembers) == [false, true])
        guard case .branches(let branches) = source.members[1].kind else { Issue.record(); return }
        #expect(branches.map(\.title) == ["Git", "Image"])
        #expect(branches.map { $0.field.members.map(\.name) } == [["repo"], ["tag"]])
        #expect(branches[1].marks.map(\.value) == ["image"])
    }

    @Test func `lists of anything but scalars are tables, and bytes come from files`() throws {
        let lists = try field(["type": "array", "items": ["type": "array", "items": ["type": "string"]]])
        guard case .table = lists.kind else { Issue.record("\(lists.kind)"); return }
        guard case .file(.byte) = try field(["type": "string", "format": "byte"]).kind else { Issue.record(); return }
    }

    @Test func `lists of objects are tables whose items know their place`() throws {
        let ports = try field([
            "type": "array", "minItems": 1,
            "items": ["type": "object", "properties": ["port": ["type": "integer"]]],
        ])
        guard case .table(_, let counts) = ports.kind else { Issue.record("\(ports.kind)"); return }
        #expect(counts.minimum == 1)
        #expect(ports.item(2)?.members.first?.pointer == Pointer("/a/2/port"))
    }

    @Test func `maps, check-box lists and alternatives have their kinds`() throws {
        let tags = try field(["type": "object", "additionalProperties": ["type": "string"]])
        guard case .map = tags.kind else { Issue.record("\(tags.kind)"); return }
        #expect(tags.entry("cost")?.pointer == Pointer("/a/cost"))
        let zones = try field(["type": "array", "uniqueItems": true, "items": ["type": "string", "enum": ["x", "y"]]])
        guard case .checks(let options) = zones.kind else { Issue.record("\(zones.kind)"); return }
        #expect(options.count == 2)
        let source = try field([
            "oneOf": [
                ["title": "Image", "type": "object", "properties": ["kind": ["enum": ["image"]]]],
                ["title": "Git", "type": "object", "properties": ["kind": ["enum": ["git"]]]],
            ]
        ])
        guard case .branches(let branches) = source.kind else { Issue.record("\(source.kind)"); return }
        #expect(branches.map(\.title) == ["Image", "Git"])
        #expect(branches.map(\.marks.first?.value) == ["image", "git"])
    }

    @Test func `a type that contains itself ends as YAML`() throws {
        let schema = Schema(
            [
                "type": "object", "properties": ["tree": ["$ref": "#/types/Node"]],
                "types": ["Node": ["type": "object", "properties": ["next": ["$ref": "#/types/Node"]]]],
            ])
        let next = try #require(schema.form().field(at: Pointer(["tree", "next"])))
        guard case .yaml = next.kind else { Issue.record("\(next.kind)"); return }
    }

    @Test func `order and groups come from the author`() {
        let form = form([
            "a": ["type": "string"], "b": ["type": "string", "x-order": 1, "x-group": "Network"],
            "c": ["type": "string", "x-group": "Network"],
        ])
        #expect(form.fields.map(\.name) == ["b", "a", "c"])
        #expect(form.groups.map(\.title) == ["Network", nil])
        #expect(form.groups.map { $0.fields.map(\.name) } == [["b", "c"], ["a"]])
    }

    // MARK: - Typed text

    static let typed: [(Value, String, Value?)] = [
        (["type": "integer"], " 80 ", 80), (["type": "integer"], "007", 7), (["type": "integer"], "+5", 5),
        (["type": "integer"], "eighty", "eighty"), (["type": "integer"], "", nil),
        (["type": "integer", "nullable": true], "none", .null),
        (["type": "boolean"], "yes", true), (["type": "boolean"], "off", false),
        (["type": "boolean"], "maybe", "maybe"),
        (["type": "string"], "80", "80"), (["type": "string"], "", nil), (["type": "string", "minLength": 0], "", ""),
        (["type": "string", "enum": ["small"]], "Small", "small"),
        (["type": "array", "items": ["type": "string"]], "a, b", ["a", "b"]),
        (["type": "array", "items": ["type": "integer"]], "1\n2", [1, 2]),
        (["type": "array", "items": ["type": "string"]], "[\"a,b\"]", ["a,b"]),
        (["type": "object", "additionalProperties": ["type": "string"]], "A=1\nB=x=y", ["A": "1", "B": "x=y"]),
        (["type": "object", "properties": ["a": ["type": "integer"]]], "a: 1", ["a": 1]),
    ]

    @Test(arguments: typed)
    func `typed text becomes a value of the field's kind`(source: Value, text: String, value: Value?) throws {
        #expect(try field(source).value(from: text) == value)
    }

    @Test(
        arguments: [
            (["type": "integer"], 80), (["type": "number"], .number(Number(json: "1.50") ?? Number(0))),
            (["type": "boolean"], false), (["type": "string"], " a b "), (["type": "string", "enum": ["x"]], "x"),
            (["type": "array", "items": ["type": "string"]], ["a", "b"]),
            (["type": "array", "items": ["type": "string"]], ["a,b", " c"]),
            (["type": "array", "items": ["type": "string"]], ["[x", "y"]),
            (["type": "object", "additionalProperties": ["type": "integer"]], ["a": 1, "b": 2]),
            (["type": "object", "additionalProperties": ["type": "string"]], ["a=b": "1", "b": "x\ny"]),
            (["type": "object", "properties": ["a": ["type": "integer"]]], ["a": 1]), ([:], [1, "two", .null]),
        ] as [(Value, Value)])
    func `the text of a value reads as the value`(source: Value, value: Value) throws {
        let field = try field(source)
        #expect(field.value(from: field.text(for: value)) == value)
    }
}
