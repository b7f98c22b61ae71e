import Documents
import Testing

@Suite struct NumberTests {
    @Test(arguments: [
        ("1", "1.0"), ("10e-1", "1"), ("0", "-0"), ("100", "1E2"), ("9007199254740993", "9007199254740993.0"),
    ])
    func `numbers are equal by value`(left: String, right: String) throws {
        let left = try #require(Number(json: left))
        let right = try #require(Number(json: right))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
    }

    @Test(arguments: [
        ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0.1", "0.11"), ("99999999999999999999", "1e20"), ("-3", "2e-9"),
    ])
    func `numbers are ordered by value`(smaller: String, larger: String) throws {
        let smaller = try #require(Number(json: smaller))
        let larger = try #require(Number(json: larger))
        #expect(smaller < larger)
        #expect(!(larger < smaller))
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "0x1", "+1", "1 ", "1e99999999"])
    func `what is not JSON's grammar is no number`(text: String) {
        #expect(Number(json: text) == nil)
    }

    @Test func `every digit is kept`() throws {
        let text = "12345678901234567890.123456789012345678901234567890"
        #expect(Number(json: text)?.text == text)
        #expect(Number(json: "\(Int.min)")?.int == Int.min)
        #expect(Number(json: "5.0")?.int == 5)
        #expect(Number(json: "5.5")?.int == nil)
    }
}
