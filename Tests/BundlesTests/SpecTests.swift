import Bundles
import Documents
import Testing

@Suite struct SpecTests {
    private let text = """
        proton: ServiceSpec
        pipeline: {}
        instances:
          - name: dev
            environment: test
            spec: {port: 8080}
          - name: prod
            environment: live

        """

    @Test func `a spec is filled in the order of the schema`() throws {
        let bundle = Samples.bundle(Samples.service)
        let (spec, findings) = Samples.spec(text)
        #expect(findings.isEmpty)
        let read = try #require(spec)
        #expect(read.findings(for: bundle).isEmpty)
        #expect(
            read.filled(for: bundle).value.json()
                == #"{"proton":"ServiceSpec","pipeline":{"command":"make"},"instances":[{"name":"dev","environment":"test","spec":{"port":8080,"image":"nginx"}},{"name":"prod","environment":"live","spec":{"port":80,"image":"nginx"}}]}"#
        )
    }

    @Test func `all faults of a spec are told at once, with places`() throws {
        let bundle = Samples.bundle(Samples.service)
        let (spec, findings) = Samples.spec(
            """
            proton: ServicSpec
            extra: 1
            instances:
              - name: a b
                environment: test
                spec: {port: x, image: q}
              - name: dev
              - name: dev
                environment: e

            """)
        #expect(
            findings.map { "\($0.place?.line ?? 0) \($0.code.rawValue)" } == [
                "1 spec.kind", "2 spec.unknown", "4 name.characters", "7 spec.missing", "8 spec.duplicate",
            ])
        let faults = try #require(spec).findings(for: bundle)
        #expect(faults.map { $0.place?.line } == [6, 6], "\(faults.map(\.text))")
        #expect(faults.first?.pointer?.description == "/instances/0/spec/port")
    }

    @Test func `current values are kept, by instance name`() throws {
        let (before, _) = Samples.spec(
            "proton: ServiceSpec\ninstances:\n  - {name: b, environment: e, spec: {port: 1}}\n  - {name: a, environment: e, spec: {port: 2}}\n"
        )
        let (after, _) = Samples.spec(
            "proton: ServiceSpec\ninstances:\n  - name: a\n    environment: e\n    spec: {port: \"${Proton::CURRENT_VAL}\", image: \"${Proton::CURRENT_VAL}\"}\n"
        )
        let (resolved, findings) = try #require(after).resolved(against: before)
        #expect(resolved.instances.first?.inputs["port"] == 2)
        #expect(findings.map(\.code) == ["spec.currentValue"])
        #expect(findings.first?.pointer?.description == "/instances/0/spec/image")
    }

    @Test func `pipeline inputs need a pipeline`() throws {
        var files = Samples.service
        for path in files.keys where path.hasPrefix("pipeline_") { files[path] = nil }
        let (spec, _) = Samples.spec(
            "proton: ServiceSpec\npipeline: {command: x}\ninstances:\n  - {name: a, environment: e}\n")
        #expect(try #require(spec).findings(for: Samples.bundle(files)).map(\.code) == ["spec.pipeline"])
    }

    @Test func `environments have inputs too`() throws {
        let bundle = Samples.bundle(Samples.environment)
        let (spec, findings) = Samples.spec("proton: EnvironmentSpec\nspec: {vpc_cidr: 10.0.0.0/16}\n", service: false)
        #expect(findings.isEmpty)
        let read = try #require(spec)
        #expect(read.findings(for: bundle).isEmpty)
        #expect(read.filled(for: bundle).environmentInputs == ["vpc_cidr": "10.0.0.0/16", "size": 2])
        let (empty, _) = Samples.spec("proton: EnvironmentSpec\n", service: false)
        #expect(try #require(empty).findings(for: bundle).count == 1)
    }
}
