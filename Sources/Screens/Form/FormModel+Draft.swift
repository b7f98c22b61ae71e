package import Catalog
package import Documents
package import Engine
import Schemas

/// The form as it is kept between two sittings.
extension FormModel {
    /// JSON of what was typed. Secrets are left out.
    package var content: String {
        let sections = sections.map { section -> Value in
            let answers = section.kept(section.entries.indices)
            return .object(
                Object([
                    ("kind", .string(section.kind.rawValue)), ("exists", .bool(section.isExisting)),
                    ("name", .string(section.kind == .instance ? section.head("name") : section.name)),
                    ("answers", .list(answers)),
                ]))
        }
        return Value.object(Object([("purpose", purpose.value), ("sections", .list(sections))])).json()
    }

    /// Puts the answers of a draft back; inputs that the form no longer has are left out.
    package mutating func take(draft value: Value) {
        let given = value["sections"]?.list ?? []
        layOutInstances(given.filter { $0["kind"] == "instance" })
        var places: [String: Int] = [:]
        for item in given {
            let kind = item["kind"]?.string ?? ""
            let nth = places[kind, default: 0]
            places[kind] = nth + 1
            let same = sections.indices.filter { sections[$0].kind.rawValue == kind }
            guard same.indices.contains(nth) else { continue }
            take(answers: item["answers"]?.list ?? [], section: same[nth])
        }
        check()
        focus = spots.first { faults[$0] != nil } ?? spots.first ?? focus
    }

    private mutating func layOutInstances(_ given: [Value]) {
        guard purpose.kind == .newService || purpose.kind == .service, !given.isEmpty else { return }
        let old = instances
        let first = sections.firstIndex { $0.kind == .instance } ?? 1
        let new = given.compactMap { item -> Section? in
            if item["exists"] == true { return old.first { $0.isExisting && $0.head("name") == item["name"]?.string } }
            return blankInstance
        }
        guard new.count == given.count else { return }
        sections.removeAll { $0.kind == .instance }
        sections.insert(contentsOf: new, at: first)
    }

    private mutating func take(answers: [Value], section: Int) {
        sections[section].take(answers: answers)
    }
}

extension FormModel.Section {
    /// What was typed into a range of entries, and into what stands in them.
    fileprivate func kept(_ range: Range<Int>) -> [Value] {
        siblings(in: range).compactMap { index in
            let entry = entries[index]
            var object = Object([
                ("part", .number(Number(entry.part))), ("input", .string(entry.field.pointer.description)),
            ])
            if entry.role == .name { object["name"] = true }
            if entry.isSet, !entry.field.isSecret { object["answer"] = entry.widget.kept }
            switch entry.role {
            case .leaf, .name: break
            case .page: object["in"] = .list([.list(kept(kids(of: index)))])
            // Rows of a default are not a person's.
            case .table: if entry.isSet { object["in"] = .list(slots(of: index).map { .list(kept($0)) }) }
            case .branch: object["in"] = .list(slots(of: index).map { .list(kept($0)) })
            }
            let isTyped = object["answer"] != nil || object["in"]?.list?.contains { $0.list?.isEmpty == false } == true
            return isTyped ? .object(object) : nil
        }
    }

    fileprivate mutating func take(answers: [Value]) {
        entries = roots.flatMap { restored(Array(entries[$0..<end(of: $0)]), answers) }
    }

    /// Entries with the answers of a draft: those of the same input, in the same rows.
    private func restored(_ whole: [FormModel.Entry], _ answers: [Value]) -> [FormModel.Entry] {
        guard var entry = whole.first, !entry.isFixed else { return whole }
        let answer = answers.first {
            $0["part"]?.number?.int == entry.part && $0["input"]?.string == entry.field.pointer.description
                && (entry.role == .name) == ($0["name"] == true)
        }
        guard let answer else {
            if entry.field.isSecret { return whole }
            entry.take(nil)
            return layout(entry.part).whole(entry, nil)
        }
        if let kept = answer["answer"] { entry.take(kept: kept) } else if !entry.field.isSecret { entry.take(nil) }
        let inner = (answer["in"]?.list ?? []).map { $0.list ?? [] }
        let layout = layout(entry.part)
        switch (entry.role, entry.widget) {
        case (.page, .page(let base)):
            return [entry]
                + restored(all: layout.whole(entry, base ?? entry.field.defaultValue).dropFirst(), inner.first)
        case (.table, .table(let table)) where entry.isSet:
            return [entry]
                + table.bases.indices.flatMap { slot in
                    let given = inner.indices.contains(slot) ? inner[slot] : []
                    let name = given.first { $0["name"] == true }?["answer"]?.string ?? ""
                    return restored(all: layout.row(slot, of: entry, nil, name: name)[...], given)
                }
        case (.branch, .branch):
            return [entry]
                + entry.branches.indices.flatMap { slot in
                    let given = inner.indices.contains(slot) ? inner[slot] : []
                    return restored(all: layout.branch(slot, of: entry, nil)[...], given)
                }
        case (_, _): return layout.whole(entry, nil)
        }
    }

    private func restored(all entries: ArraySlice<FormModel.Entry>, _ answers: [Value]?) -> [FormModel.Entry] {
        guard let depth = entries.first?.depth else { return [] }
        var found: [FormModel.Entry] = []
        var rest = entries
        while !rest.isEmpty {
            let next = rest.dropFirst().firstIndex { $0.depth <= depth } ?? rest.endIndex
            found += restored(Array(rest[..<next]), answers ?? [])
            rest = rest[next...]
        }
        return found
    }
}

extension FormOpening {
    /// The form of a draft as it was left.
    package func model(draft: Draft) throws(Refusal) -> FormModel {
        let value = Document.read(Source(name: "draft", text: draft.content), as: .json).document?.value
        guard let value, let purpose = value["purpose"].flatMap(FormPurpose.init(value:)) else {
            throw Refusal("draft.content", "The draft \"\(draft.title)\" can't be read.", hint: "Begin a new one.")
        }
        var model = try model(purpose)
        model.take(draft: value)
        return model
    }
}
