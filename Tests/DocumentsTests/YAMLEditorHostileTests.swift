import Documents
import Testing

/// Texts that an edit must leave alone but for what was changed.
@Suite struct YAMLEditorHostileTests {
    /// A text, where to set 9, and the lines that must be in the result as they were.
    static let cases: [(String, String)] = [
        ("a: {b: 1, c: 2} # flow\nd: 4\n", "/a/b"),
        ("a: |\n  text # no comment\n\n  more\nb: 1 # c\n", "/b"),
        ("a:\n  - 1 # one\n  # between\n  - 2\nb: 3\n", "/a/1"),
        ("a: 1 # x\r\nb: 2 # y\r\n", "/a"), ("a: 1\nb: 2", "/b"), ("\"a\": 1 # q\n'b': 2\n", "/a"),
        ("a:\n  - name: x # n\n    port: 1 # p\n  - name: y\n    port: 2\n", "/a/0/port"),
        ("a: {}\nb: 1 # c\n", "/a/new"),
        ("# head\n\na: 1\n\n# tail\n", "/a"), ("a: # why\n  b: 1\n# end\nc: 2\n", "/a/d"),
        ("a: [1,  # one\n  2]  # two\nb: 3\n", "/a/0"), ("a: [1,  # one\n  2]  # two\nb: 3\n", "/a/-"),
        ("a: {b: 1,  # one\n  c: [2]}  # two\nd: 3\n", "/a/new"), ("a: [\n  # none\n] # yet\n", "/a/-"),
        ("a:\n- 1\n- 2 # two\nb: 3\n", "/a/0"), ("a: >-\n  folded\n  text\n# after\nb: 2\n", "/a"),
    ]

    @Test(arguments: cases) func `an edit changes one value and no comment`(_ text: String, _ path: String) throws {
        let document = try #require(Document.read(Source(name: "s", text: text), as: .spec).document)
        let pointer = try #require(Pointer(path))
        var editor = YAMLEditor(document)
        guard editor.set(pointer, to: 9) else {
            Issue.record("refused: \(text)")
            return
        }
        let read = try #require(Document.read(Source(name: "s", text: editor.text), as: .spec).document)
        #expect(read.value == document.value.setting(pointer, to: 9), "\(editor.text)")
        func comments(_ text: String) -> [Substring] {
            text.split(whereSeparator: \.isNewline).compactMap { line in line.firstIndex(of: "#").map { line[$0...] } }
        }
        #expect(comments(editor.text) == comments(text), "\(editor.text)")
        let old = text.split(separator: "\n", omittingEmptySubsequences: false)
        let new = editor.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(old.count { !new.contains($0) } <= 3, "\(editor.text)")
    }

    /// A text, what is changed, to what, and the whole text after it.
    static let changes: [(String, String, Value, String)] = [
        // Below the top only the members that differ.
        ("a:\n  # one\n  b: 1 # x\n  c: 2\n", "/a", ["b": 1, "c": 3], "a:\n  # one\n  b: 1 # x\n  c: 3\n"),
        (
            "l:\n  - name: a # A\n    x: 1\n  - name: b # B\n    x: 2\n  - name: c # C\n", "/l",
            [["name": "a", "x": 1], ["name": "c"]], "l:\n  - name: a # A\n    x: 1\n  - name: c # C\n"
        ),
        ("l:\n  - a # A\n  - c # C\n", "/l", ["a", "b", "c"], "l:\n  - a # A\n  - b\n  - c # C\n"),
        ("a:\n  - 1\n\n  # two\n  - 2\n\n# end\n", "/a", [1], "a:\n  - 1\n\n  # two\n\n# end\n"),
        // The last member of a mapping.
        ("spec:\n  a: 1 # why\n# tail\n", "/spec", [:], "spec: {}\n# tail\n"),
        ("spec:\n  a: 1 # why\n", "/spec", ["b": 2], "spec:\n  b: 2\n"),
        ("s:\n  deep:\n    last: 1 # only\n  o: 2\n", "/s", ["o": 2], "s:\n  o: 2\n"),
        ("s:\n  deep:\n    last: 1 # only\n  o: 2\n", "/s/deep", [:], "s:\n  deep: {}\n  o: 2\n"),
        // Marks of a document, and comments at odd places.
        ("---\n# head\na: 1\n...\n", "/a", 2, "---\n# head\na: 2\n...\n"),
        ("---\n# head\na: 1\n...\n", "/b", 2, "---\n# head\na: 1\nb: 2\n...\n"),
        ("a: 1 #no\nb: '#' # c\nc: \"# d\" #e\n", "/b", "x", "a: 1 #no\nb: x # c\nc: \"# d\" #e\n"),
        ("a: 1\n\n\nb: 2   \n", "/b", 3, "a: 1\n\n\nb: 3   \n"),
        ("a: |+\n  x\n\n\nb: 1\n", "/b", 2, "a: |+\n  x\n\n\nb: 2\n"),
        ("? a\n: 1\nb: 2\n", "/b", 3, "? a\n: 1\nb: 3\n"),
        // Brackets, on one line and on many.
        ("l: [1, 2] # why\n", "/l", [1, 2, 3], "l: [1, 2, 3] # why\n"),
        ("l: [1, 2] # why\n", "/l", [2], "l: [2] # why\n"),
        ("l: [1, 2] # why\n", "/l", [1], "l: [1] # why\n"),
        ("l: [1, 3] # why\n", "/l", [1, 2, 3], "l: [1, 2, 3] # why\n"),
        ("l: [1, 2,] # why\n", "/l", [1, 2, 3], "l: [1, 2, 3,] # why\n"),
        ("l: [1, 2,] # why\n", "/l", [1], "l: [1,] # why\n"),
        ("l: [1] # why\n", "/l", [], "l: [] # why\n"),
        ("l: [1] # why\n", "/l", "x", "l: x # why\n"),
        ("l: [a,  # A\n  b]  # B\n", "/l", ["a", "b", "c"], "l: [a,  # A\n  b,\n  c]  # B\n"),
        ("l: [a,  # A\n  b]  # B\n", "/l", ["a"], "l: [a,  # A\n  ]  # B\n"),
        ("l: [a,  # A\n  b]  # B\n", "/l", ["b"], "l: [  # A\n  b]  # B\n"),
        ("l: [a,  # A\n  b]  # B\n", "/l", ["z", "b"], "l: [z,  # A\n  b]  # B\n"),
        ("l: [\n  1,  # one\n  2  # two\n]\n", "/l", [1, 2, 3], "l: [\n  1,  # one\n  2,  # two\n  3\n]\n"),
        ("l: [\n  1,  # one\n  2,  # two\n]\n", "/l", [1, 2, 3], "l: [\n  1,  # one\n  2,  # two\n  3,\n]\n"),
        ("l: [\n  # first\n  1,  # one\n  2  # two\n]\n", "/l", [2], "l: [\n  # first\n  2  # two\n]\n"),
        ("l: [\r\n  1,  # one\r\n  3\r\n]\r\n", "/l", [1, 2, 3], "l: [\r\n  1,  # one\r\n  2,\r\n  3\r\n]\r\n"),
        ("o: {a: 1, b: 'x, y'} # why\n", "/o", ["a": 1, "b": "x, y", "c": 2], "o: {a: 1, b: 'x, y', c: 2} # why\n"),
        ("o: {a: 1,  # A\n  b: 2}\n", "/o", ["a": 1], "o: {a: 1,  # A\n  }\n"),
        (
            "o: {l: [it's, \"a]\"], b: 2}\n", "/o", ["l": ["it's", "a]", "n"], "b": 2],
            "o: {l: [it's, \"a]\", n], b: 2}\n"
        ),
        ("o: {l: [], b: 2} # why\n", "/o", ["l": [1], "b": 2], "o: {l: [1], b: 2} # why\n"),
        ("o: {l: [[1, 2], [3]]} # why\n", "/o", ["l": [[1, 2], [3, 4]]], "o: {l: [[1, 2], [3, 4]]} # why\n"),
        // A byte order mark.
        ("\u{FEFF}a: 1 # x\nb: 2\n", "/a", 3, "\u{FEFF}a: 3 # x\nb: 2\n"),
        ("\u{FEFF}a: 1\n", "", ["b": 2], "\u{FEFF}b: 2\n"),
        // CR LF.
        ("a:\r\n  b: 1 # x\r\n  c: 2\r\n", "/a", ["b": 1], "a:\r\n  b: 1 # x\r\n"),
        (
            "a: 1\r\n# x\r\nb:\r\n  - c: 1\r\n    d: 2\r\n", "/b", [["c": 1, "d": 3], ["c": 2]],
            "a: 1\r\n# x\r\nb:\r\n  - c: 1\r\n    d: 3\r\n  - c: 2\r\n"
        ),
    ]

    @Test(arguments: changes)
    func `a change touches the parts that differ and nothing else`(
        text: String, path: String, value: Value, wanted: String
    ) throws {
        let document = try #require(Document.read(Source(name: "s", text: text), as: .spec).document)
        var editor = YAMLEditor(document)
        let isDone = try editor.change(#require(Pointer(path)), to: value)
        #expect(isDone && editor.text == wanted)
    }

    @Test(arguments: [
        ("a: 1\n---\nb: 2\n", 2, "yaml.syntax"), ("a: 1\n---\n", 2, "yaml.syntax"),
        ("a: 1\na: 2\n", 2, "document.duplicate"), ("a: {b: 1, b: 1}\n", 1, "document.duplicate"),
    ])
    func `several documents and keys that stand twice are refused, not edited`(text: String, line: Int, code: String) {
        let (document, findings) = Document.read(Source(name: "s", text: text), as: .spec)
        #expect(document == nil)
        #expect(findings.map(\.code.rawValue) == [code] && findings.first?.place?.line == line)
    }

    @Test func `whatever is changed reads as what was asked for`() throws {
        var random = Seeded(state: 23)
        for _ in 0..<1500 {
            let (old, new) = (random.value(depth: 0), random.value(depth: 0))
            let text = random.pick([old.yaml, old.json(), old.json(.pretty)])
            let document = try #require(Document.read(Source(name: "s", text: text), as: .spec).document)
            var editor = YAMLEditor(document)
            let isDone = editor.change(Pointer(), to: new)
            #expect(isDone && editor.document.value == new, "\(text) \(new.json())")
        }
    }
}
