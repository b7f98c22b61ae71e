import Documents
import Engine
import Foundation
import Schemas
import Terminal

/// What stands in a directory, to choose a file from.
struct DirectoryListing: Sendable {
    /// The field that the file is for.
    var spot: FormModel.Spot
    var path: String
    /// Directories first; each with its size.
    var entries: [(name: String, isDirectory: Bool, size: Int)]
    var fault: String?

    private static let most = 5000

    /// Reads a directory, away from the screen.
    static func reading(
        _ path: String, for spot: FormModel.Spot
    ) -> @Sendable (Engine) async -> any Sendable {
        { _ in DirectoryListing(path, for: spot) }
    }

    private init(_ path: String, for spot: FormModel.Spot) {
        self.spot = spot
        let url = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        self.path = url.path
        entries = []
        do {
            let keys: [URLResourceKey] = [.isDirectoryKey, .fileSizeKey]
            let found = try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: keys)
            entries = found.prefix(Self.most).map { file in
                let values = try? file.resourceValues(forKeys: Set(keys))
                return (file.lastPathComponent, values?.isDirectory ?? false, values?.fileSize ?? 0)
            }
            entries.sort { $0.isDirectory == $1.isDirectory ? $0.name < $1.name : $0.isDirectory }
        } catch {
            fault = "\(self.path) can't be read: \(error.localizedDescription)"
        }
    }

    /// Goes into a directory, or reads a file.
    func choosing(_ name: String) -> @Sendable (Engine) async -> any Sendable {
        let chosen = URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent(name).path
        let isDirectory = name == ".." || entries.contains { $0.name == name && $0.isDirectory }
        let spot = spot
        return { _ in
            isDirectory ? DirectoryListing(chosen, for: spot) : FileContent(chosen, for: spot) as any Sendable
        }
    }
}

/// A file that was chosen.
struct FileContent: Sendable {
    /// The field that it is for: the focus may have moved on since.
    var spot: FormModel.Spot
    var name: String
    var bytes: Data?
    var fault: String?

    /// What fits into a field once it is written in base64.
    static let most = LineInput.byteLimit / 4 * 3

    fileprivate init(_ path: String, for spot: FormModel.Spot) {
        self.spot = spot
        let url = URL(fileURLWithPath: path)
        name = url.lastPathComponent
        let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        guard size <= Self.most else {
            fault = "\(name) has \(size) bytes; a field takes at most \(Self.most)."
            return
        }
        bytes = try? Data(contentsOf: url)
        if bytes == nil { fault = "\(name) can't be read." }
    }
}

extension FormPage {
    /// Lists a directory over the form.
    mutating func show(_ listing: DirectoryListing) -> [Action] {
        guard listing.spot == model.focus else { return [] }
        if let fault = listing.fault { return [.say(Line(untrusted: fault, .error))] }
        files = listing
        let up = Picker.Item("..", "..", detail: "up")
        picker = Picker(
            [up]
                + listing.entries.map { entry in
                    Picker.Item(entry.name, entry.name, detail: entry.isDirectory ? "directory" : "\(entry.size) bytes")
                })
        return []
    }

    /// Takes a file's bytes for a field of bytes, its lines for a map.
    mutating func take(_ content: FileContent, _ desk: Desk) -> [Action] {
        files = nil
        guard let bytes = content.bytes else { return [.say(Line(untrusted: content.fault ?? "", .error))] }
        guard model.take(bytes, at: content.spot) else {
            return [.say(Line(untrusted: "\(content.name) has no line NAME=value.", .error))]
        }
        return changed(desk) + [.say(Line(untrusted: "\(content.name) was read: \(bytes.count) bytes.", .ok))]
    }
}

// MARK: - One field in the editor

extension FormModel {
    /// Takes bytes as a person's answer: as variables for a map, in base64 for all else. `false` where there are none.
    fileprivate mutating func take(_ bytes: Data, at spot: Spot) -> Bool {
        guard sections.indices.contains(spot.section), sections[spot.section].entries.indices.contains(spot.entry)
        else { return false }
        if case .pairs = self[spot].widget {
            guard let text = String(data: bytes, encoding: .utf8), !VariableLines.read(text).isEmpty,
                sections[spot.section].paste(text + "\n", at: spot.entry)
            else { return false }
        } else {
            sections[spot.section].give(.string(bytes.base64EncodedString()), at: spot.entry)
        }
        check()
        return true
    }

    /// Whether a field is a secret, or one stands in it.
    func hidesSecrets(at spot: Spot) -> Bool {
        let section = sections[spot.section]
        return ([spot.entry] + Array(section.kids(of: spot.entry))).contains { index in
            section.entries[index].field.isSecret && (index == spot.entry || section.entries[index].isSet)
        }
    }

    /// The focused field as text for an editor: as it is where it is text, else as YAML.
    var fieldText: (text: String, suffix: String) {
        let entry = self[focus]
        switch entry.widget {
        case .line, .text, .masked, .number: return (entry.shownText + "\n", ".txt")
        case .yaml(let box): return (box.text + "\n", ".yaml")
        case .check, .choice, .list, .checks, .rows, .pairs, .table, .branch, .page, .none:
            let answer = sections[focus.section].answer(at: focus.entry) ?? entry.field.defaultValue
            return (answer.map { FieldWidget.yaml($0) + "\n" } ?? "", ".yaml")
        }
    }

    /// Takes what an editor left of the focused field; gives the fault where it can't be read.
    mutating func takeField(_ text: String) -> Finding? {
        var text = text
        switch self[focus].widget {
        case .line, .text, .masked, .number:
            while text.last?.isNewline == true { text.removeLast() }
            give(self[focus].field.value(from: text))
        case .yaml, .check, .choice, .list, .checks, .rows, .pairs, .table, .branch, .page, .none:
            guard !text.allSatisfy(\.isWhitespace) else {
                give(nil)
                return nil
            }
            let (value, findings) = FieldWidget.read(text)
            let fault = findings.first { $0.severity == .error }
            guard fault == nil, let value else { return fault ?? Finding("form.yaml", .error, "This is no YAML.") }
            give(value)
        }
        return nil
    }
}

extension FormPage {
    mutating func editField() -> [Action] {
        model.leaveField()
        let (text, suffix) = model.fieldText
        let unread = edited.flatMap { $0.spot == model.focus ? $0.text : nil }
        edited = (model.focus, nil)
        return [.edit(text: unread ?? text, suffix: suffix)]
    }

    mutating func takeField(_ answer: EditedText, at spot: FormModel.Spot, _ desk: Desk) -> [Action] {
        if let fault = answer.fault { return [.say(Line(untrusted: fault, .error))] }
        guard let text = answer.text else { return [.say(Line("Nothing was changed.", .dim))] }
        model.move(to: spot)
        if let fault = model.takeField(text) {
            edited = (spot, text)
            let place = fault.place.map { ", line \($0.line)" } ?? ""
            return [.say(Line(untrusted: "Not taken over\(place): \(fault.message) F9 opens it again.", .error))]
        }
        keep(desk)
        return changed(desk) + [.say(Line("The answer was taken over.", .ok))]
    }
}
