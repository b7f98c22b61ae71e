import Documents
import Testing

@Suite struct JSONReaderTests {
    private func read(_ text: String) -> (Document?, [Finding]) {
        Document.read(Source(name: "a.json", text: text), as: .json)
    }

    @Test func `order, digits and text are kept`() throws {
        let (document, findings) = read(#"{"b": 1.50, "a": [true, null, "\u00e9\ud83d\ude00\n"], "c": {}}"#)
        #expect(findings.isEmpty)
        let value = try #require(document).value
        #expect(value.object?.keys == ["b", "a", "c"])
        #expect(value["b"]?.number?.text == "1.50")
        #expect(value["a"] == [true, .null, "é😀\n"])
    }

    @Test func `places count scalars`() throws {
        let (document, _) = read("{\n \"é😀\": [1,\n  2], \"x\": 3}")
        let read = try #require(document)
        #expect(read.place(of: Pointer(["é😀", "1"])).text == "a.json:3:3")
        #expect(read.place(of: Pointer(["é😀"])).text == "a.json:2:8")
        #expect(read.place(of: Pointer(["x"])).text == "a.json:3:12")
    }

    @Test(arguments: [
        ("", 1), ("{", 2), ("[1,]", 4), ("{\"a\" 1}", 6), ("{a: 1}", 2), ("[1 2]", 4), ("01", 1), ("1 2", 3),
        ("'a'", 1),
        ("\"a\n\"", 1), ("nul", 1), ("{\"a\":1,}", 8), ("NaN", 1),
    ])
    func `a fault of the grammar has a place`(text: String, column: Int) throws {
        let (document, findings) = read(text)
        #expect(document == nil)
        #expect(findings.map(\.code) == ["json.syntax"])
        #expect(findings.first?.place?.column == column, "\(findings)")
    }

    @Test func `repeated keys and mistaken escapes are all reported`() {
        let (document, findings) = read(#"{"a": "\q", "a": "\ud800", "b": "\udc00\u12", "a": 1}"#)
        #expect(document == nil)
        #expect(
            findings.map(\.code.rawValue).sorted() == [
                "document.duplicate", "document.duplicate", "json.escape", "json.escape", "json.escape", "json.escape",
            ])
    }

    @Test func `limits hold`() {
        #expect(read(String(repeating: "[", count: 100_000)).1.map(\.code) == ["document.depth"])
        let limits = Limits(bytes: 100, depth: 2, nodes: 5)
        func code(_ text: String) -> Finding.Code? {
            Document.read(Source(name: "a", text: text), as: .json, limits: limits).findings.first?.code
        }
        #expect(code("[[[1]]]") == "document.depth")
        #expect(code("[1,2,3,4,5]") == "document.nodes")
        #expect(code(String(repeating: " ", count: 101)) == "document.size")
    }
}
