/// The words of a name, and names as labels.
package enum NameWords {
    /// The words in small letters: `vpc_cidr`, `vpc-cidr` and `vpcCidr` have the same.
    package static func split(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previousIsSmall = false
        for scalar in name.unicodeScalars {
            let isBreak = "_-. /".unicodeScalars.contains(scalar)
            let isCapital = scalar.properties.isUppercase
            if isBreak || isCapital && previousIsSmall {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if !isBreak { word.unicodeScalars.append(scalar) }
            previousIsSmall = !isBreak && !isCapital
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }
}
