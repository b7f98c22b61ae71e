package import Documents

extension Template {
    /// CloudFormation's dynamic references, `{{resolve:…}}`, that Jinja would read as placeholders.
    ///
    /// Each is a syntax fault; this finds them all where reading the template stops at the first.
    package static func dynamicReferences(in source: Source) -> [Finding] {
        let text = Text(bytes: source.bytes)
        let raw = text.rawRanges
        return text.offsets(of: "resolve:").compactMap { offset in
            var start = offset
            while start > 0, source.bytes[start - 1] == 0x20 { start -= 1 }
            guard start >= 2, source.bytes[start - 1] == 0x7B, source.bytes[start - 2] == 0x7B,
                !raw.contains(where: { $0.contains(offset) })
            else { return nil }
            let end = text.firstOffset(of: "}}", from: offset).map { $0 + 2 } ?? offset
            return Finding(
                "jinja.dynamicReference", .error,
                "A dynamic reference must be kept from Jinja, but {{resolve: stands outside raw.",
                hint: "Wrap it in {% raw %} and {% endraw %}.",
                place: source.place(at: start - 2, length: end - start + 2))
        }
    }
}

extension Text {
    /// Roughly the bytes between `raw` and `endraw` tags, and of comments.
    fileprivate var rawRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var position = 0
        while let start = firstOffset(of: "{%", from: position) {
            position = start + 2
            let word = bytes[position...].drop { $0 == 0x20 || $0 == 0x2D || $0 == 0x2B || $0 == 0x0A || $0 == 0x09 }
            guard word.starts(with: "raw".utf8) else { continue }
            let end = firstOffset(of: "endraw", from: position) ?? bytes.count
            ranges.append(start..<end)
            position = end
        }
        position = 0
        while let start = firstOffset(of: "{#", from: position) {
            let end = firstOffset(of: "#}", from: start) ?? bytes.count
            ranges.append(start..<end)
            position = end
        }
        return ranges
    }
}
