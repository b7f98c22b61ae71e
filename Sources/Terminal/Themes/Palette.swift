/// The named colours of a base16 or base24 scheme, as its file gives them.
///
/// - Note: `https://github.com/tinted-theming/home` describes the format.
package struct Palette: Hashable, Sendable {
    package var name: String
    /// `base00` to `base0F`, and to `base17` in base24.
    package var colors: [Color]

    /// Takes the members of a scheme's file, of the common format or of the older flat one.
    ///
    /// - Parameters:
    ///   - name: The scheme's own name.
    ///   - values: `base00` and so on with their six digits; other members are not looked at.
    /// - Throws: Sentences about what is missing or not a colour, all at once.
    package init(name: String, values: [String: String]) throws(PaletteFault) {
        var colors: [Color] = []
        var faults: [String] = []
        for index in 0..<24 {
            let digits = String(index, radix: 16, uppercase: true)
            let key = "base" + (digits.count == 1 ? "0" : "") + digits
            guard let value = values[key] ?? values[key.lowercased()] else {
                if index < 16 { faults.append("\(key) must be given") }
                continue
            }
            if let color = Color(hex: value) {
                colors.append(color)
            } else {
                faults.append("\(key) must be six hexadecimal digits, but is '\(value)'")
            }
        }
        guard faults.isEmpty else { throw PaletteFault(sentences: faults) }
        self.name = name
        self.colors = colors
    }
}

/// What is wrong with a scheme's file.
package struct PaletteFault: Error, Hashable, Sendable {
    package let sentences: [String]
}
