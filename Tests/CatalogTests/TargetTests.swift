import Catalog
import Testing

@Suite struct TargetTests {
    @Test(arguments: [
        Target.environment("network"), .instance(service: "shop", name: "prod"), .pipeline(service: "shop"),
    ])
    func `a target's id reads back`(target: Target) {
        #expect(Target(id: target.id) == target)
    }

    @Test(arguments: [("", false), ("a", true), ("-a", false), ("a b", false), ("orders_api-2", true), ("é", false)])
    func `names follow Proton's rule`(name: String, isGood: Bool) {
        #expect((Name.fault(in: name, what: "The name") == nil) == isGood)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_795_427_530_000, "2026-11-23T09:52:10Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
        (-1000, "1969-12-31T23:59:59Z"),
    ])
    func `instants print as ISO 8601`(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).iso8601 == text)
    }
}
