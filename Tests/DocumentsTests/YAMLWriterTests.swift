import Documents
import Testing

@Suite struct YAMLWriterTests {
    @Test func `a spec looks as a person would write it`() {
        let value: Value = [
            "proton": "ServiceSpec",
            "pipeline": [:],
            "instances": [
                [
                    "name": "dev", "environment": "e",
                    "spec": ["image": "a:b", "size": 5, "on": "yes", "list": ["x", []]],
                ],
                ["name": "prod", "spec": ["text": "one\ntwo\n", "empty": "", "none": .null]],
            ],
        ]
        #expect(
            value.yaml == """
                proton: ServiceSpec
                pipeline: {}
                instances:
                  - name: dev
                    environment: e
                    spec:
                      image: a:b
                      size: 5
                      "on": "yes"
                      list:
                        - x
                        - []
                  - name: prod
                    spec:
                      text: |
                        one
                        two
                      empty: ""
                      none: null

                """)
    }

    @Test func `what is written reads as the same value`() throws {
        var random = Seeded(state: 7)
        for _ in 0..<3000 {
            let value = random.value(depth: 0)
            let text = value.yaml
            let (document, findings) = Document.read(Source(name: "a", text: text), as: .spec)
            #expect(document?.value == value, "\(text) \(findings.map(\.text))")
            let json = value.json(.pretty)
            #expect(Document.read(Source(name: "a", text: json), as: .json).document?.value == value, "\(json)")
            #expect(Document.read(Source(name: "a", text: json), as: .spec).document?.value == value, "\(json)")
        }
    }

    @Test func `equal values have one canonical text`() throws {
        let one: Value = ["b": .number(try #require(Number(json: "1.0"))), "a": "x"]
        let two: Value = ["a": "x", "b": .number(try #require(Number(json: "10e-1")))]
        #expect(one.json(.canonical) == two.json(.canonical))
        #expect(one.json(.canonical) == #"{"a":"x","b":1}"#)
        #expect(Value.string("\u{1}\"\\\n").json() == #""\u0001\"\\\n""#)
    }
}

/// Values made from a seed, so that a failing run can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    mutating func pick<T>(_ items: [T]) -> T { items[Int(next() >> 33) % items.count] }

    mutating func text() -> String {
        let pieces = [
            "a", "b", "yes", " ", ":", "#", "- ", "\n", "'", "\"", "\\", "{", "}", "[", ",", "&", "*", "!", "|", ">",
            "%", "@",
            "`", "~", "null", "1", "0x1", ".5", "1e3", "\t", "\r", "é", "😀", "\u{85}", "\u{2028}", "\u{0}",
            "\u{7F}",
            "---", "...", "?", "=", "<<", "  ",
        ]
        return (0..<Int(next() >> 33) % 6).map { _ in pick(pieces) }.joined()
    }

    mutating func value(depth: Int) -> Value {
        switch Int(next() >> 33) % (depth > 3 ? 4 : 7) {
        case 0: return pick([.null, true, false])
        case 1: return .number(Number(Int(next() >> 33) % 1000 - 500))
        case 2: return .number(Number(json: pick(["1.50", "-0", "1e9", "12345678901234567890", "0.001"])) ?? Number(0))
        case 3, 4: return .string(text())
        case 5: return .list((0..<Int(next() >> 33) % 4).map { _ in value(depth: depth + 1) })
        default:
            return .object(Object((0..<Int(next() >> 33) % 4).map { _ in (text(), value(depth: depth + 1)) }))
        }
    }
}
