internal import Documents

/// What changes between what is applied and what is wanted.
package struct ChangeSet: Sendable {
    /// Resources that change: those that are wanted in their order, then those that go in theirs.
    package let changes: [ResourceChange]
    package let outputs: [OutputChange]

    package var isEmpty: Bool { changes.isEmpty && outputs.isEmpty }

    /// Compares two evaluated templates; `nil` stands for nothing at all.
    ///
    /// - Parameter region: Whose facts count; providers differ a little between regions.
    package init(applied: EvaluatedTemplate?, wanted: EvaluatedTemplate?, region: String? = nil) {
        var comparison = Comparison(applied: applied, wanted: wanted, region: region)
        changes = comparison.run()
        outputs = OutputChange.between(applied, wanted)
    }

    /// The worst first, as people should read them; among equals in the order of the template.
    package var byGravity: [ResourceChange] {
        changes.enumerated().sorted { ($1.element.gravity, $0.offset) < ($0.element.gravity, $1.offset) }.map(\.element)
    }
}

/// An output that changes.
package struct OutputChange: Sendable, Hashable {
    package let name: String
    /// `nil` for one that is new.
    package let oldText: String?
    /// `nil` for one that goes.
    package let newText: String?

    static func between(_ applied: EvaluatedTemplate?, _ wanted: EvaluatedTemplate?) -> [OutputChange] {
        let old = Dictionary((applied?.outputs ?? []).map { (Key($0.name), $0.value) }) { first, _ in first }
        let new = Set((wanted?.outputs ?? []).map { Key($0.name) })
        let changed = (wanted?.outputs ?? []).compactMap { output -> OutputChange? in
            let previous = old[Key(output.name)]
            guard previous != output.value else { return nil }
            return OutputChange(name: output.name, oldText: previous?.shown, newText: output.value.shown)
        }
        let gone = (applied?.outputs ?? []).filter { !new.contains(Key($0.name)) }.map {
            OutputChange(name: $0.name, oldText: $0.value.shown, newText: nil)
        }
        return changed + gone
    }
}

extension ResourceChange {
    /// How much a person should care: loss first, routine last.
    package var gravity: Int {
        let own =
            switch (consequence, changeClass) {
            case (.dataLoss, _): 10
            case (.outage, _): 9
            case (.snapshot, _): 8
            case (.kept, _): 7
            case (.routine, _): 1
            case (.none, .replace): 6
            case (.none, .mayReplace), (.none, .unknown): 5
            case (.none, .remove): 4
            case (.none, .update): 2
            case (.none, .add): 1
            case (.none, .metadata): 0
            }
        return widenings.isEmpty ? own : max(own, 3)
    }
}
