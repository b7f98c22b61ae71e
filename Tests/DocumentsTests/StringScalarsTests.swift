import Documents
import Testing

@Suite struct StringScalarsTests {
    @Test func `texts are the same by scalars and not by look`() {
        #expect("é".hasSameScalars(as: "é"))
        #expect(!"é".hasSameScalars(as: "e\u{301}"))
        #expect(!"ab".hasSameScalars(as: "ac"))
        #expect("".hasSameScalars(as: ""))
        #expect(!Pointer(["é"]).description.hasSameScalars(as: Pointer(["e\u{301}"]).description))
        #expect(Pointer(["a/b", "m~n", "c"]).description == "/a~1b/m~0n/c")
    }
}
