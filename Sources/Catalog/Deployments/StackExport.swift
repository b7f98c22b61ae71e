import Documents

/// A value that a stack gives to the other stacks of its space, under a name that is unique there.
package struct StackExport: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What a stack gives to others and takes from them.
package struct StackLinks: Hashable, Sendable {
    package var exports: [StackExport]
    /// With the values that were taken.
    package var imports: [StackExport]

    package init(exports: [StackExport] = [], imports: [StackExport] = []) {
        self.exports = exports
        self.imports = imports
    }

    package var isEmpty: Bool { exports.isEmpty && imports.isEmpty }

    /// What the rest of the space has to say to a change of one stack's links.
    package struct Surroundings: Sendable {
        /// What the stack itself exports so far.
        package var former: [StackExport]
        /// What the others export, by name, with the title of each one's target.
        package var others: [String: (value: String, title: String)]
        /// Titles of the targets that import a name, in a fixed order; the stack itself is none of them.
        package var importers: [String: [String]]

        package init(
            former: [StackExport] = [], others: [String: (value: String, title: String)] = [:],
            importers: [String: [String]] = [:]
        ) {
            self.former = former
            self.others = others
            self.importers = importers
        }
    }

    /// Why these links can't take the place of the former ones, as CloudFormation decides it; `nil` where they can.
    package func refusal(in space: Surroundings) -> Failure? {
        let wanted = Dictionary(exports.map { ($0.name, $0.value) }) { first, _ in first }
        for export in exports {
            guard let other = space.others[export.name] else { continue }
            return Failure(
                reason: "The name of an export must be free, but \(other.title) exports \(export.name) already.",
                hint: "Choose another name, such as one with the stack's own name in it.")
        }
        for export in space.former {
            guard let importers = space.importers[export.name], !importers.isEmpty else { continue }
            let users = importers.few
            switch wanted[export.name] {
            case nil:
                return Failure(
                    reason: "Export \(export.name) must stay, because it is imported by \(users).",
                    hint: "Take the import out there first.")
            case let value? where value != export.value:
                return Failure(
                    reason: "Export \(export.name) must keep its value, because it is imported by \(users).",
                    hint: "Export the new value under another name, and move the importers to it.")
            default: continue
            }
        }
        for item in imports {
            guard let other = space.others[item.name] else {
                return Failure(
                    reason: "Nothing exports \(item.name) any more.", hint: "Deploy what exports it, then this again.")
            }
            guard other.value == item.value else {
                return Failure(
                    reason: "\(other.title) has changed its export \(item.name) meanwhile.", hint: "Deploy again.")
            }
        }
        return nil
    }
}
