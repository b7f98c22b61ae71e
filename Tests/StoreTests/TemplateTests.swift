import Catalog
import Testing

@testable import Store

@Suite struct TemplateTests {
    @Test func `a version comes back as it was registered`() throws {
        let workspace = try Workspace()
        let version = try workspace.register("web", .service, VersionNumber(3, 7))
        #expect(try workspace.store.version("web", VersionNumber(3, 7)) == version)
        #expect(try workspace.store.version(of: "web", digest: version.digest) == version)
        #expect(try workspace.store.version("web", VersionNumber(3, 8)) == nil)
        #expect(try workspace.store.template("web")?.kind == .service)
        #expect(try workspace.store.history(subject: "web").map(\.act) == ["template.register"])
    }

    @Test func `a number is given once and a name has one kind`() throws {
        let workspace = try Workspace()
        try workspace.register("web", .service, VersionNumber(1, 0))
        #expect(throws: StoreError.nameTaken(what: "version of web", name: "1.0")) {
            try workspace.register("web", .service, VersionNumber(1, 0))
        }
        #expect(throws: StoreError.nameTaken(what: "service template", name: "web")) {
            try workspace.register("web", .environment, VersionNumber(2, 0))
        }
        #expect(try workspace.store.versions(of: "web").count == 1)
    }

    @Test func `publishing recommends, and keeps when`() throws {
        let workspace = try Workspace()
        let line = try workspace.publish("net", .environment, VersionNumber(1, 0), VersionNumber(1, 1))
        #expect(line.recommended == VersionNumber(1, 1))
        #expect(try workspace.store.template("net")?.recommended == VersionNumber(1, 1))
        let versions = try workspace.store.versions(of: "net")
        #expect(versions.map(\.number) == [VersionNumber(1, 1), VersionNumber(1, 0)])
        #expect(versions.map(\.isRecommendedInMajor) == [true, false])
        #expect(versions.map(\.publishedAt) == [Workspace.now, Workspace.now])
        #expect(try workspace.store.line(of: "net").minors == [1: 1])
    }

    @Test func `a withdrawn version keeps the reason`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0), VersionNumber(1, 1))
        _ = try workspace.store.changeLine(
            of: "net", reason: (VersionNumber(1, 1), "it leaks"), at: Workspace.now, history: Workspace.entry()
        ) { $0.retire(VersionNumber(1, 1), as: .withdrawn) }
        let version = try #require(try workspace.store.version("net", VersionNumber(1, 1)))
        #expect(version.status == .withdrawn)
        #expect(version.reason == "it leaks")
        #expect(try workspace.store.template("net")?.recommended == VersionNumber(1, 0))
    }

    @Test func `a change that is refused keeps nothing`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        #expect(throws: StoreError.refused("No.")) {
            try workspace.store.changeLine(of: "net", at: Workspace.now, history: Workspace.entry()) {
                line throws(StoreError) in
                line.retire(VersionNumber(1, 0), as: .withdrawn)
                throw .refused("No.")
            }
        }
        #expect(try workspace.store.version("net", VersionNumber(1, 0))?.status == .published)
    }

    @Test func `a version in use is not deleted`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let number = VersionNumber(1, 0)
        #expect(throws: StoreError.inUse(what: "Version 1.0 of web", by: ["shop/prod"])) {
            try workspace.store.deleteVersion("web", number, history: Workspace.entry())
        }
        try workspace.register("web", .service, VersionNumber(1, 1))
        try workspace.store.deleteVersion("web", VersionNumber(1, 1), history: Workspace.entry())
        #expect(try workspace.store.versions(of: "web").map(\.number) == [number])
    }

    @Test func `a template goes when it has no versions`() throws {
        let workspace = try Workspace()
        try workspace.register("net", .environment, VersionNumber(1, 0))
        #expect(throws: StoreError.inUse(what: "Template net", by: ["1.0"])) {
            try workspace.store.deleteTemplate("net", history: Workspace.entry())
        }
        try workspace.store.deleteVersion("net", VersionNumber(1, 0), history: Workspace.entry())
        try workspace.store.deleteTemplate("net", history: Workspace.entry())
        #expect(try workspace.store.isEmpty())
        #expect(try workspace.store.catalog(CatalogQuery(text: "net")).total == 0)
    }

    @Test func `the catalog is searched by the starts of words`() throws {
        let workspace = try Workspace()
        try workspace.register(
            "fargate-cluster", .environment, VersionNumber(1, 0), title: "Fargate cluster",
            summary: "A café for containers")
        try workspace.register("vpc", .environment, VersionNumber(1, 0), summary: "A network for a cluster")
        try workspace.register("api", .service, VersionNumber(1, 0), owner: "edge")
        func names(_ query: CatalogQuery) throws -> [String] {
            try workspace.store.catalog(query).rows.map(\.template.name)
        }
        #expect(try names(CatalogQuery()) == ["api", "fargate-cluster", "vpc"])
        #expect(try names(CatalogQuery(text: "clus")) == ["fargate-cluster", "vpc"])
        #expect(try names(CatalogQuery(text: "FARG cont")) == ["fargate-cluster"])
        #expect(try names(CatalogQuery(text: "cafe")) == ["fargate-cluster"])
        #expect(try names(CatalogQuery(text: "edge")) == ["api"])
        #expect(try names(CatalogQuery(kind: .service)) == ["api"])
        #expect(try names(CatalogQuery(owner: "platform", offset: 1, limit: 1)) == ["vpc"])
        #expect(try workspace.store.catalog(CatalogQuery(limit: 1)).total == 3)
    }

    @Test(arguments: [
        "\"", "a\"b", "name:x", "x AND", "NOT", "NEAR(a b, 2)", "*", "^a", "(", "-a", "{a}", "a + b", "'; DROP TABLE",
        "\u{0}", "\u{202E}abc", "ａ％", "%", "_", String(repeating: "a ", count: 5000),
    ])
    func `no text breaks a search`(text: String) throws {
        let workspace = try Workspace()
        try workspace.register("net", .environment, VersionNumber(1, 0))
        _ = try workspace.store.catalog(CatalogQuery(text: text))
        _ = try workspace.store.fleet(FleetQuery(level: .all, text: text))
        _ = try workspace.store.services(text: text)
        #expect(try workspace.store.template("net") != nil)
    }

    @Test func `a described template is found by its new words`() throws {
        let workspace = try Workspace()
        try workspace.register("net", .environment, VersionNumber(1, 0), title: "Old words")
        var template = try #require(try workspace.store.template("net"))
        template.title = "Shared network"
        template.owner = "edge"
        try workspace.store.describe(template, history: Workspace.entry())
        #expect(try workspace.store.catalog(CatalogQuery(text: "shared")).rows.map(\.template) == [template])
        #expect(try workspace.store.catalog(CatalogQuery(text: "old")).total == 0)
    }

    @Test func `a catalog row counts versions and users`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        try workspace.register("web", .service, VersionNumber(2, 0))
        let row = try #require(try workspace.store.catalog(CatalogQuery(kind: .service)).rows.first)
        #expect(row.versionCount == 2)
        #expect(row.usedCount == 1)
        #expect(row.latest == VersionNumber(2, 0))
        #expect(row.latestStatus == .draft)
    }

    @Test func `whether components may be attached to a version can be changed`() throws {
        let workspace = try Workspace()
        try workspace.register("web", .service, VersionNumber(1, 0))
        #expect(try workspace.store.version("web", VersionNumber(1, 0))?.takesComponents == false)
        try workspace.store.setTakesComponents(true, of: "web", VersionNumber(1, 0), history: Workspace.entry())
        #expect(try workspace.store.version("web", VersionNumber(1, 0))?.takesComponents == true)
    }
}
