package import Catalog
package import Documents
package import Engine
import Schemas

/// The form as it is kept between two sittings.
extension FormModel {
    /// JSON of what was typed. Secrets are left out.
    package var content: String {
        let sections = sections.map { section -> Value in
            let answers = section.entries.filter { $0.isSet && !$0.field.isSecret }.map { entry in
                Value.object(
                    Object([
                        ("part", .number(Number(entry.part))),
                        ("input", .string(entry.field.pointer.description)), ("answer", entry.widget.kept),
                    ]))
            }
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
        for index in sections[section].entries.indices where !sections[section].entries[index].isFixed {
            let entry = sections[section].entries[index]
            let answer = answers.first {
                $0["part"]?.number?.int == entry.part && $0["input"]?.string == entry.field.pointer.description
            }
            guard let kept = answer?["answer"] else {
                if !entry.field.isSecret { sections[section].entries[index].take(nil) }
                continue
            }
            sections[section].entries[index].take(kept: kept)
        }
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
