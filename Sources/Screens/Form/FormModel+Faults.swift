package import Documents
import Schemas

/// What is wrong, and where it is told.
extension FormModel {
    /// Checks everything; quick enough for every key.
    mutating func check() {
        faults = [:]
        for index in sections.indices { sections[index].ask() }
        for index in sections.indices { find(in: index) }
        for (spot, finding) in repeats { faults[spot, default: []].append(finding) }
        bringForward()
        let spots = allSpots
        guard !spots.contains(focus) else { return }
        focus = spots.last { $0 < focus } ?? spots.first ?? focus
    }

    private mutating func find(in index: Int) {
        let section = sections[index]
        let shape = section.shape
        for (entry, found) in section.entries.map(\.ownFaults).enumerated() where !found.isEmpty && shape.isShown(entry)
        {
            faults[Spot(section: index, entry: entry)] = found
        }
        for (entry, finding) in section.nameFaults {
            faults[Spot(section: index, entry: entry), default: []].append(finding)
        }
        for part in section.parts.indices {
            let schema = section.parts[part].schema
            let value = section.filled(part: part)
            for finding in schema.validate(value) where finding.severity == .error {
                for finding in section.inBranch(finding, value, part: part) {
                    guard let entry = section.entry(for: finding, part: part, shape) else { continue }
                    // What can't be read as a value is one fault, not the many that follow from it.
                    if !section.entries[entry].ownFaults.isEmpty { continue }
                    faults[Spot(section: index, entry: entry), default: []].append(finding)
                }
            }
        }
    }

    /// What stands aside and has a fault is shown.
    private mutating func bringForward() {
        var isChanged = false
        for spot in faults.keys where sections[spot.section].isHidden(spot.entry) {
            for entry in sections[spot.section].ancestors(of: spot.entry) + [spot.entry] {
                sections[spot.section].entries[entry].aside = nil
            }
            isChanged = true
        }
        if isChanged { for index in sections.indices { sections[index].ask() } }
    }

    package var isComplete: Bool { faults.isEmpty }

    /// The faults that a person sees: of fields that were left, as all are once the review was asked for.
    ///
    /// A name that stands twice shows at once: more typing does not mend it. So does an old answer that can't be
    /// chosen any more.
    package func shownFaults(at spot: Spot) -> [Finding] {
        let found = faults[spot] ?? []
        return self[spot].wasLeft ? found : found.filter { $0.code == "form.repeatedKey" }
    }

    /// The entries of the focused section at which faults show.
    var shownFaultEntries: [Int] {
        faults.keys.filter { $0.section == focus.section && !shownFaults(at: $0).isEmpty }.map(\.entry)
    }

    /// Fields that wait for an answer, and answers that are wrong.
    package func counts(section: Int? = nil) -> (toFill: Int, wrong: Int) {
        let spots = faults.keys.filter { section == nil || $0.section == section }
        let wrong = spots.count { self[$0].isSet }
        return (spots.count - wrong, wrong)
    }

    /// How many of the answers that there have to be are still to be given.
    package var required: (left: Int, total: Int) {
        let left = Set(faults.keys.filter { !self[$0].isSet })
        let given = allSpots.filter { spot in
            let entry = self[spot]
            return entry.field.isRequired && entry.field.defaultValue == nil && entry.isSet
        }
        return (left.count, left.union(given).count)
    }
}

extension Outline {
    func isShown(_ entry: Int) -> Bool { isShown[entry] }
}

extension FormModel.Section {
    /// The entry that a finding is told at: the innermost that asks for its place, else the first in its place.
    fileprivate func entry(for finding: Finding, part: Int, _ shape: Outline) -> Int? {
        let steps = (finding.focus ?? finding.pointer ?? Pointer()).steps
        let isChoice = finding.code == "schema.oneOf" || finding.code == "schema.anyOf"
        var own: Int?
        var beside: Int?
        for index in entries.indices where entries[index].part == part && shape.isShown[index] {
            let place = entries[index].field.pointer.steps
            guard steps.starts(with: place), entries[index].role != .name else { continue }
            if entries[index].isBeside, place.count < steps.count {
                beside = beside ?? index
            } else if own.map({ entries[$0].field.pointer.steps.count <= place.count }) ?? true {
                // What a choice as a whole lacks is told at the choice, not at what stands in it.
                if isChoice, let own, entries[own].field.pointer.steps == place, entries[own].role == .branch {
                    continue
                }
                own = index
            }
        }
        if let own { return own }
        let near = entries.indices.first { index in
            entries[index].part == part && shape.isShown[index]
                && entries[index].field.pointer.steps.starts(with: steps)
        }
        return near ?? beside ?? entries.indices.first { entries[$0].part == part && shape.isShown[$0] }
    }

    /// A finding about a choice as what the branch that was chosen has against the answers; as it is where that is
    /// nothing.
    fileprivate func inBranch(_ finding: Finding, _ value: Value, part: Int) -> [Finding] {
        guard finding.code == "schema.oneOf" || finding.code == "schema.anyOf", let pointer = finding.pointer else {
            return [finding]
        }
        let shape = shape
        for index in entries.indices where entries[index].part == part && shape.isShown[index] {
            let entry = entries[index]
            guard entry.role == .branch, entry.field.pointer == pointer, case .branch(let input) = entry.widget,
                entry.isSet, let chosen = input.chosen, let own = value[pointer]
            else { continue }
            let schema = parts[part].schema
            let found = schema.findings(of: own, at: pointer, as: entry.branches[chosen], in: value)
            if !found.isEmpty { return found }
        }
        return [finding]
    }

    /// Entries of maps without a name, and names that stand twice.
    fileprivate var nameFaults: [(Int, Finding)] {
        let shape = shape
        var found: [(Int, Finding)] = []
        for index in entries.indices where entries[index].hasNames && entries[index].role == .table {
            guard shape.isShown[index] else { continue }
            var seen: Set<String> = []
            for row in slots(of: index) {
                guard let place = row.first else { continue }
                let name = entries[place].shownText
                if name.isEmpty {
                    found.append((place, Finding("form.name", "Name is required.")))
                } else if !seen.insert(name).inserted {
                    let message = "\(entries[index].field.label) must name \(name) once, but two entries do."
                    let hint = "Take one of them out, or rename it."
                    found.append((place, Finding("form.repeatedKey", message, hint: hint)))
                }
            }
        }
        return found
    }
}
