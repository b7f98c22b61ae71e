import Terminal
import Testing

@Suite struct SyntaxTests {
    private func spans(_ text: String, _ syntax: Syntax) -> [String] {
        syntax.line(text).spans.filter { $0.style != .text }.map { "\($0.style.role) \($0.text.string)" }
    }

    @Test(arguments: [
        ("  Type: AWS::EC2::VPC", ["info Type"]),
        ("  - Key: 12 # why", ["info Key", "changed 12", "dim # why"]),
        ("A: !Ref Vpc", ["info A", "link !Ref"]),
        ("Fn::Sub: \"x-${AWS::Region}-y\"", ["link Fn::Sub", "link ${AWS::Region}"]),
        ("a: arn:aws:x:${AWS::Region}:y", ["info a", "link ${AWS::Region}"]),
        ("{a: 1, 'b': true}", ["info a", "changed 1", "info 'b'", "changed true"]),
        ("text#no comment", []),
        ("'it''s: no key' x", []),
    ])
    func `YAML has keys, references, numbers and remarks`(text: String, expected: [String]) {
        #expect(spans(text, .yaml) == expected)
    }

    @Test func `JSON and Terraform have theirs`() {
        #expect(spans(#"  "Type": "a: b", "#, .json) == [#"info "Type""#])
        #expect(spans(#"{"Ref": "Vpc", "n": -1.5}"#, .json) == [#"link "Ref""#, #"info "n""#, "changed -1.5"])
        #expect(spans(#"resource "aws_vpc" "main" {"#, .hcl) == ["link resource"])
        #expect(spans(#"  cidr = "${var.net}/16" // why"#, .hcl) == ["info cidr", "link ${var.net}", "dim // why"])
    }

    @Test func `nothing of a line is lost, whatever it is`() {
        for text in [
            "", "\"", "${", "x${a", "!", "- - -", "'", "a:", ":", "\u{1B}[31m: \u{202E}x", "ä: \"ö\\\"", "\t- a: b",
        ] {
            for syntax in [Syntax.yaml, .json, .hcl, .plain] {
                let plain = syntax.line(text).plain
                if !text.contains("\t") { #expect(plain == SafeText(untrusted: text).string) }
                #expect(!plain.unicodeScalars.contains("\u{1B}") && !plain.unicodeScalars.contains("\u{202E}"))
            }
        }
    }

    @Test(arguments: [
        ("a/b.yaml", Syntax.yaml), ("x.TF", .hcl), ("x.json", .json), ("Dockerfile", .plain), ("a.b/c", .plain),
    ])
    func `the end of a name tells the syntax`(path: String, expected: Syntax) {
        #expect(Syntax(path: path) == expected)
    }
}
