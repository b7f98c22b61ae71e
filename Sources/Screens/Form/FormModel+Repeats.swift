import Documents
import Schemas

/// What instances of one form must not have in common.
extension FormModel {
    /// Names that stand twice, and answers that each instance of an environment needs for itself (`x-unique`); told at
    /// the later of the two.
    var repeats: [(Spot, Finding)] {
        var found: [(Spot, Finding)] = []
        var names: Set<String> = []
        var owners: [[String]: String] = [:]
        for (index, section) in sections.enumerated() where section.kind == .instance {
            let name = section.head("name")
            if !name.isEmpty, !names.insert(name).inserted {
                let finding = Finding(
                    "form.repeatedName", "Instances must have different names, but \"\(name)\" stands twice.",
                    hint: "Give this one another name.")
                found.append((Spot(section: index, entry: 0), finding))
            }
            let environment = section.head("environment")
            for (entry, asked) in section.entries.enumerated() where asked.field.isUnique && !asked.shownText.isEmpty {
                let key = [environment, asked.field.pointer.description, asked.shownText]
                guard let owner = owners[key] else {
                    owners[key] = name
                    continue
                }
                let finding = Finding(
                    "form.repeatedAnswer",
                    "\(asked.field.label) must be its own in \(environment), but \(owner) has \(asked.shownText) too.",
                    hint: asked.field.hint)
                found.append((Spot(section: index, entry: entry), finding))
            }
        }
        return found
    }
}
