/// Changes single values within a YAML text and leaves comments, order and layout of the rest alone.
///
/// Each change is read again: where the smallest one would not give the wanted value, the next larger block is written
/// anew, at worst the whole document.
package struct YAMLEditor: Sendable {
    package private(set) var document: Document

    package init(_ document: Document) {
        self.document = document
    }

    package var text: String { mark + String(decoding: document.source.bytes, as: UTF8.self) }

    /// A file that begins with a byte order mark keeps it.
    private var mark: String { document.source.hasByteOrderMark ? "\u{FEFF}" : "" }

    /// Puts `value` at `pointer`; missing objects on the way are made, the step `-` appends to a list.
    ///
    /// - Returns: `false`, and nothing is changed, when the way leads through a scalar or past a list's end.
    package mutating func set(_ pointer: Pointer, to value: Value) -> Bool {
        guard let wanted = document.value.setting(pointer, to: value) else { return false }
        if document.value[pointer] == value, Self.isWrittenAlike(document.value[pointer], value) { return true }
        var target = pointer
        while true {
            if let attempt = attempt(at: target, wanted: wanted), adopt(attempt, wanted: wanted) { return true }
            guard !target.isRoot else { return adopt(leadingComments + wanted.yaml, wanted: wanted) }
            target = target.parent
        }
    }

    /// Puts `value` into the list at `pointer`, before its item `index`.
    mutating func insert(_ value: Value, into pointer: Pointer, at index: Int) -> Bool {
        guard case .list(var items)? = document.value[pointer], (0...items.count).contains(index) else { return false }
        if index == items.count { return set(pointer.appending("-"), to: value) }
        items.insert(value, at: index)
        guard let wanted = document.value.setting(pointer, to: .list(items)) else { return false }
        if let text = YAMLLayout(document).textInserting(value, into: pointer, after: index - 1),
            adopt(text, wanted: wanted)
        {
            return true
        }
        return set(pointer, to: .list(items))
    }

    /// Takes out what stands at `pointer`.
    ///
    /// - Returns: `false` when nothing stands there.
    package mutating func remove(_ pointer: Pointer) -> Bool {
        guard let wanted = document.value.removing(pointer) else { return false }
        if let removed = YAMLLayout(document).textRemoving(pointer), adopt(removed, wanted: wanted) { return true }
        var target = pointer.parent
        while true {
            if let attempt = attempt(at: target, wanted: wanted), adopt(attempt, wanted: wanted) { return true }
            guard !target.isRoot else { return adopt(leadingComments + wanted.yaml, wanted: wanted) }
            target = target.parent
        }
    }

    /// Numbers that are equal may be spelled differently, and the new spelling is wanted.
    private static func isWrittenAlike(_ old: Value?, _ new: Value) -> Bool {
        old?.json() == new.json()
    }

    private func attempt(at pointer: Pointer, wanted: Value) -> String? {
        let layout = YAMLLayout(document)
        let isThere = document.value[pointer] != nil
        guard let step = pointer.steps.last else { return nil }
        let index = step == "-" ? document.value[pointer.parent]?.list.map { String($0.count) } ?? step : step
        guard let value = wanted[pointer.parent.appending(index)] else { return nil }
        return isThere ? layout.textReplacing(pointer, with: value) : layout.textAdding(step, to: pointer.parent, value)
    }

    private mutating func adopt(_ text: String, wanted: Value) -> Bool {
        let (read, _) = Document.read(Source(name: document.source.name, text: mark + text), as: .spec)
        guard let read, read.value == wanted else { return false }
        document = read
        return true
    }

    private var leadingComments: String {
        var comments = ""
        for number in 1...max(1, document.source.lineCount) {
            let line = document.source.lineText(number)
            guard line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) else { break }
            comments += line + "\n"
        }
        return comments.allSatisfy(\.isWhitespace) ? "" : comments
    }
}
