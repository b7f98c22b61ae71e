internal import Catalog
internal import Documents

/// How far a deployment has come, as its journal tells.
struct Progress: Sendable {
    /// Acts on the way forward that are done, in their order.
    private(set) var done: [JournalEntry] = []
    /// What was about to be done when the journal ends; `nil` when that was done, or nothing was.
    private(set) var open: JournalEntry?
    /// The failure or the wish to cancel that ended the way forward.
    private(set) var end: JournalEntry?
    private(set) var isCleaning = false
    /// What the clean-up or a removal has taken away.
    private(set) var removed: Set<Key> = []
    /// In the order in which it was undone.
    private(set) var undone: [String] = []
    private(set) var openUndo: String?
    private(set) var stuck: Failure?
    private(set) var isFinished = false
    private(set) var hasBegun = false
    private var doneIDs: Set<Key> = []
    private var quiet: Set<Key> = []

    init(_ journal: [JournalEntry]) {
        for entry in journal { add(entry) }
    }

    mutating func add(_ entry: JournalEntry) {
        hasBegun = true
        switch entry.mark {
        case .intent: open = entry
        case .done:
            open = nil
            if entry.act == .delete {
                removed.insert(Key(entry.resource))
            } else {
                done.append(entry)
                doneIDs.insert(Key(entry.resource))
            }
        case .failed, .cancelled: (open, end) = (nil, entry)
        case .cleaning: isCleaning = true
        case .undoing: openUndo = entry.resource
        case .undone:
            openUndo = nil
            undone.append(entry.resource)
        case .stuck: stuck = entry.failure
        case .finished: isFinished = true
        }
    }

    func isDone(_ logicalID: String) -> Bool { doneIDs.contains(Key(logicalID)) }
    func isOpen(_ logicalID: String) -> Bool { open.map { Key($0.resource) == Key(logicalID) } ?? false }

    /// What was there before and still is, because it goes only when all else is made.
    var replaced: [ProvisionedResource] { done.filter { $0.act == .replace }.compactMap(\.before) }

    /// What is to be undone next, the last act first.
    var nextToUndo: JournalEntry? {
        let left = done.count - undone.count
        return left > 0 ? done[left - 1] : nil
    }

    /// The undone resources that people want to hear of: what only moved in the record, or was kept, is left out.
    var undoneNames: [String] {
        let told = Set(done.filter { !$0.isQuiet && !$0.isKeptWhenUndone }.map { Key($0.resource) })
        return undone.filter { told.contains(Key($0)) }
    }
}

extension JournalEntry {
    /// Whether undoing it takes it out of the stack alone: with `Retain`, even what was just made stays.
    var isKeptWhenUndone: Bool { act == .create && after?.deletionPolicy == .retain }

    /// Whether only the record changed, such as a deletion policy: no service hears of it.
    var isQuiet: Bool {
        act == .update && before?.properties == after?.properties
    }
}
