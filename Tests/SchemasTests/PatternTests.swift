import Schemas
import Documents
import Testing

@Suite struct PatternTests {
    private func accepts(_ pattern: String, _ text: String) -> Bool {
        Schema(["pattern": .string(pattern)]).accepts(.string(text))
    }

    @Test(arguments: [
        ("^a|b$", "xb", true), ("^a|b$", "xbx", false), ("^$|^x$", "", true), ("^$|^x$", "x", true),
        ("^$|^x$", "y", false), ("a{2,3}$", "aaaa", true), ("^a{2,3}$", "aaaa", false), ("(^a)b", "xab", false),
        ("^(a|b)*$", "", true), ("[^a]", "a", false), ("^[\\w-]+$", "a-b_c", true), ("^.$", "\u{1F432}", true),
        ("^.$", "\n", false), ("x*", "", true), ("^é$", "e\u{301}", false), ("^[]$", "", false), ("^[^]$", "\n", true),
        ("^a$", "a\n", false), ("^\\x41\\u0042$", "AB", true), ("a{,2}", "a{,2}", true), ("^(?:ab)+?$", "abab", true),
        ("\\bfoo\\b", "a foo b", true), ("\\bfoo\\b", "afoo", false), ("(?<=a)b", "ab", true), ("(?<!a)b", "ab", false),
    ])
    func `a pattern searches as ECMA-262 does`(pattern: String, text: String, matches: Bool) {
        #expect(accepts(pattern, text) == matches)
    }

    @Test func `nested repetition on a long text is decided at once`() {
        let text = String(repeating: "a", count: 100_000) + "!"
        #expect(!accepts("^(a+)+$", text))
        #expect(accepts("^(a|b)*$", String(repeating: "ab", count: 200_000)))
    }

    @Test func `a search without end is its own fault`() {
        let schema = Schema(["pattern": "^(?=a)(a+)+\\1$"])
        let text = Value.string(String(repeating: "a", count: 5000) + "!")
        let keywords = schema.verdict(on: text).faults.map(\.keyword)
        #expect(keywords == ["patternBudget"] || keywords == ["pattern"])
        let long = Value.string(String(repeating: "a", count: 10_001))
        #expect(schema.verdict(on: long).faults.map(\.keyword) == ["patternBudget"])
    }

    @Test(arguments: [
        ("(a", "pattern does not compile: the ( at position 0 is not closed."),
        ("a)", "pattern does not compile: the ) at position 1 closes nothing."),
        ("*a", "pattern does not compile: nothing to repeat at position 0."),
        ("a**", "pattern does not compile: nothing to repeat at position 2."),
        ("[b-a]", "pattern does not compile: the range at position 1 is out of order."),
        ("a{3,1}", "pattern does not compile: the counts at position 1 are out of order."),
        ("a\\", "pattern does not compile: the \\ at position 1 escapes nothing."),
    ])
    func `what is wrong with a pattern is said with its place`(pattern: String, message: String) {
        #expect(Schema(["type": "string", "pattern": .string(pattern)]).findings.map(\.message) == [message])
    }
}
