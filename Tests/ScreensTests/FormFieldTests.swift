import Catalog
import Documents
import Schemas
import Terminal
import Testing

@testable import Screens

/// A form with a field of each sort, on no template's schema.
enum FormOfAllSorts {
    static let schema = Schema([
        "type": "object", "required": ["memory"],
        "properties": [
            "note": ["type": "string", "title": "Note", "x-multiline": true],
            "count": ["type": "integer", "title": "Count", "minimum": 1, "maximum": 10, "default": 3],
            "memory": [
                "type": "integer", "title": "Memory", "minimum": 512, "maximum": 4096, "multipleOf": 512,
                "x-unit": "MiB",
            ],
            "public": ["type": "boolean", "title": "Public"],
            "size": ["type": "string", "title": "Size", "enum": ["small", "medium", "large"], "default": "small"],
            "region": [
                "type": "string", "title": "Region", "default": "eu-west-1",
                "enum": ["eu-west-1", "eu-west-2", "eu-central-1", "us-east-1", "us-west-2", "ap-south-1"],
            ],
            "zones": [
                "type": "array", "title": "Zones", "uniqueItems": true,
                "items": ["type": "string", "enum": ["a", "b", "c"]],
            ],
            "origins": [
                "type": "array", "title": "Origins", "uniqueItems": true, "maxItems": 4,
                "items": ["type": "string", "pattern": "^[a-z.]+$"], "default": ["example.com"],
            ],
            "variables": [
                "type": "object", "title": "Variables",
                "additionalProperties": ["type": "string", "maxLength": 20],
            ],
            "rules": [
                "type": "array", "title": "Rules",
                "items": [
                    "type": "object", "properties": ["port": ["type": "integer"], "name": ["type": "string"]],
                ],
            ],
            "token": ["type": "string", "title": "Token", "format": "password"],
            "anything": ["title": "Anything"],
            "day": ["type": "string", "title": "Day", "format": "date"],
            "moment": ["type": "string", "title": "Moment", "format": "date-time"],
            "nothing": ["type": "boolean", "title": "Nothing", "nullable": true],
            "limit": ["type": "integer", "title": "Limit", "nullable": true, "default": 4],
            "slug": ["type": "string", "title": "Slug", "pattern": "^[a-z][a-z-]*$"],
        ],
    ])

    static var model: FormModel {
        FormModel(
            FormPurpose(.newEnvironment, template: "fargate-cluster", number: VersionNumber(1, 0)),
            sections: [
                FormOpening.section(.head, "Environment", [FormHeads.environment(owner: "", connections: [.local])]),
                FormOpening.section(.inputs, "Inputs", [schema]),
            ])
    }

    /// The form with the focus on an input.
    static func model(at input: String) -> FormModel {
        var model = model
        model.go(to: input, section: 1)
        return model
    }
}

extension FormModel {
    mutating func press(_ script: String) { for key in KeyEvent.script(script) { _ = type(key) } }
    var inputs: Value { sections[1].value(part: 0) }
    var shownHere: [String] { shownFaults(at: focus).map(\.message) }
}

@Suite struct FormFieldTests {
    @Test(
        arguments: [
            ("note", "one<Enter>two", ["note": "one\ntwo"]), ("count", "+<Alt-Up>", ["count": 5]),
            ("count", "7", ["count": 7]),
            ("count", "-", ["count": 2]), ("public", "<Space>", ["public": true]), ("public", "n", ["public": false]),
            ("size", "<Right>", ["size": "medium"]), ("size", "l", ["size": "large"]),
            ("zones", "c<Space>a<Space>", ["zones": ["c", "a"]]),
            ("origins", "<Enter>shop.com", ["origins": ["example.com", "shop.com"]]),
            ("origins", "<Enter>b<Alt-Up>", ["origins": ["b", "example.com"]]),
            ("origins", "<Ctrl-X>", ["origins": []]),
            ("variables", "A=1<Enter>B==", ["variables": ["A": "1", "B": "="]]),
            ("anything", "- port: 80<Enter>  name: web", ["anything": [["port": 80, "name": "web"]]]),
            ("day", "20260131", ["day": "2026-01-31"]), ("day", "2026-01-31", ["day": "2026-01-31"]),
            ("public", "<Space><Space>", ["public": false]), ("public", "<Space><Space><Space>", [:]),
            ("nothing", "<Right><Right><Right>", ["nothing": .null]), ("note", "ab<Ctrl-U>c", ["note": "c"]),
            ("token", "s3cret", ["token": "s3cret"]), ("slug", "abc<Backspace><Backspace><Backspace>", [:]),
        ] as [(String, String, Value)])
    func `each sort of input has its own keys`(input: String, keys: String, value: Value) {
        var model = FormOfAllSorts.model(at: input)
        model.press(keys)
        #expect(model.inputs == value)
    }

    @Test(
        arguments: [
            ("memory", "2Gi", ["memory": 2048]), ("memory", "1,024", ["memory": 1024]), ("count", " 5", ["count": 5]),
            ("origins", "a.b<Enter>", ["origins": ["example.coma.b"]]),
            ("moment", "202601311200", ["moment": "2026-01-31T12:00:00Z"]),
            ("moment", "20260131120007<Backspace>+02:00", ["moment": "2026-01-31T12:00:07+02:00"]),
        ] as [(String, String, Value)])
    func `an answer is put in order when its field is left`(input: String, keys: String, value: Value) {
        var model = FormOfAllSorts.model(at: input)
        model.press(keys)
        model.step(-1)
        #expect(model.inputs == value)
    }

    @Test(arguments: FieldManner.Sort.allCases)
    func `each sort has its manner, and the keys of its context are in the map`(sort: FieldManner.Sort) {
        let manner = FieldManner.of(sort)
        #expect(manner.sort == sort)
        #expect(manner.context.map { context in FormPage.commands.contains { $0.context == context } } ?? true)
        #expect(manner.rows.focused >= manner.rows.resting)
    }

    @Test func `no key of the form means two things in one place`() {
        #expect(KeyMap(FormPage.commands).conflicts == [])
    }

    @Test func `lines of an env file become variables, quotes and comments understood`() {
        var model = FormOfAllSorts.model(at: "variables")
        _ = model.paste("# shop\nexport A='1 # one'\nB=\"x\\ny\"\nC= two  # three\n\nD=a#b\nE=")
        #expect(model.inputs["variables"] == ["A": "1 # one", "B": "x\ny", "C": "two", "D": "a#b", "E": ""])
        #expect(model.shownHere.isEmpty)
    }

    @Test func `none is an answer where a field may have no value, and goes with a letter`() {
        var model = FormOfAllSorts.model(at: "limit")
        let isTaken = model.giveNone()
        #expect(isTaken && model.inputs == ["limit": .null])
        #expect(model[model.focus].shownText == "none")
        model.press("7")
        #expect(model.inputs == ["limit": 7])
        model.press("<Ctrl-_>")
        #expect(model.inputs == ["limit": .null])
        model.press("<Backspace>")
        #expect(model.inputs == [:] && model[model.focus].shownText == "4")
        model.go(to: "count", section: 1)
        let isRefused = !model.giveNone()
        #expect(isRefused && model.inputs == [:])
    }

    @Test func `an old answer that can't be chosen any more is marked and kept`() {
        var model = FormOfAllSorts.model
        model.sections[1].take(["size": "huge", "zones": ["a", "z"]], part: 0)
        #expect(model.inputs == ["size": "huge", "zones": ["a", "z"]])
        model.go(to: "size", section: 1)
        #expect(model[model.focus].shownText == "huge (not offered)")
        model.go(to: "zones", section: 1)
        #expect(model[model.focus].shownText == "a, z (not offered)")
        #expect(model.counts().wrong == 2)
    }

    @Test func `pasted lines become items and variables`() {
        var model = FormOfAllSorts.model(at: "origins")
        _ = model.paste("a.com\nb.com\n")
        #expect(model.inputs["origins"] == ["example.com", "a.com", "b.com"])
        model.go(to: "variables", section: 1)
        _ = model.paste("A=1\nB=2")
        #expect(model.inputs["variables"] == ["A": "1", "B": "2"])
        model.go(to: "size", section: 1)
        let isTaken = model.paste("large")
        #expect(!isTaken)
    }

    @Test func `one step back undoes letters, rows, defaults and choices`() {
        var model = FormOfAllSorts.model(at: "slug")
        model.press("abc<Ctrl-W>")
        #expect(model.inputs == [:])
        model.press("<Ctrl-_>")
        #expect(model.inputs == ["slug": "abc"])
        model.give(nil)
        model.press("<Ctrl-_><Ctrl-_>")
        #expect(model.inputs == [:])
        model.go(to: "origins", section: 1)
        model.press("<Ctrl-X><Ctrl-_>")
        #expect(model.inputs == [:])
        model.go(to: "size", section: 1)
        model.press("<Right><Right><Ctrl-_>")
        #expect(model.inputs == ["size": "medium"])
    }

    @Test func `deleting an answer shows the default and does not eat into it`() {
        var model = FormOfAllSorts.model(at: "count")
        model.press("12<Backspace><Backspace><Backspace><Backspace>")
        #expect(model.inputs == [:])
        #expect(model[model.focus].shownText == "3")
    }

    @Test func `a value that a field cannot hold stays as it is, and unknown members too`() throws {
        var model = FormOfAllSorts.model
        let given: Value = [
            "origins": ["", "a\nb"], "size": "huge", "variables": ["A=B": "1"], "zones": ["a", "a"],
            "rules": [["port": 1, "other": [1, 2]]], "unknown": ["x": 1], "note": 5, "public": "maybe",
        ]
        model.sections[1].take(given, part: 0)
        #expect(model.inputs.removing(Pointer(["note"])) == given.removing(Pointer(["note"])))
        var again = FormOfAllSorts.model
        again.sections[1].take(given, part: 0)
        let draft = try #require(Document.read(Source(name: "d", text: model.content), as: .json).document?.value)
        again.take(draft: draft)
        #expect(again.inputs == model.inputs)
    }

    @Test func `a name that stands twice is told at once, what is no pair after a pause`() {
        var model = FormOfAllSorts.model(at: "variables")
        model.press("A=1<Enter>=2")
        #expect(model.shownHere.isEmpty)
        model.pause()
        #expect(model.shownHere == ["Variables, row 2 must have a name."])
        var other = FormOfAllSorts.model(at: "variables")
        other.press("A=1<Enter>A=")
        #expect(other.shownHere == ["Variables must name A once, but rows 1 and 2 do."])
        #expect(other[other.focus].faultyRows(other.shownFaults(at: other.focus)) == [1])
    }

    @Test func `text that is no YAML is told with its line`() {
        var model = FormOfAllSorts.model(at: "anything")
        model.press("- port: 80<Enter>  name: [")
        model.pause()
        #expect(model.shownHere.count == 1)
        #expect(model.shownHere.first?.hasPrefix("Anything, line ") == true)
    }

    @Test(
        arguments: [
            ("memory", "700", "512", ["memory": 512]), ("memory", "9000", "4096", ["memory": 4096]),
            ("memory", "900", "1024", ["memory": 1024]), ("memory", "2 gib", "2048", ["memory": 2048]),
            ("slug", "My Shop", "my-shop", ["slug": "my-shop"]), ("count", "0", "1", ["count": 1]),
            ("origins", "<Ctrl-X>A.com", "a.com", ["origins": ["a.com"]]),
        ] as [(String, String, String, Value)])
    func `the nearest allowed value is offered, and a key takes it`(
        input: String, keys: String, shown: String, value: Value
    ) {
        var model = FormOfAllSorts.model(at: input)
        model.press(keys)
        #expect(model.remedy(at: model.focus)?.shown == shown)
        _ = model.takeRemedy()
        #expect(model.inputs == value)
        model.press("<Ctrl-_>")
        #expect(model.inputs != value)
        #expect(FormOfAllSorts.model.remedy(at: model.focus) == nil)
    }

    @Test func `the faulty items of a list are marked`() {
        var model = FormOfAllSorts.model(at: "origins")
        model.press("<Enter>UP<Enter>ok")
        model.pause()
        #expect(model[model.focus].faultyRows(model.shownFaults(at: model.focus)) == [1])
    }

    @Test(
        arguments: [
            ("1.5Gi", "MiB", "1536"), ("90s", "seconds", "90"), ("2h", "minutes", "120"), ("2 days", "hours", "48"),
            ("1,024", nil, "1024"), ("1GB", "MB", "1000"), ("512", "MiB", "512"), ("20%", "%", "20"),
            ("1_000", nil, "1000"),
            ("1m", "ms", "60000"), ("0.5", nil, "0.5"), ("12,5", nil, nil), ("fast", "ms", nil),
            ("3Gi", "seconds", nil),
            ("", nil, nil), ("5x", nil, nil),
        ] as [(String, String?, String?)])
    func `numbers are read as people write them`(text: String, unit: String?, number: String?) {
        #expect(Quantity.number(text, unit: unit)?.text == number)
    }
}
