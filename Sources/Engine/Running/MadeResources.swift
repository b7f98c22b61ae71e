import Catalog
import Documents
import Provisioning
import Store

/// What a move has made, kept in its journal with the step that tells it, until all is settled in one transaction.
enum MadeResources {
    private static let key = "made"

    static func entry(of step: Step) -> String {
        guard !step.put.isEmpty, case .object(var object) = step.entry.value else { return step.entry.value.json() }
        object[key] = .list(step.put.map(\.value))
        return Value.object(object).json()
    }

    /// What the last step that told of resources has told.
    static func read(_ journal: [String]) -> [ProvisionedResource] {
        for text in journal.reversed() {
            let read = Document.read(Source(name: "journal", text: text), as: .json, limits: .stored)
            guard let made = read.document?.value[key]?.list else { continue }
            return made.compactMap(ProvisionedResource.init(value:))
        }
        return []
    }
}
