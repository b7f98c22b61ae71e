import Documents

/// What differs between two specs, in sentences.
enum SpecDifference {
    /// More would hide the first ones.
    private static let most = 20

    /// - Parameters:
    ///   - was: Where the old value stood, such as `in revision 3`.
    ///   - isNow: Where the new one stands.
    static func notes(from old: Value, to new: Value, was: String, isNow: String) -> [Finding] {
        let edits = old.edits(to: new)
        var notes = edits.prefix(most).map { edit in
            let name = edit.pointer.steps.joined(separator: ".")
            return Finding(
                "spec.difference", .note,
                "\(name.isEmpty ? "The whole" : name) was \(shown(edit.old)) \(was), and is \(shown(edit.new)) \(isNow).",
                pointer: edit.pointer)
        }
        if edits.count > most {
            notes.append(Finding("spec.difference", .note, "There are \(edits.count - most) more differences."))
        }
        return notes
    }

    private static func shown(_ value: Value?) -> String {
        guard let value else { return "not there" }
        let text = value.json()
        return text.count > 80 ? "\(text.prefix(77))..." : text
    }
}
