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
}
