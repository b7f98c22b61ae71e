import Catalog
import Documents
import Engine
import Testing

/// A spec that a form has changed differs from what was there only where the person changed something.
@Suite struct SpecEditTests {
    private let text = """
        # The shop, as we run it.
        proton: ServiceSpec   # fixed

        pipeline:
          build_command: make   # quick
        instances:
          # the first that a change reaches
          - name: dev
            environment: demo   # shared
            spec:
              size: 1           # small
              labels:
                team: a         # ours
                tier: dev
          # customers are here
          - name: prod
            environment: demo
            spec:
              size: 4
          - environment: other
            name: eu            # a country of its own
        # the end

        """

    private func edited(_ change: (inout SpecContent) -> Void) throws -> String {
        let engine = try Bench().engine
        var content = try #require(engine.readSpec(text, kind: .service).content)
        change(&content)
        let new = engine.serviceSpec(content, over: text)
        let read = try #require(engine.readSpec(new, kind: .service).content)
        #expect(read == content)
        return new
    }

    @Test func `without a change it is the same to the byte`() throws {
        #expect(try edited { _ in } == text)
    }

    @Test func `a member far below is changed alone`() throws {
        let new = try edited { content in
            content.instances[0].inputs = ["size": 1, "labels": ["team": "b", "tier": "dev"]]
            content.pipeline = ["build_command": "make", "approval": true]
        }
        let wanted = text.replacing("team: a ", with: "team: b ")
            .replacing("make   # quick\n", with: "make   # quick\n  approval: true\n")
        #expect(new == wanted)
    }

    @Test func `an instance is added, moved and taken out without a change of the others`() throws {
        let added = try edited { $0.instances.append(.init(name: "new", environment: "demo", inputs: ["size": 2])) }
        let lines = "  - name: new\n    environment: demo\n    spec:\n      size: 2\n"
        #expect(added == text.replacing("# a country of its own\n", with: "# a country of its own\n" + lines))
        let moved = try edited { $0.instances[1].environment = "far" }
        #expect(moved == text.replacing("name: prod\n    environment: demo", with: "name: prod\n    environment: far"))
        let removed = try edited { $0.instances.remove(at: 0) }
        #expect(removed.contains("name: eu            # a country of its own") && removed.contains("# The shop"))
        #expect(!removed.contains("dev") && removed.contains("# customers are here"))
        let renamed = try edited { $0.instances[0].name = "test" }
        #expect(renamed == text.replacing("name: dev", with: "name: test"))
    }

    @Test func `brackets keep their comments, and a byte order mark stays where it was`() throws {
        let engine = try Bench().engine
        let text = "\u{FEFF}proton: EnvironmentSpec\nspec:\n  zones: [a,  # why a\n    b]  # and b\n  size: 1\n"
        let new = engine.environmentSpec(["zones": ["a", "b", "c"], "size": 2], over: text)
        let wanted = text.replacing("b]  # and b", with: "b,\n    c]  # and b").replacing("size: 1", with: "size: 2")
        #expect(new.utf8.elementsEqual(wanted.utf8), "\(new)")
    }

    @Test func `lines that end in CR LF stay so`() throws {
        let engine = try Bench().engine
        let text = "proton: EnvironmentSpec\r\n# why\r\nspec:\r\n  a: 1 # x\r\n  b: 2\r\n"
        let new = engine.environmentSpec(["a": 1], over: text)
        #expect(new == "proton: EnvironmentSpec\r\n# why\r\nspec:\r\n  a: 1 # x\r\n")
        #expect(
            engine.environmentSpec([:], over: "proton: EnvironmentSpec\n# none\n")
                == "proton: EnvironmentSpec\n# none\n")
    }
}
