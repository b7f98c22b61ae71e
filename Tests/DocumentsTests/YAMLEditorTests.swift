import Documents
import Testing

@Suite struct YAMLEditorTests {
    private let spec = """
        # ours
        proton: "ServiceSpec"   # fixed

        pipeline:
          unit: {a: 1, b: [x, y]}
        instances:
          # the first
          - name: dev
            environment: e
            spec:
              image: "repo/app:1"  # bumped by the pipeline
              text: |
                one
                two
              size: 5
          - name: prod
            spec: {}
        # the end

        """

    private func edited(_ text: String, _ change: (inout YAMLEditor) -> Bool) throws -> String {
        let (document, _) = Document.read(Source(name: "s.yaml", text: text), as: .spec)
        var editor = YAMLEditor(try #require(document))
        #expect(change(&editor))
        return editor.text
    }

    @Test(
        arguments: [
            ("/instances/0/spec/image", "repo/app:2", "\"repo/app:1\"", "repo/app:2"),
            ("/instances/0/spec/size", 7, "size: 5", "size: 7"),
            ("/instances/0/spec/size", "7", "size: 5", "size: \"7\""),
            ("/instances/0/spec/text", "x", "text: |\n        one\n        two\n", "text: x\n"),
            ("/pipeline/unit/a", true, "{a: 1,", "{a: true,"),
            ("/pipeline/unit/b/1", "z, w", "[x, y]", "[x, \"z, w\"]"),
            ("/instances/1/spec", ["a": 1], "    spec: {}\n", "    spec:\n      a: 1\n"),
            ("/instances/1/spec/new", 1, "    spec: {}\n", "    spec:\n      new: 1\n"),
            ("/instances/0/spec/more", ["x"], "      size: 5\n", "      size: 5\n      more:\n        - x\n"),
            ("/instances/1/name", "live", "- name: prod", "- name: live"),
            (
                "/instances/-", ["name": "c"], "    spec: {}\n", "    spec: {}\n  - name: c\n"
            ),
        ] as [(String, Value, String, String)])
    func `a change touches its own lines`(pointer: String, value: Value, old: String, new: String) throws {
        let pointer = try #require(Pointer(pointer))
        #expect(try edited(spec) { $0.set(pointer, to: value) } == spec.replacing(old, with: new))
    }

    @Test(arguments: [
        ("/instances/0/spec/size", "      size: 5\n", ""),
        ("/instances/0/spec/text", "      text: |\n        one\n        two\n", ""),
        ("/instances/1", "  - name: prod\n    spec: {}\n", ""),
        ("/instances/1/spec", "    spec: {}\n", ""),
        ("/pipeline/unit", "pipeline:\n  unit: {a: 1, b: [x, y]}\n", "pipeline: {}\n"),
    ])
    func `a removal takes its own lines`(pointer: String, old: String, new: String) throws {
        let pointer = try #require(Pointer(pointer))
        #expect(try edited(spec) { $0.remove(pointer) } == spec.replacing(old, with: new))
    }

    @Test func `empty values, empty documents and CR LF are edited too`() throws {
        #expect(try edited("a:\nb: 1\n") { $0.set(Pointer(["a"]), to: 5) } == "a: 5\nb: 1\n")
        #expect(try edited("") { $0.set(Pointer(["a", "b"]), to: 5) } == "a:\n  b: 5\n")
        #expect(try edited("a: 1\r\nb: 2\r\n") { $0.set(Pointer(["c"]), to: 3) } == "a: 1\r\nb: 2\r\nc: 3\r\n")
        #expect(try edited("a: 1") { $0.set(Pointer(["c"]), to: 3) } == "a: 1\nc: 3\n")
        #expect(
            try edited("a:\n- 1\n- 2\nb: 3\n") { $0.set(Pointer(["a", "-"]), to: 4) } == "a:\n- 1\n- 2\n- 4\nb: 3\n")
    }

    @Test func `a way through a scalar changes nothing`() throws {
        let (document, _) = Document.read(Source(name: "s", text: "a: 1\n"), as: .spec)
        var editor = YAMLEditor(try #require(document))
        let isChanged = editor.set(Pointer(["a", "b"]), to: 5)
        let isRemoved = editor.remove(Pointer(["x"]))
        #expect(!isChanged && !isRemoved && editor.text == "a: 1\n")
    }

    @Test func `whatever is edited reads as what was asked for`() throws {
        var random = Seeded(state: 11)
        for _ in 0..<1500 {
            let value = random.value(depth: 0)
            let text = random.pick([value.yaml, value.json(), value.json(.pretty)])
            guard let document = Document.read(Source(name: "s", text: text), as: .spec).document else {
                Issue.record("unreadable: \(text)")
                continue
            }
            var pointer = Pointer()
            var inner = value
            while random.next() >> 40 & 3 > 0 {
                if let object = inner.object, !object.isEmpty {
                    let member = random.pick(Array(object))
                    pointer = pointer.appending(member.key)
                    inner = member.value
                } else if let items = inner.list, !items.isEmpty {
                    let index = Int(random.next() >> 33) % items.count
                    pointer = pointer.appending(index)
                    inner = items[index]
                } else if inner.object != nil || inner == .null {
                    pointer = pointer.appending(random.text())
                    inner = .null
                } else {
                    break
                }
            }
            let new = random.value(depth: 2)
            if let wanted = value.setting(pointer, to: new) {
                var editor = YAMLEditor(document)
                let isDone = editor.set(pointer, to: new)
                #expect(isDone && editor.document.value == wanted, "\(text) \(pointer)")
            }
            if let wanted = value.removing(pointer) {
                var editor = YAMLEditor(document)
                let isDone = editor.remove(pointer)
                #expect(isDone && editor.document.value == wanted, "\(text) \(pointer)")
            }
            if let wanted = value.setting(pointer, to: new) {
                var editor = YAMLEditor(document)
                let isDone = editor.change(Pointer(), to: wanted)
                #expect(isDone && editor.document.value == wanted, "\(text) \(pointer)")
            }
        }
    }

    @Test(
        arguments: [
            ([["a": 1], ["b": 3]], "- {a: 1}  # one\n# two\n- {b: 3}\n"),
            ([["a": 1]], "- {a: 1}  # one\n# two\n"),
            ([["a": 1], ["b": 2], ["c": 3]], "- {a: 1}  # one\n# two\n- {b: 2}\n- c: 3\n"),
        ] as [(Value, String)])
    func `a list changes only where its items differ`(new: Value, text: String) throws {
        let source = Source(name: "s.yaml", text: "- {a: 1}  # one\n# two\n- {b: 2}\n")
        var editor = YAMLEditor(try #require(Document.read(source, as: .spec).document))
        let isDone = editor.change(Pointer(), to: new)
        #expect(isDone && editor.text == text)
    }
}
