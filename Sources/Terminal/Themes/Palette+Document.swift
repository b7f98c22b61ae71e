package import Documents

extension Palette {
    /// Reads a scheme's file, of the common format (`palette:` inside) or of the older flat one.
    ///
    /// - Throws: What is wrong with the text or with its colours, all at once.
    package init(_ source: Source) throws(PaletteFault) {
        let (document, findings) = Document.read(source, as: .spec)
        guard let root = document?.root else {
            throw PaletteFault(sentences: findings.filter { $0.severity == .error }.map(\.message))
        }
        let colors = root["palette"] ?? root
        guard case .object(let members) = colors.content else {
            throw PaletteFault(sentences: ["a scheme must be an object with colours"])
        }
        // The text as it stands: colours without quotes, such as 002233, would be numbers.
        let values = members.reduce(into: [String: String]()) { values, member in
            if let text = member.value.text { values[member.name] = text }
        }
        let name = root["name"]?.text ?? root["scheme"]?.text ?? source.name
        try self.init(name: name, values: values)
    }
}
