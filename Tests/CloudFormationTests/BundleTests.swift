import CloudFormation
import Documents
import Testing

@Suite struct BundleTests {
    /// Rules of the linter about structure and references; the rest is about what values mean.
    private static let structural = [
        "E1001", "E1010", "E1012", "E1019", "E1020", "E3001", "E3004", "E3005", "E6101",
    ]

    @Test(arguments: Cases.rendered)
    func `a rendered file is what the service reads, in either form`(path: String) throws {
        let document = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        let longForm = try Cases.document("\(path)/template.json", as: .json)
        let (template, faults) = Template.read(document)
        #expect(template.json == longForm.value)

        let resources = try Cases.document("\(path)/resources.json", as: .json).value.list ?? []
        #expect(template.resources.map(\.logicalID) == resources.compactMap { $0["id"]?.string })
        #expect(template.resources.map(\.type) == resources.compactMap { $0["type"]?.string })

        let (short, more) = template.evaluate()
        let rules = try Cases.document("\(path)/lint.json", as: .json).value.list ?? []
        let isFaulty = rules.contains { Self.structural.contains($0["rule"]?.string ?? "") }
        #expect((faults + more).isEmpty == !isFaulty, "\((faults + more).map(\.text).joined(separator: "\n"))")

        // One spec of each bundle is enough to see that the forms mean the same.
        guard path.contains("/min/") else { return }
        let long = Template.read(longForm).template.evaluate().template
        #expect(ChangeSet(applied: short, wanted: long).isEmpty)
        #expect(ChangeSet(applied: nil, wanted: short).changes.map(\.logicalID) == short.resources.map(\.logicalID))
        #expect(short.graph.order.count == short.resources.count)
    }
}
