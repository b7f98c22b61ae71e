extension [Change] {
    /// What differs by itself, and not because of what it refers to.
    package var byThemselves: [Change] {
        compactMap { change in
            var change = change
            change.causes.removeAll { $0.old == $0.new }
            return change.causes.isEmpty && change.kind != .add && change.kind != .remove ? nil : change
        }
    }
}
