/// Where the parts of a YAML text begin and end, as far as lines and indentation tell.
///
/// Its answers may be wrong for rare layouts; whoever uses them reads the result again.
struct YAMLLayout {
    private let document: Document
    private let source: Source
    private let bytes: [UInt8]

    init(_ document: Document) {
        self.document = document
        source = document.source
        bytes = document.source.bytes
    }

    // MARK: Changes

    func textReplacing(_ pointer: Pointer, with value: Value) -> String? {
        guard let spot = spot(of: pointer) else { return nil }
        let isScalar = spot.node.text != nil
        let inline = isInFlow(pointer) ? YAMLText.inFlow(value) : YAMLText.inline(value)
        if isScalar, !isBlockText(value) || isInFlow(pointer),
            let range = scalarRange(spot.node, isInFlow: isInFlow(pointer))
        {
            let isGlued = range.isEmpty && range.lowerBound > 0 && bytes[range.lowerBound - 1] > 0x20
            return replacing(range, with: (isGlued ? " " : "") + inline)
        }
        // What is in brackets stays in them.
        if let flow = flow(of: spot.node), isInFlow(pointer) || !givesWay(flow) || !isBlockText(value) {
            let text = isInFlow(pointer) || isBlockText(value) ? YAMLText.inFlow(value) : inline
            return replacing(flow.range, with: text)
        }
        guard !isInFlow(pointer), let key = spot.key else { return nil }
        let start = spot.contentStart
        var writer = YAMLWriter()
        if spot.isItem {
            writer.writeItemValue(value, indent: key.column - 1)
        } else {
            writer.writeMemberValue(value, indent: key.column - 1)
        }
        return replacing(start..<regionEnd(of: key), with: writer.text)
    }

    func textAdding(_ step: String, to pointer: Pointer, _ value: Value) -> String? {
        let parent = document.root.nearest(to: pointer)
        guard document.value[pointer] != nil else { return nil }
        if let flow = flow(of: parent) {
            guard !givesWay(flow) || isInFlow(pointer) else { return nil }
            let isMember = if case .object = parent.content { true } else { false }
            let text = (isMember ? YAMLText.inFlow(.string(step)) + ": " : "") + YAMLText.inFlow(value)
            return flow.inserting(text, at: flow.parts.count, in: bytes).map { replacing($0.range, with: $0.text) }
        }
        guard !isInFlow(pointer) else { return nil }
        var writer = YAMLWriter()
        let last: Mark
        switch parent.content {
        case .object(let members):
            guard let member = members.last else { return nil }
            last = Mark(line: member.key.line, column: member.key.column)
            writer.writeMember(step, value, indent: last.column - 1)
        case .list(let items): return textInserting(value, into: pointer, after: items.count - 1)
        case .scalar: return nil
        }
        return adding(writer.text, after: last)
    }

    /// With an item behind the one at `index` of a list.
    func textInserting(_ value: Value, into pointer: Pointer, after index: Int) -> String? {
        let list = document.root.nearest(to: pointer)
        guard case .list(let items) = list.content else { return nil }
        if let flow = flow(of: list), flow.parts.count == items.count {
            return flow.inserting(YAMLText.inFlow(value), at: index + 1, in: bytes).map {
                replacing($0.range, with: $0.text)
            }
        }
        guard items.indices.contains(index), !isInFlow(pointer), let dash = dash(before: items[index]) else {
            return nil
        }
        var writer = YAMLWriter()
        writer.writeItemValue(value, indent: dash.column - 1)
        return adding("- " + writer.text, after: dash)
    }

    /// With lines behind what starts at `last`, in the same column.
    private func adding(_ text: String, after last: Mark) -> String {
        let end = regionEnd(of: last)
        let lead = end > 0 && bytes[end - 1] != 0x0A ? "\n" : ""
        let margin = String(repeating: " ", count: last.column - 1)
        return replacing(end..<end, with: lead + margin + text)
    }

    func textRemoving(_ pointer: Pointer) -> String? {
        let parent = document.root.nearest(to: pointer.parent)
        if let step = pointer.steps.last, let flow = flow(of: parent) {
            return place(of: step, in: parent).flatMap { flow.removing($0, in: bytes) }.map {
                replacing($0.range, with: $0.text)
            }
        }
        guard let spot = spot(of: pointer), let key = spot.key, !isInFlow(pointer) else { return nil }
        let lineStart = source.offset(ofLine: key.line)
        let before = bytes[lineStart..<source.offset(line: key.line, column: key.column)]
        guard spot.siblingCount > 1, before.allSatisfy({ $0 == 0x20 }) else { return nil }
        return replacing(lineStart..<regionEnd(of: key), with: "")
    }

    private func replacing(_ range: Range<Int>, with text: String) -> String {
        // A file with CR LF keeps them.
        let hasReturns = bytes.contains(0x0D)
        let new = hasReturns ? text.replacing("\n", with: "\r\n") : text
        return String(
            decoding: bytes[..<range.lowerBound] + Array(new.utf8) + bytes[range.upperBound...], as: UTF8.self)
    }

    // MARK: Places

    private struct Mark {
        let line: Int
        let column: Int
    }

    /// A value with what leads to it: its key, or the dash of its item.
    private struct Spot {
        let node: Node
        let key: Mark?
        let isItem: Bool
        /// The offset behind the key's colon, or behind the dash and its space.
        let contentStart: Int
        let siblingCount: Int
    }

    private func spot(of pointer: Pointer) -> Spot? {
        guard let step = pointer.steps.last else { return nil }
        let parent = document.root.nearest(to: pointer.parent)
        switch parent.content {
        case .object(let members):
            guard let member = members.first(where: { $0.name.utf8.elementsEqual(step.utf8) }) else { return nil }
            let start = source.offset(line: member.key.line, column: member.key.column)
            guard let keyEnd = scalarRange(member.key, isInFlow: isFlow(parent), isKey: true)?.upperBound,
                let colon = bytes[keyEnd...].firstIndex(of: UInt8(ascii: ":")), start <= colon
            else { return nil }
            return Spot(
                node: member.value, key: Mark(line: member.key.line, column: member.key.column), isItem: false,
                contentStart: colon + 1, siblingCount: members.count)
        case .list(let items):
            guard let index = Int(step), items.indices.contains(index) else { return nil }
            guard !isFlow(parent) else {
                return Spot(
                    node: items[index], key: nil, isItem: true, contentStart: 0, siblingCount: items.count)
            }
            guard let dash = dash(before: items[index]) else { return nil }
            return Spot(
                node: items[index], key: dash, isItem: true,
                contentStart: min(bytes.count, source.offset(line: dash.line, column: dash.column) + 2),
                siblingCount: items.count)
        case .scalar: return nil
        }
    }

    private func isFlow(_ node: Node) -> Bool {
        guard node.text == nil else { return false }
        let offset = source.offset(line: node.line, column: node.column)
        return offset < bytes.count && "[{".utf8.contains(bytes[offset])
    }

    /// The brackets around what is in a list or object; `nil` where it has none.
    private func flow(of node: Node) -> YAMLFlow? {
        isFlow(node) ? YAMLFlow(bytes, at: source.offset(line: node.line, column: node.column)) : nil
    }

    /// Whether a block may stand in its place: there is nothing in the brackets, and no comment in or behind them.
    private func givesWay(_ flow: YAMLFlow) -> Bool {
        let lineEnd = bytes[flow.range.upperBound...].firstIndex(of: 0x0A) ?? bytes.count
        return flow.parts.isEmpty && !bytes[flow.range.lowerBound..<lineEnd].contains(UInt8(ascii: "#"))
    }

    /// Which of the parts of a list or object a step names.
    private func place(of step: String, in node: Node) -> Int? {
        switch node.content {
        case .object(let members): members.firstIndex { $0.name.utf8.elementsEqual(step.utf8) }
        case .list: Int(step)
        case .scalar: nil
        }
    }

    /// Whether an object or list above `pointer` is written in brackets.
    private func isInFlow(_ pointer: Pointer) -> Bool {
        var above = pointer
        while !above.isRoot {
            above = above.parent
            if isFlow(document.root.nearest(to: above)) { return true }
        }
        return false
    }

    private func isBlockText(_ value: Value) -> Bool {
        switch value {
        case .list(let items): !items.isEmpty
        case .object(let object): !object.isEmpty
        case .string(let text): YAMLText.block(text, indent: 2) != nil
        case .null, .bool, .number: false
        }
    }

    private func dash(before item: Node) -> Mark? {
        var offset = min(source.offset(line: item.line, column: item.column), bytes.count)
        let lineStart = source.offset(ofLine: item.line)
        while offset > lineStart {
            offset -= 1
            if bytes[offset] == UInt8(ascii: "-") { return Mark(line: item.line, column: offset - lineStart + 1) }
            guard bytes[offset] == 0x20 else { return nil }
        }
        return nil
    }

    /// The offset of the first line that no longer belongs to what starts at `mark`, by its indentation.
    private func regionEnd(of mark: Mark) -> Int {
        var last = mark.line
        var number = mark.line + 1
        while number <= source.lineCount {
            let content = source.lineText(number).utf8
            let indent = content.prefix { $0 == 0x20 }.count
            let rest = content.dropFirst(indent)
            let isOwnItem = indent == mark.column - 1 && rest.first == UInt8(ascii: "-") && !startsWithDash(mark)
            if rest.isEmpty {
                number += 1
                continue
            }
            guard indent > mark.column - 1 || isOwnItem else { break }
            last = number
            number += 1
        }
        return source.offset(ofLine: last + 1)
    }

    private func startsWithDash(_ mark: Mark) -> Bool {
        let offset = source.offset(line: mark.line, column: mark.column)
        return offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
    }

    /// The bytes of a scalar that stands on one line, with its quotes.
    private func scalarRange(_ node: Node, isInFlow: Bool, isKey: Bool = false) -> Range<Int>? {
        guard case .scalar(let scalar) = node.content else { return nil }
        let start = min(source.offset(line: node.line, column: node.column), bytes.count)
        let lineEnd = start + bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }.count
        if scalar.text.isEmpty, scalar.isPlain { return start..<start }
        if !scalar.isPlain {
            let quote = bytes[start]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
            var end = start + 1
            while end < lineEnd {
                if bytes[end] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    end += 2
                } else if bytes[end] == quote {
                    let isDoubled = quote == UInt8(ascii: "'") && end + 1 < lineEnd && bytes[end + 1] == quote
                    guard isDoubled else { return start..<(end + 1) }
                    end += 2
                } else {
                    end += 1
                }
            }
            return nil
        }
        let end = start + scalar.text.utf8.count
        guard end <= lineEnd, bytes[start..<end].elementsEqual(scalar.text.utf8) else { return nil }
        return start..<end
    }
}
