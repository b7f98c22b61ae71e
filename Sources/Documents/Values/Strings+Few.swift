extension [String] {
    /// As a part of a sentence: the first few, and how many more there are.
    package var few: String {
        count > 5 ? prefix(5).joined(separator: ", ") + " and \(count - 5) more" : joined(separator: ", ")
    }
}
