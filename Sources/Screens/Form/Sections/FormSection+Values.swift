package import Documents
import Schemas

/// The value that a tree of entries stands for.
extension FormModel.Section {
    /// What an entry is answered with, all that stands in it included; `nil` where the default holds or nothing.
    package func answer(at index: Int) -> Value? {
        let entry = entries[index]
        let depth = entry.field.pointer.steps.count
        switch (entry.role, entry.widget) {
        case (.page, .page(let base)):
            guard entry.isSet || entry.field.defaultValue == nil else { return nil }
            let value = composed(kids(of: index), over: base ?? .object(Object()), from: depth)
            return base == nil && value.object?.isEmpty == true && !entry.isSet ? nil : value
        case (.table, .table(let table)):
            guard entry.isSet else { return nil }
            let values = zip(slots(of: index), table.bases).map { slot, base in
                composed(slot, over: base, from: depth + 1)
            }
            guard entry.hasNames else { return .list(values) }
            let names = slots(of: index).map { name(ofRow: $0) }
            return .object(Object(zip(names, values).filter { !$0.0.isEmpty }))
        case (.branch, .branch(let input)):
            guard entry.isSet, !entry.isBeside, let chosen = input.chosen else { return nil }
            let (branch, slot) = (entry.branches[chosen], slots(of: index)[chosen])
            if let whole = slot.first, !branch.field.isSection { return answer(at: whole) }
            return composed(slot, over: branch.marked(input.bases[chosen], at: Pointer()), from: depth)
        case (_, _): return entry.answer
        }
    }

    /// The name that the entry of a map has.
    func name(ofRow row: Range<Int>) -> String { row.first.map { entries[$0].shownText } ?? "" }

    /// The answers of a range of entries, put into `base`, whose place has `origin` steps.
    func composed(
        _ range: Range<Int>, over base: Value, from origin: Int,
        where isMeant: (FormModel.Entry) -> Bool = { _ in true }
    ) -> Value {
        siblings(in: range).reduce(base) { value, index in
            isMeant(entries[index]) ? put(index, into: value, from: origin) : value
        }
    }

    private func put(_ index: Int, into value: Value, from origin: Int) -> Value {
        let entry = entries[index]
        if entry.role == .name { return value }
        let place = Pointer(Array(entry.field.pointer.steps.dropFirst(origin)))
        if entry.isBeside { return putBeside(index, into: value, at: place, from: origin) }
        let answer = answer(at: index)
        // An item that is one field is what that field is answered with.
        if place.isRoot { return answer ?? (entry.depth == 0 ? value : .null) }
        guard let answer else { return value.removing(place) ?? value }
        return value.setting(place, to: answer) ?? value
    }

    /// What shares its place with other members: the shapes of a choice, and members of any name.
    private func putBeside(_ index: Int, into value: Value, at place: Pointer, from origin: Int) -> Value {
        let entry = entries[index]
        if case .branch(let input) = entry.widget, entry.role == .branch {
            guard entry.isSet, let chosen = input.chosen else { return value }
            let branch = entry.branches[chosen]
            let kept = Set(branch.names)
            let strange = entry.branches.flatMap(\.names).filter { !kept.contains($0) }
            let rest = strange.reduce(value) { $0.removing(place.appending($1)) ?? $0 }
            return composed(slots(of: index)[chosen], over: branch.marked(rest, at: place), from: origin)
        }
        let given = value[place]?.object ?? Object()
        let strange = given.keys.filter { !entry.named.contains($0) }
        let rest = strange.reduce(value) { $0.removing(place.appending($1)) ?? $0 }
        guard let answer = answer(at: index) else { return rest }
        guard let members = answer.object else { return value }
        return members.reduce(rest) { $0.setting(place.appending($1.key), to: $1.value) ?? $0 }
    }
}

extension Field.Branch {
    /// The members that it declares.
    var names: [String] { field.members.map(\.name) + marks.map(\.label) }

    /// With the members that tell it from the others.
    fileprivate func marked(_ value: Value, at place: Pointer) -> Value {
        marks.reduce(value) { $0.setting(place.appending($1.label), to: $1.value) ?? $0 }
    }
}

// MARK: - In words

extension FormModel.Section {
    /// What an entry holds, in one line.
    package func shownText(at index: Int) -> String {
        let entry = entries[index]
        switch entry.widget {
        case .table(let table):
            let noun = entry.hasNames ? ("entry", "entries") : ("item", "items")
            return table.bases.isEmpty ? "" : "\(Words.count(table.bases.count, noun.0, noun.1))"
        case .page:
            let set = kids(of: index).count { entries[$0].role == .leaf && entries[$0].isSet }
            return set == 0 ? "" : "\(set) given"
        case _: return entry.shownText
        }
    }

    /// What a row of a table is called: its name, the member that names it, else its number.
    func title(ofRow slot: Int, in index: Int) -> String {
        let rows = slots(of: index)
        return rows.indices.contains(slot) ? title(of: rows[slot], slot, in: index) : ""
    }

    func title(of row: Range<Int>, _ slot: Int, in index: Int) -> String {
        if entries[index].hasNames {
            let name = name(ofRow: row)
            return name.isEmpty ? "entry \(slot + 1)" : name
        }
        let own = siblings(in: row)
        for word in ["name", "id", "title", "key"] {
            let found = own.first { entries[$0].field.name.lowercased() == word && entries[$0].role == .leaf }
            if let found, !entries[found].shownText.isEmpty, !entries[found].field.isSecret {
                return entries[found].shownText
            }
        }
        return "item \(slot + 1)"
    }

    /// The other answers of a row, in short.
    func summary(of row: Range<Int>, besides title: String, in index: Int) -> String {
        let shape = shape
        let place = row.first.map { shape.places[$0] }
        let depth = entries[index].field.pointer.steps.count + 1
        let parts = row.lazy.compactMap { kid -> String? in
            let entry = entries[kid]
            let text = shownText(at: kid)
            guard entry.role != .name, shape.isShown[kid], shape.places[kid] == place, !text.isEmpty, text != title
            else { return nil }
            let words = entry.field.isSecret ? "********" : text
            return entry.field.pointer.steps.count == depth ? words : "\(entry.field.label) \(words)"
        }
        return parts.prefix(6).joined(separator: ", ")
    }
}
