internal import Documents

extension Expression {
    /// Which names an expression uses.
    struct Uses {
        /// Names of parameters, resources or pseudo parameters.
        var names: [String] = []
        var conditions: [String] = []
    }

    /// All names in it; what stands in a branch of `Fn::If` only with `branches`.
    func uses(inBranches branches: Bool = true) -> Uses {
        var uses = Uses()
        collect(into: &uses, branches: branches)
        return uses
    }

    private func collect(into uses: inout Uses, branches: Bool) {
        switch form {
        case .literal, .opaque: break
        case .list(let items): for item in items { item.collect(into: &uses, branches: branches) }
        case .object(let members): for member in members { member.value.collect(into: &uses, branches: branches) }
        case .ref(let name): uses.names.append(name)
        case .getAtt(let resource, let attribute):
            uses.names.append(resource)
            attribute.collect(into: &uses, branches: branches)
        case .sub(let parts, let variables):
            for variable in variables { variable.value.collect(into: &uses, branches: branches) }
            for case .variable(let name) in parts where !variables.contains(where: { $0.name == name }) {
                uses.names.append(String(name.prefix { $0 != "." }))
            }
        case .condition(let name): uses.conditions.append(name)
        case .call(.choose, let items):
            if let name = items[0].literalText { uses.conditions.append(name) }
            if branches { for item in items.dropFirst() { item.collect(into: &uses, branches: branches) } }
        case .call(_, let items): for item in items { item.collect(into: &uses, branches: branches) }
        }
    }
}

/// Finds conditions that are made of themselves.
struct ConditionCircles {
    private let template: Template

    init(_ template: Template) { self.template = template }

    func findings() -> [Finding] {
        let edges = template.conditions.map { condition in (condition.name, condition.expression.uses().conditions) }
        let graph = DependencyGraph(edges)
        return graph.cycles.map { cycle in
            let position = template.conditions.first { $0.name == cycle.first }?.position
            let names = (cycle + cycle.prefix(1)).map { "\"\($0)\"" }.joined(separator: " → ")
            return Finding(
                "cloudformation.cycle", "Conditions must not be made of themselves, but are: \(names).",
                place: position?.place(in: template.source))
        }
    }
}

/// Finds resources that need each other whatever the conditions are.
///
/// What stands under a condition is left to the graph of the evaluated template.
struct ResourceCircles {
    private let template: Template

    init(_ template: Template) { self.template = template }

    func findings() -> [Finding] {
        let edges = template.resources.map { resource -> (String, [String]) in
            guard resource.condition == nil else { return (resource.logicalID, []) }
            let uses = resource.expressions.flatMap { $0.uses(inBranches: false).names }
            return (resource.logicalID, uses + resource.dependsOn.map(\.text))
        }
        return DependencyGraph(edges).cycles.map { cycle in
            let position = template.resources.first { $0.logicalID == cycle.first }?.position
            return DependencyGraph.finding(cycle, place: position?.place(in: template.source))
        }
    }
}
