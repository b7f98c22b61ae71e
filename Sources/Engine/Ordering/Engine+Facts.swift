package import Catalog
import Store

/// Who owns things and what they are for: kept at once, nothing is deployed.
extension Engine {
    package func describe(
        _ target: Target, owner: String? = nil, stage: Stage? = nil, why: String = ""
    ) throws(Refusal) {
        try Words.check(owner: owner, why: why)
        _ = try existingRecord(target)
        let detail = [owner.map { "owner \($0)" }, stage.map { "stage \($0.rawValue)" }].compactMap(\.self)
        let entry = entry(
            "\(target.kind.rawValue).describe", target.id, detail: detail.joined(separator: ", "), why: why)
        try refusing { try store.change(target, owner: owner, stage: stage, history: entry) }
    }

    package func describe(service name: String, owner: String, why: String = "") throws(Refusal) {
        try Words.check(owner: owner, why: why)
        var service = try existingService(name)
        service.owner = owner
        let described = service
        let entry = entry("service.describe", name, detail: "owner \(owner)", why: why)
        try refusing { try store.change(described, history: entry) }
    }
}
