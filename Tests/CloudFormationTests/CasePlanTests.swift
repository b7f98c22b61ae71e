import CloudFormation
import Documents
import Testing

/// What holds for the plans of every template that others wrote.
@Suite struct CasePlanTests {
    private static let givens = Givens(
        pseudo: PseudoParameters(accountID: "123456789012", region: "us-east-1", stackName: "orders-dev"))

    private func template(_ path: String) throws -> EvaluatedTemplate {
        let document = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        return Template.read(document).template.evaluate(with: Self.givens).template
    }

    @Test(arguments: Cases.rendered)
    func `from nothing everything is added, and against itself nothing changes`(path: String) throws {
        let wanted = try template(path)
        let fromNothing = ChangeSet(applied: nil, wanted: wanted, region: "us-east-1")
        #expect(fromNothing.changes.map(\.logicalID) == wanted.resources.map(\.logicalID))
        #expect(fromNothing.changes.allSatisfy { $0.changeClass == .add })
        #expect(fromNothing.outputs.map(\.name) == wanted.outputs.map(\.name))
        #expect(ChangeSet(applied: wanted, wanted: wanted, region: "us-east-1").isEmpty)
        #expect(ChangeSet(applied: try template(path), wanted: wanted, region: "us-east-1").isEmpty)
        let toNothing = ChangeSet(applied: wanted, wanted: nil, region: "us-east-1")
        #expect(toNothing.changes.map(\.logicalID) == wanted.resources.map(\.logicalID))
        #expect(toNothing.changes.allSatisfy { $0.changeClass == .remove })
    }

    /// The template of the same bundle's other spec.
    private static let pairs: [(String, String)] = {
        let all = Set(Cases.rendered)
        return Cases.rendered.flatMap { path -> [(String, String)] in
            let other = path.replacing("/min/", with: "/alt/")
            return other != path && all.contains(other) ? [(path, other), (other, path)] : []
        }
    }()

    /// The lattice, lowest first.
    private static let ranks: [ChangeClass] = [.metadata, .update, .unknown, .mayReplace, .replace]

    @Test(arguments: pairs)
    func `a class is the highest of its causes, and replacements are carried to the end`(from: String, to: String)
        throws
    {
        let (applied, wanted) = (try template(from), try template(to))
        let set = ChangeSet(applied: applied, wanted: wanted, region: "us-east-1")
        for change in set.changes where change.changeClass != .add && change.changeClass != .remove {
            let rank = Self.ranks.firstIndex(of: change.changeClass)
            #expect(rank == change.causes.compactMap { Self.ranks.firstIndex(of: $0.effect) }.max())
        }
        let classes = Dictionary(set.changes.map { ($0.logicalID, $0.changeClass) }) { first, _ in first }
        for resource in wanted.resources where applied[resource.logicalID]?.type == resource.type {
            let facts = ResourceFacts.facts(for: resource.type, region: "us-east-1")
            for reference in resource.references where classes[reference.target] == .replace {
                let path = Array(reference.path.dropFirst())
                guard reference.path.first == "Properties", reference.target != resource.logicalID else { continue }
                let own = try #require(classes[resource.logicalID], "\(resource.logicalID) refers to what is replaced")
                let isFixed = facts?.createOnly.contains { $0.steps.count <= path.count && $0.isOnBranch(of: path) }
                if isFixed == true { #expect(own == .replace, "\(resource.logicalID)") }
            }
        }
        // What is written in either template is in the plan exactly where it differs.
        for resource in wanted.resources {
            guard let old = applied[resource.logicalID], old.properties != resource.properties else { continue }
            #expect(classes[resource.logicalID] != nil || resource.properties == old.properties)
        }
    }
}
