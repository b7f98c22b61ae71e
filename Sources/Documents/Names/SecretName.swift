/// Names whose values are most likely secrets.
package enum SecretName {
    private static let whole: Set<String> = [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "credential", "credentials",
    ]
    private static let pairs: [(String, String)] = [("api", "key"), ("private", "key"), ("secret", "key")]
    /// Last words that turn a secret's name into the name of something that leads to it.
    private static let references: Set<String> = ["arn", "name", "id", "path", "ref", "from", "length", "count", "ttl"]

    package static func matches(_ name: String) -> Bool {
        guard mayMatch(name) else { return false }
        let words = NameWords.split(name)
        guard let last = words.last, !references.contains(last) else { return false }
        if whole.contains(last) { return true }
        guard words.count > 1 else { return false }
        return pairs.contains { $0.0 == words[words.count - 2] && $0.1 == last }
    }

    /// Whether any word of the name is one of a secret: for notes, which lose little when they show less.
    package static func resembles(_ name: String) -> Bool {
        let words = NameWords.split(name)
        guard let last = words.last, !references.contains(last) else { return false }
        return words.contains { word in short.contains(word) || long.contains { word.contains($0) } }
    }

    private static let short: Set<String> = ["key", "keys", "pass", "pin", "pwd"]
    private static let long = ["password", "passwd", "passphrase", "secret", "token", "apikey", "credential"]

    private static let endings = [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "key", "credential", "credentials",
    ].map { Array($0.utf8) }

    /// Whether the name ends as some such word does: most names need not be taken apart.
    private static func mayMatch(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            if bytes.contains(where: { $0 >= 0x80 }) { return true }
            guard let last = bytes.lastIndex(where: isLetterOrDigit) else { return false }
            let letters = bytes[...last]
            return endings.contains { ending in
                letters.count >= ending.count
                    && zip(letters.suffix(ending.count), ending).allSatisfy { $0 | 0x20 == $1 }
            }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}
