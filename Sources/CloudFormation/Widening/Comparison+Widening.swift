internal import Documents

extension Comparison {
    /// What a change opens, the resource's own properties alone considered.
    func widenings(of change: ResourceChange) -> [Widening] {
        let new = wanted?[change.logicalID]
        let before = applied?[change.logicalID]
        // A resource of another type is a new one.
        let old = before?.type == (new ?? before)?.type ? before : nil
        guard let template = new == nil ? applied : wanted else { return [] }
        if let old, let new, old.properties == new.properties { return [] }
        var list = WideningList(place: template.place)
        let account = wanted?.account ?? applied?.account
        let isOfOld = new.map { belongsToOld($0) } ?? false
        if new != nil || isLeftBehind(old) {
            var permissions = PermissionWidening(old: old, new: new, account: account, isOfOld: isOfOld, list: list)
            permissions.run()
            list = permissions.list
        }
        if let new {
            var network = NetworkWidening(old: old, new: new, isOfOld: isOfOld, list: list)
            network.run()
            var exposure = ExposureWidening(old: old, new: new, list: network.list)
            exposure.run()
            list = exposure.list
        }
        return list.items
    }

    /// Whether a policy goes and what it was for stays: what it denied is then allowed.
    private func isLeftBehind(_ old: EvaluatedResource?) -> Bool {
        guard let old, let wanted, PolicyPlace.isPolicy(old.type) else { return false }
        return old.references.isEmpty || old.references.contains { wanted[$0.target] != nil }
    }

    /// Whether what an added rule or policy belongs to was there before, in the stack or outside of it.
    private func belongsToOld(_ resource: EvaluatedResource) -> Bool {
        guard let wanted, applied != nil else { return false }
        let names = ["Roles", "Users", "Groups", "RoleName", "UserName", "GroupName", "GroupId"]
        let isRule = resource.type.hasPrefix("AWS::EC2::SecurityGroup")
        guard isRule || PolicyPlace.attached.contains(resource.type) else { return false }
        return names.contains { name in
            guard let value = resource.properties[name] else { return false }
            // A managed policy may have a group's name of its own; what it belongs to is in lists.
            let uses = resource.references.filter { $0.path.starts(with: ["Properties", name]) }
            if uses.isEmpty { return !value.items.isEmpty }
            return uses.contains { use in applied?[use.target]?.type == wanted[use.target]?.type }
        }
    }
}
