enum Sentence {
    /// With a capital at the start and a stop at the end.
    static func finished(_ text: String) -> String {
        guard let first = text.first, let last = text.last else { return text }
        let start = first.isLowercase && first.isASCII ? first.uppercased() + text.dropFirst() : text
        return ".?!…".contains(last) ? start : start + "."
    }
}
