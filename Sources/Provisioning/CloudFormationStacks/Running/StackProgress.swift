internal import Catalog
internal import Documents

/// How far a deployment of a real stack has come, as its journal tells.
struct StackProgress: Sendable {
    /// What has been done, with what the provider said.
    private(set) var done: [StackCall: Value] = [:]
    /// What was ever begun, with what had to be known for it.
    private(set) var begun: [StackCall: Value] = [:]
    /// What was about to be done when the journal ends.
    private(set) var open: StackCall?
    /// The failure or the wish to cancel that ended the way forward.
    private(set) var end: JournalEntry?
    private(set) var startedAt: Instant?
    /// The id of the last event that was told.
    private(set) var lastEvent: String?
    /// The stack's status, as the told events say.
    private(set) var status = ""
    private(set) var isRollingBack = false
    /// Whether a resource's event was told: not every endpoint has them.
    private(set) var hasTold = false
    /// Kinds of faults that are being waited out.
    private(set) var waits: Set<String> = []
    private(set) var outcome: Outcome?
    private(set) var hasBegun = false

    /// - Parameter isAfresh: Whether only what follows the last end counts, and not that end.
    init(_ journal: [JournalEntry], isAfresh: Bool = false) {
        var entries = journal[...]
        if isAfresh, let end = entries.lastIndex(where: { $0.mark == .finished }) { entries = entries[(end + 1)...] }
        for entry in entries { add(entry) }
    }

    mutating func add(_ entry: JournalEntry) {
        hasBegun = true
        let note = entry.note ?? .null
        switch entry.mark {
        case .intent:
            guard let call = StackCall(rawValue: entry.call) else { return }
            open = call
            begun[call] = note
            if startedAt == nil, let time = note["startedAt"]?.number?.int {
                startedAt = Instant(milliseconds: Int64(time))
            }
        case .done: add(entry.call, note)
        case .failed, .cancelled: (open, end) = (nil, entry)
        case .finished: outcome = Outcome(note, entry.failure)
        case .cleaning, .undoing, .undone, .stuck: break
        }
    }

    private mutating func add(_ name: String, _ note: Value) {
        guard let call = StackCall(rawValue: name) else { return }
        switch call {
        case .follow:
            lastEvent = note["last"]?.string ?? lastEvent
            status = note["status"]?.string ?? status
            isRollingBack = note["isRollingBack"]?.bool ?? isRollingBack
            hasTold = hasTold || note["told"]?.bool == true
        case .wait: if let kind = note.string { waits.insert(kind) }
        default:
            done[call] = note
            open = nil
        }
    }

    func isDone(_ call: StackCall) -> Bool { done[call] != nil }

    /// Whether the stack is being deleted, so that only the end of that is the end.
    var isDeleting: Bool { isDone(.delete) || done[.cancelCreation].map { $0["lost"]?.bool != true } ?? false }

    /// Whether the stack has come to its end.
    var isAtEnd: Bool { StackState.isEnd(status) && (!isDeleting || status.hasPrefix("DELETE_")) }

    /// Whether the stack was asked to stop, or is to be.
    var isStopping: Bool { end?.mark == .cancelled || end?.call == StackCall.timeout.rawValue }
}

/// Outcomes as notes of the last entry, so that a call after the end needs nobody.
extension Outcome {
    var note: Value {
        switch self {
        case .succeeded(let outputs):
            [
                "end": "succeeded",
                "outputs": .list(
                    outputs.map { ["key": .string($0.key), "value": .string($0.value), "note": .string($0.note)] }),
            ]
        case .failed: ["end": "failed"]
        case .stuck: ["end": "stuck"]
        case .cancelled(let undone): ["end": "cancelled", "undone": .list(undone.map(Value.string))]
        }
    }

    init?(_ note: Value, _ failure: Failure?) {
        switch (note["end"]?.string, failure) {
        case ("failed", let failure?): self = .failed(failure)
        case ("stuck", let failure?): self = .stuck(failure)
        case ("cancelled", _): self = .cancelled(undone: (note["undone"]?.list ?? []).compactMap(\.string))
        case ("succeeded", _):
            self = .succeeded(
                (note["outputs"]?.list ?? []).compactMap { item in
                    item["key"]?.string.map {
                        Output(key: $0, value: item["value"]?.string ?? "", note: item["note"]?.string ?? "")
                    }
                })
        default: return nil
        }
    }
}
