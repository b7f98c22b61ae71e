import CloudFormation
import Documents
import Testing

@Suite struct BundleTests {
    @Test(arguments: Cases.rendered)
    func `a rendered file reads as the service reads it`(path: String) throws {
        let document = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        let wanted = try Cases.document("\(path)/template.json", as: .json).value
        let (template, _) = Template.read(document)
        #expect(template.json == wanted)
        let resources = try Cases.document("\(path)/resources.json", as: .json).value.list ?? []
        #expect(template.resources.map(\.logicalID) == resources.compactMap { $0["id"]?.string })
        #expect(template.resources.map(\.type) == resources.compactMap { $0["type"]?.string })
    }

    @Test(arguments: Cases.rendered)
    func `a long form reads as the short form does`(path: String) throws {
        let yaml = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        let json = try Cases.document("\(path)/template.json", as: .json)
        let short = Template.read(yaml).template.evaluate().template
        let long = Template.read(json).template.evaluate().template
        #expect(short.resources.map(\.properties) == long.resources.map(\.properties))
        #expect(short.outputs.map(\.value) == long.outputs.map(\.value))
        #expect(ChangeSet(applied: short, wanted: long).isEmpty)
        #expect(ChangeSet(applied: nil, wanted: short).changes.map(\.logicalID) == short.resources.map(\.logicalID))
        #expect(short.graph.order.count == short.resources.count)
    }

    /// What the linter of the cases calls an error of references is a finding, and nothing else is.
    @Test(arguments: Cases.rendered)
    func `faults are those that the linter sees`(path: String) throws {
        let document = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        let (template, faults) = Template.read(document)
        let findings = faults + template.evaluate().findings
        let rules = try Cases.document("\(path)/lint.json", as: .json).value.list ?? []
        let structural = ["E1001", "E1010", "E1012", "E1019", "E1020", "E3001", "E3004", "E3005", "E6101"]
        let seen = rules.contains { structural.contains($0["rule"]?.string ?? "") }
        #expect(findings.isEmpty == !seen, "\(findings.map(\.text).joined(separator: "\n"))")
    }
}
