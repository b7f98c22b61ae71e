import Catalog
import Documents
import Engine
import Schemas
import Terminal
import Testing

@testable import Screens

/// A form with a field of each shape that holds other fields.
enum FormOfShapes {
    static let schema = Schema([
        "type": "object",
        "properties": [
            "rules": [
                "type": "array", "title": "Rules", "maxItems": 3,
                "items": [
                    "type": "object", "required": ["port"],
                    "properties": [
                        "port": ["type": "integer", "title": "Port", "maximum": 65535], "name": ["type": "string"],
                        "hosts": [
                            "type": "array", "title": "Hosts",
                            "items": ["type": "object", "properties": ["host": ["type": "string", "title": "Host"]]],
                        ],
                    ],
                ],
            ],
            "source": [
                "title": "Source",
                "oneOf": [
                    [
                        "title": "Git", "type": "object", "required": ["kind", "repo"],
                        "properties": [
                            "kind": ["enum": ["git"]], "repo": ["type": "string", "title": "Repo"],
                            "branch": ["type": "string", "title": "Branch", "default": "main"],
                        ],
                    ],
                    [
                        "title": "Image", "type": "object", "required": ["kind", "image"],
                        "properties": ["kind": ["enum": ["image"]], "image": ["type": "string", "title": "Image"]],
                    ],
                ],
            ],
            "volume": [
                "type": "object", "title": "Volume", "properties": ["size": ["type": "integer", "title": "Size"]],
                "oneOf": [
                    ["title": "Empty", "properties": ["kind": ["enum": ["empty"]]]],
                    [
                        "title": "Shared", "required": ["share"],
                        "properties": ["kind": ["enum": ["shared"]], "share": ["type": "string", "title": "Share"]],
                    ],
                ],
            ],
            "queues": [
                "type": "object", "title": "Queues",
                "additionalProperties": [
                    "type": "object", "properties": ["delay": ["type": "integer", "title": "Delay", "maximum": 900]],
                ],
            ],
            "labels": [
                "type": "object", "title": "Labels", "properties": ["team": ["type": "string", "title": "Team"]],
                "additionalProperties": ["type": "string"],
            ],
            "extra": ["type": "object", "title": "Extra", "additionalProperties": true],
            "outer": [
                "type": "object", "title": "Outer",
                "properties": [
                    "middle": [
                        "type": "object", "title": "Middle",
                        "properties": [
                            "inner": [
                                "type": "object", "title": "Inner",
                                "properties": ["deep": ["type": "string", "title": "Deep", "minLength": 3]],
                            ]
                        ],
                    ]
                ],
            ],
            "old": ["type": "string", "title": "Old", "deprecated": true],
            "arn": ["type": "string", "title": "ARN", "readOnly": true],
            "ports": [
                "type": "array", "title": "Ports", "default": [["port": 80]],
                "items": ["type": "object", "properties": ["port": ["type": "integer", "title": "Port"]]],
            ],
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

    static func model(at input: String) -> FormModel {
        var model = model
        model.go(to: input, section: 1)
        return model
    }
}

extension FormModel {
    /// Keys for fields, with Enter on what has a page, and `<Tab>` and `<Esc>` as the screen has them.
    mutating func drive(_ script: String) {
        for key in KeyEvent.script(script) {
            switch key {
            case "Tab": step(1)
            case "Esc": _ = up()
            case "Enter" where open(): break
            case _: _ = type(key)
            }
        }
    }

    /// The focused field's label.
    fileprivate var label: String { self[focus].field.label }

    /// As a draft keeps it and gives it back.
    fileprivate func redrafted(into start: FormModel) throws -> FormModel {
        var again = start
        let draft = Document.read(Source(name: "d", text: content), as: .json).document?.value
        again.take(draft: try #require(draft))
        return again
    }
}

@Suite struct FormShapeTests {
    @Test func `rows are added, filled on a page of their own, copied, moved and taken out`() throws {
        var model = FormOfShapes.model(at: "rules")
        model.drive("<Enter>80<Tab>web<Esc>")
        #expect(model.inputs == ["rules": [["port": 80, "name": "web"]]])
        #expect(model.label == "Rules")
        model.drive("<Ctrl-Y><Enter><Backspace>1<Esc>")
        #expect(model.inputs["rules"] == [["port": 80, "name": "web"], ["port": 81, "name": "web"]])
        model.drive("<Alt-Up>")
        #expect(model.inputs["rules"]?[0]?["port"] == 81)
        model.drive("<Ctrl-X>")
        #expect(model.inputs["rules"] == [["port": 80, "name": "web"]])
        model.drive("<Ctrl-_>")
        #expect(model.inputs["rules"]?.list?.count == 2)
        model.drive("<Ctrl-_>")
        #expect(model.inputs["rules"]?[0]?["port"] == 80)
        #expect(try model.redrafted(into: FormOfShapes.model).inputs == model.inputs)
    }

    @Test func `a row is called by its name, else by its number, and full tables take no more`() {
        var model = FormOfShapes.model(at: "rules")
        model.drive("<Enter>80<Tab>web<Esc>+<Enter>1<Esc>+<Enter>2<Esc>")
        let (section, index) = (model.sections[1], model.focus.entry)
        #expect((0..<3).map { section.title(ofRow: $0, in: index) } == ["web", "item 2", "item 3"])
        let row = section.slots(of: index)[0]
        #expect(section.summary(of: row, besides: "web", in: index) == "Port 80")
        #expect(section.isFull(index))
        model.drive("<Ctrl-Y>+")
        #expect(model.inputs["rules"]?.list?.count == 3)
    }

    @Test func `tables stand in rows of tables, and the way there is told`() {
        var model = FormOfShapes.model(at: "rules")
        model.drive("<Enter>80<Tab>web<Tab><Enter>a<Esc>+<Enter>b")
        #expect(model.trail == ["Inputs", "Rules", "web", "Hosts", "item 2"])
        #expect(model.inputs["rules"]?[0]?["hosts"] == [["host": "a"], ["host": "b"]])
        model.drive("<Tab>")
        #expect(model.label == "Hosts")
        model.drive("<Tab>")
        #expect(model.label == "Rules")
    }

    @Test func `faults in rows are walked to, wherever they are`() {
        var model = FormOfShapes.model(at: "rules")
        model.drive("<Enter>80<Esc>+<Enter>70000<Esc>")
        model.go(to: "arn", section: 1)
        model.move(to: model.spots[0])
        model.drive("net")
        let isFound = model.stepFault(forward: true)
        #expect(isFound && model.trail == ["Inputs", "Rules", "item 2"])
        #expect(model.shownHere == ["Rules, item 2: Port must be at most 65535, but is 70000."])
        model.drive("<Backspace><Esc><Alt-Up>")
        #expect(model.isComplete && model.inputs["rules"] == [["port": 7000], ["port": 80]])
    }

    @Test func `a new row shows no fault before its field was left, or the review asked for`() {
        var model = FormOfShapes.model(at: "rules")
        model.drive("<Enter>")
        model.pause()
        #expect(model.label == "Port" && !model.isComplete && model.shownHere.isEmpty)
        model.drive("<Tab>")
        #expect(model.shownFaultEntries.count == 1)
        model.drive("<Esc>")
        _ = model.submit()
        let shown = model.shownFaultEntries.count
        model.go(to: "rules", section: 1)
        model.drive("+<Enter>")
        model.pause()
        #expect(model.trail.last == "item 2" && model.shownHere.isEmpty)
        #expect(model.shownFaultEntries.count <= shown)
        let isAllowed = model.submit()
        #expect(!isAllowed)
    }

    @Test func `a copied row asks for its name without a fault, and an item that is begun has none yet`() {
        var model = FormOfShapes.model(at: "queues")
        model.drive("<Enter>jobs<Tab>5<Esc><Ctrl-Y><Enter>")
        model.pause()
        #expect(model.label == "Name" && model.shownHere.isEmpty)
        model.drive("<Tab>")
        #expect(!model.shownFaultEntries.isEmpty)
    }

    @Test func `a list that is the default is given as a whole once a row of it changes`() {
        var model = FormOfShapes.model(at: "ports")
        #expect(model.inputs == [:])
        model.drive("<Enter>")
        #expect(model.inputs == [:])
        model.drive("<Backspace>1")
        #expect(model.inputs == ["ports": [["port": 81]]])
        model.drive("<Esc>")
        model.give(nil)
        #expect(model.inputs == [:])
        model.drive("<Ctrl-_>")
        #expect(model.inputs == ["ports": [["port": 81]]])
    }

    @Test func `a choice has the fields of its branch, and keeps what was typed for another`() throws {
        var model = FormOfShapes.model(at: "source")
        model.drive("g<Tab>shop.git<Tab>")
        #expect(model.inputs == ["source": ["repo": "shop.git", "branch": "main", "kind": "git"]])
        model.go(to: "source", section: 1)
        model.drive("i")
        #expect(model.faults.values.joined().map(\.message).contains("Image is required."))
        model.drive("<Tab>shop:1")
        #expect(model.inputs == ["source": ["image": "shop:1", "kind": "image"]])
        model.go(to: "source", section: 1)
        model.drive("g")
        #expect(model.inputs["source"]?["repo"] == "shop.git")
        #expect(try model.redrafted(into: FormOfShapes.model).content == model.content)
        model.drive("<Ctrl-_>")
        #expect(model.inputs["source"]?["image"] == "shop:1")
    }

    @Test(
        arguments: [
            (["kind": "image", "image": "a", "note": "kept"], 1), (["kind": "git", "repo": "r"], 0),
            (["image": "a"], 1), (["repo": 5], 0), (["kind": "svn"], 0),
        ] as [(Value, Int)])
    func `the branch of a value that was given is found, and the value stays`(value: Value, branch: Int) {
        var model = FormOfShapes.model
        model.sections[1].take(["source": value], part: 0)
        model.go(to: "source", section: 1)
        #expect(model[model.focus].shownText == ["Git", "Image"][branch])
        let marked = value["kind"] == nil || value["kind"] == "svn"
        #expect(marked || model.inputs["source"] == value)
    }

    @Test func `a choice beside members puts its fields among them`() {
        var model = FormOfShapes.model
        model.sections[1].take(["volume": ["size": 3, "kind": "shared", "share": "s", "more": 1]], part: 0)
        #expect(model.inputs["volume"] == ["size": 3, "kind": "shared", "share": "s", "more": 1])
        let index = model.sections[1].entries.firstIndex { $0.field.isChoiceBesideMembers } ?? 0
        model.move(to: FormModel.Spot(section: 1, entry: index))
        model.drive("e")
        #expect(model.inputs["volume"] == ["size": 3, "kind": "empty", "more": 1])
    }

    @Test func `entries of a map have names, which must differ`() throws {
        var model = FormOfShapes.model(at: "queues")
        model.drive("<Enter>jobs<Tab>5<Esc>+<Enter>jobs")
        #expect(model.shownHere == ["Queues must name jobs once, but two entries do."])
        model.drive("<Backspace><Tab>1000")
        #expect(model.inputs["queues"] == ["jobs": ["delay": 5], "job": ["delay": 1000]])
        model.pause()
        #expect(model.shownHere == ["Queues, \"job\": Delay must be at most 900, but is 1000."])
        #expect(try model.redrafted(into: FormOfShapes.model).content == model.content)
    }

    @Test func `members that are not declared are asked for by name`() {
        var model = FormOfShapes.model
        model.sections[1].take(["labels": ["team": "a", "cost": "b"]], part: 0)
        #expect(model.inputs["labels"] == ["team": "a", "cost": "b"])
        let index = model.sections[1].entries.firstIndex { $0.field.label == "More" } ?? 0
        model.move(to: FormModel.Spot(section: 1, entry: index))
        model.drive("<Ctrl-X>x=1")
        #expect(model.inputs["labels"] == ["team": "a", "x": "1"])
    }

    @Test func `values of any kind are written as YAML`() {
        var model = FormOfShapes.model(at: "extra")
        _ = model.paste("a=5\nb=[1, two]\nc=\"5\"")
        #expect(model.inputs["extra"] == ["a": 5, "b": [1, "two"], "c": 5])
    }

    @Test func `an object that lies deep has a page of its own`() {
        var model = FormOfShapes.model(at: "inner")
        #expect(model.inputs == [:])
        model.drive("<Enter>ab")
        model.pause()
        #expect(model.trail == ["Inputs", "Inner"])
        #expect(model.shownHere == ["Outer, Middle, Inner, Deep must have at least 3 characters, but has 2."])
        model.drive("c<Esc>")
        #expect(model.inputs["outer"]?["middle"]?["inner"] == ["deep": "abc"])
        #expect(model.sections[1].shownText(at: model.focus.entry) == "1 given")
    }

    @Test func `what is deprecated is folded unless it is given, what is read-only can't be reached`() {
        var model = FormOfShapes.model
        #expect(model.sections[1].foldedCount == 1)
        #expect(!model.spots.contains { ["Old", "ARN"].contains(model[$0].field.label) })
        model.unfold()
        #expect(model.spots.contains { model[$0].field.label == "Old" })
        var given = FormOfShapes.model
        given.sections[1].take(["old": "x"], part: 0)
        given.move(to: given.spots[0])
        #expect(given.sections[1].foldedCount == 0)
    }

    @Test func `a read-only value that an old spec has can be taken out`() {
        var model = FormOfShapes.model
        model.sections[1].take(["arn": "x"], part: 0)
        model.drive("net")
        let isRefused = !model.submit()
        #expect(isRefused && model.label == "ARN")
        model.give(nil)
        #expect(model.inputs == [:] && model.isComplete)
    }

    @Test func `the required answers that are left are counted`() {
        var model = FormOfShapes.model
        #expect(model.required == (left: 1, total: 1))
        model.go(to: "source", section: 1)
        model.drive("g")
        #expect(model.required == (left: 2, total: 2))
        model.drive("<Tab>r")
        #expect(model.required == (left: 1, total: 2))
    }

    @Test func `a spec keeps its comments, its order and what no field asks for`() throws {
        let bench = try ScreenBench()
        let spec = """
            # The shop.
            proton: EnvironmentSpec
            spec:
              volume: {share: s, kind: shared, more: 1}   # as it was
              queues:
                jobs: {delay: 5}
              rules:
                # First of all.
                - {name: web, port: 80, other: [1, 2]}
              source: {repo: r, kind: git}
              labels: {cost: b, team: a}
              unknown: {x: 1}

            """
        var model = FormOfShapes.model
        model.purpose.spec = spec
        let inputs = try #require(bench.engine.readSpec(spec, kind: .environment).content?.environment)
        model.sections[1].take(inputs, part: 0)
        #expect(model.spec(bench.engine) == spec)
        model.go(to: "rules", section: 1)
        model.drive("<Enter><Backspace>1")
        #expect(model.spec(bench.engine) == spec.replacing("port: 80", with: "port: 81"))
    }

    @Test func `names of secrets that are known are chosen from, others are typed`() {
        let schema = Schema(["type": "object", "properties": ["key": ["type": "string", "x-secret": true]]])
        var section = FormOpening.section(.inputs, "Inputs", [schema], secrets: ["db", "mail"])
        _ = section.type("Right", at: 0)
        #expect(section.value(part: 0) == ["key": ["$secret": "db"]])
        var typed = FormOpening.section(.inputs, "Inputs", [schema])
        for key in Tests.keys("own") { _ = typed.type(key, at: 0) }
        #expect(typed.value(part: 0) == ["key": ["$secret": "own"]])
    }
}
