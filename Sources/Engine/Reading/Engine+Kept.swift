package import Catalog
import Documents
import Store

/// What a stack has left behind, with where that was.
package struct KeptDetail: Hashable, Sendable {
    package var kept: KeptResource
    /// Where an instance ran; an environment's own name.
    package var environment: String
    package var connection: String
}

extension Engine {
    /// What stacks have left behind because they were told to keep it, the newest first.
    ///
    /// - Parameter environment: Only what was in it; it may be gone. `nil` for all.
    package func kept(in environment: String? = nil) throws(Refusal) -> [KeptDetail] {
        try refusing {
            try store.keptResources(limit: Int(Int32.max)).rows.map { kept in
                let deployment = try store.deployment(kept.deployment)
                var place = deployment?.environment ?? ""
                if case .environment(let name) = kept.target { place = name }
                return KeptDetail(
                    kept: kept, environment: place, connection: deployment?.connection ?? Connection.local.name)
            }.filter { environment == nil || $0.environment == environment }
        }
    }

    /// Takes kept resources out of the list, all of them or none; outside nothing is touched.
    ///
    /// - Returns: What was forgotten.
    @discardableResult
    package func forget(kept ids: [KeptResource.ID], why: String) throws(Refusal) -> [KeptResource] {
        try Words.check(why: why)
        let all = Dictionary(try kept().map { ($0.kept.id, $0.kept) }) { first, _ in first }
        var seen: Set<KeptResource.ID> = []
        let wanted = ids.filter { seen.insert($0).inserted }
        let faults = wanted.filter { all[$0] == nil }.map { id in
            Finding(
                "kept.unknown", "There is no kept resource \(id) in this workspace.",
                hint: "See what there is with: baryon kept list")
        }
        if !faults.isEmpty { throw Refusal(faults) }
        let forgotten = wanted.compactMap { all[$0] }
        try refusing {
            try store.forget(
                keptResources: forgotten.map { kept in
                    let detail = "\(kept.resource.type) \(kept.physicalID)"
                    return (kept.id, entry("kept.forget", kept.target.id, detail: detail, why: why))
                })
        }
        return forgotten
    }
}
