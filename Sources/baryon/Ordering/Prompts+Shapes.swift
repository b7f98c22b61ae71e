import Catalog
import Documents
import Engine
import Foundation
import Schemas

/// Questions for what holds other fields: the same form as on the screens, one line after another.
extension Prompts {
    /// Items one after another, until no more are wanted.
    mutating func askItems(of field: Field) throws {
        guard case .table(_, let counts) = field.kind else { return }
        while true {
            let count = inputs[field.pointer]?.list?.count ?? 0
            if let most = counts.maximum, count >= most { return }
            let isNeeded = count < max(counts.minimum ?? 0, field.isRequired && count == 0 ? 1 : 0)
            let what = count == 0 ? "Add an item to \(field.label)?" : "\(field.label) has \(count). Another item?"
            guard try isWanted(what, isNeeded) else { return }
            guard let item = field.item(count) else { return }
            if inputs[field.pointer] == nil { give(.list([]), field) }
            if item.isSection, inputs[item.pointer] == nil { give(.object(Object()), item) }
            Console.talk("\n\(field.label), item \(count + 1)")
            try askInside(item)
        }
    }

    /// Entries with names, until one without a name.
    mutating func askEntries(of field: Field, besides names: [String] = []) throws {
        while true {
            let known = (inputs[field.pointer]?.object?.keys ?? []).filter { !names.contains($0) }
            let shown = known.isEmpty ? "" : " (has \(known.joined(separator: ", ")))"
            let name = try answer("\(field.label), name of an entry\(shown), empty ends: ")
            if name.isEmpty { return }
            guard let entry = field.entry(name) else { return }
            if known.contains(name) || names.contains(name) {
                Console.talk("  \(name) is there already.")
                continue
            }
            if entry.isSection { give(.object(Object()), entry) }
            try askInside(entry)
        }
    }

    /// `NAME=value` lines, as files of variables have them.
    mutating func askLines(of field: Field) throws {
        guard case .map(let entry, _) = field.kind else { return }
        if let known = inputs[field.pointer] ?? field.defaultValue { Console.talk("  Now: \(field.text(for: known))") }
        var object = inputs[field.pointer]?.object ?? Object()
        while true {
            let line = try answer("\(field.label): ")
            if line.isEmpty { break }
            guard line.contains("=") else {
                Console.talk("  Write a name, an equals sign and the value.")
                continue
            }
            for (name, text) in VariableLines.read(line) { object[name] = entry.value(from: text) ?? .string("") }
        }
        if !object.isEmpty { give(.object(object), field) }
    }

    mutating func askText(_ field: Field) throws {
        var lines: [String] = []
        while true {
            let need = field.isRequired && lines.isEmpty ? " (required)" : ""
            let line = try answer("\(field.label)\(need): ")
            if line.isEmpty { break }
            lines.append(line)
        }
        if !lines.isEmpty { give(.string(lines.joined(separator: "\n")), field) }
    }

    /// One of several shapes, by its number or title, and then its fields.
    mutating func askBranch(of field: Field, _ branches: [Field.Branch]) throws {
        for (index, branch) in branches.enumerated() { Console.talk("  \(index + 1)  \(branch.title)") }
        let known = inputs[field.pointer].flatMap { schema.branch(for: $0, among: branches) }
        let shown = known.map { " [\($0 + 1)]" } ?? (field.isRequired ? " (required)" : "")
        let text = try answer("\(field.label)\(shown): ")
        let found = branches.indices.first { index in
            text == String(index + 1) || text.lowercased() == branches[index].title.lowercased()
        }
        guard let chosen = found ?? (text.isEmpty ? known : nil) else {
            if !text.isEmpty { Console.talk("  Write one of the numbers.") }
            return
        }
        let branch = branches[chosen]
        guard branch.field.isSection else { return try askInside(branch.field) }
        if chosen != known, !field.isChoiceBesideMembers { give(.object(Object()), field) }
        for mark in branch.marks {
            inputs = inputs.setting(field.pointer.appending(mark.label), to: mark.value) ?? inputs
        }
        try ask(branch.field.members, isInBranch: true)
    }

    /// The members of an object, or the one field that an item or a branch is.
    private mutating func askInside(_ field: Field) throws {
        guard field.isSection else {
            var field = field
            if field.label.isEmpty { field.label = "Value" }
            return try ask([field])
        }
        try ask(field.members)
        if let others = field.othersField { try askEntries(of: others, besides: field.members.map(\.name)) }
    }

    func isWanted(_ field: Field) throws -> Bool {
        try isWanted("Give \(field.label)?", inputs[field.pointer] != nil || field.isRequired)
    }

    private func isWanted(_ question: String, _ standard: Bool) throws -> Bool {
        let text = try answer("\(question) \(standard ? "[Y/n]" : "[y/N]") ")
        return text.isEmpty ? standard : Prompts.isYes(text)
    }

    /// A file's bytes in base64.
    static func bytes(of path: String) throws -> String {
        let url = URL(fileURLWithPath: (path as NSString).expandingTildeInPath)
        do {
            return try Data(contentsOf: url).base64EncodedString()
        } catch {
            throw Refusal("prompt.file", "\(path) can't be read: \(error.localizedDescription)")
        }
    }
}

extension Field {
    var isSection: Bool { if case .section = kind { true } else { false } }

    /// Whether the value of a map's entry fits behind its name on one line.
    var isOneLine: Bool {
        switch kind {
        case .text, .multiline, .number, .flag, .choice, .yaml: true
        case .checks, .list, .table, .section, .map, .branches, .file, .secret: false
        }
    }
}
