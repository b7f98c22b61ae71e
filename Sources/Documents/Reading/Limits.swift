/// How much a reader takes before it gives up with a finding.
package struct Limits: Sendable {
    package var bytes: Int
    /// Lists and objects within each other.
    package var depth: Int
    /// Values and keys, after aliases are expanded.
    package var nodes: Int
    package var aliases: Int

    package init(bytes: Int = 1 << 20, depth: Int = 64, nodes: Int = 200_000, aliases: Int = 100) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.aliases = aliases
    }

    package static let standard = Limits()
}

extension Finding {
    static func tooLarge(_ source: Source, limit: Int) -> Finding {
        Finding(
            "document.size", "The text must have at most \(limit) bytes, but has \(source.bytes.count).",
            hint: "Take parts out, or split it.", place: Place(file: source.name))
    }

    static func tooDeep(_ place: Place, limit: Int) -> Finding {
        Finding(
            "document.depth", "Lists and objects must be nested at most \(limit) deep, but go deeper here.",
            hint: "Flatten the structure.", place: place)
    }

    static func tooManyNodes(_ place: Place, limit: Int) -> Finding {
        Finding(
            "document.nodes", "The document must hold at most \(limit) values, but holds more from here on.",
            hint: "Take parts out, or use fewer aliases.", place: place)
    }

    static func repeatedKey(_ name: String, at place: Place, first: Place) -> Finding {
        Finding(
            "document.duplicate",
            "A key must stand once in its object, but \"\(name)\" stands also in line \(first.line).",
            hint: "Remove one of the two.", place: place)
    }

    /// Bytes that are no UTF-8, and control characters that YAML refuses: one finding a line.
    static func unreadableText(in source: Source, as profile: Document.Profile) -> [Finding] {
        guard !source.bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else {
            return []
        }
        var findings: [Finding] = []
        var decoder = UTF8()
        var bytes = source.bytes.makeIterator()
        var offset = 0
        var lastLine = 0
        func report(_ code: Code, _ message: String, _ hint: String) {
            let place = source.place(at: offset)
            guard place.line != lastLine else { return }
            lastLine = place.line
            findings.append(Finding(code, message, hint: hint, place: place))
        }
        reading: while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar):
                if profile != .json, scalar.isForbiddenInYAML {
                    let name = "U+" + String(scalar.value, radix: 16, uppercase: true)
                    report(
                        "document.control", "The text must be printable, but holds the control character \(name).",
                        "Remove it, or write it as an escape in quotes.")
                }
                offset += UTF8.width(scalar)
            case .emptyInput: break reading
            case .error:
                report("document.encoding", "The text must be UTF-8, but is not here.", "Save the file as UTF-8.")
                // One mistaken sequence hides where the next scalar starts; the rest of the file is not looked at.
                break reading
            }
        }
        return findings
    }
}

extension Unicode.Scalar {
    fileprivate var isForbiddenInYAML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
