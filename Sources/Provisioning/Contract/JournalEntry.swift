package import Catalog
package import Documents

/// One line of a deployment's journal: what was about to be done, or what was done, with the state before.
package struct JournalEntry: Hashable, Sendable {
    package enum Mark: String, Hashable, Sendable, CaseIterable {
        /// The act on `resource` is about to begin.
        case intent
        /// The act on `resource` is done.
        case done
        /// The act on `resource` was refused or went wrong: everything is to be undone.
        case failed
        /// Somebody asked to cancel: everything is to be undone.
        case cancelled
        /// All is made; what is no longer wanted goes now, and nothing is undone any more.
        case cleaning
        /// The act on `resource` is about to be undone.
        case undoing
        case undone
        /// The act on `resource` could not be undone.
        case stuck
        /// The end: nothing follows.
        case finished
    }

    package enum Act: String, Hashable, Sendable, CaseIterable {
        case create, update, replace, delete
    }

    package var mark: Mark
    package var act: Act?
    /// A logical id; empty where the entry is about the whole.
    package var resource: String
    /// What a provider was asked to do, in its own words such as `execute-change-set`; empty where nobody was asked.
    package var call: String
    package var before: ProvisionedResource?
    package var after: ProvisionedResource?
    package var failure: Failure?
    /// What the next run has to know, such as the id that a provider gave.
    package var note: Value?

    package init(
        _ mark: Mark, act: Act? = nil, resource: String = "", call: String = "",
        before: ProvisionedResource? = nil, after: ProvisionedResource? = nil, failure: Failure? = nil,
        note: Value? = nil
    ) {
        self.mark = mark
        self.act = act
        self.call = call
        self.note = note
        self.resource = resource
        self.before = before
        self.after = after
        self.failure = failure
    }
}

/// Entries as data, so that the store keeps them as JSON.
extension JournalEntry {
    package var value: Value {
        var object = Object([("mark", .string(mark.rawValue))])
        if let act { object["act"] = .string(act.rawValue) }
        if !resource.isEmpty { object["resource"] = .string(resource) }
        if !call.isEmpty { object["call"] = .string(call) }
        object["before"] = before?.value
        object["after"] = after?.value
        if let failure {
            object["failure"] = .object(
                Object([
                    ("resource", .string(failure.resource)), ("type", .string(failure.type)),
                    ("reason", .string(failure.reason)), ("hint", .string(failure.hint)),
                    ("undone", .list(failure.undone.map(Value.string))),
                ]))
        }
        object["note"] = note
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let mark = value["mark"]?.string.flatMap(Mark.init) else { return nil }
        self.init(
            mark, act: value["act"]?.string.flatMap(Act.init), resource: value["resource"]?.string ?? "",
            call: value["call"]?.string ?? "", before: value["before"].flatMap(ProvisionedResource.init(value:)),
            after: value["after"].flatMap(ProvisionedResource.init(value:)),
            failure: value["failure"].map { failure in
                Failure(
                    resource: failure["resource"]?.string ?? "", type: failure["type"]?.string ?? "",
                    reason: failure["reason"]?.string ?? "", hint: failure["hint"]?.string ?? "",
                    undone: (failure["undone"]?.list ?? []).compactMap(\.string)
                )
            },
            note: value["note"]
        )
    }
}
