internal import Documents

/// A service that has ended: whatever still calls it fails.
struct EndedService: Sendable {
    let name: String
    let endedOn: String
    /// How the command line, IAM actions and clients name it.
    let word: String
    let types: String

    static let all = [
        EndedService(name: "AWS Proton", endedOn: "2026-10-07", word: "proton", types: "AWS::Proton::")
    ]
}

/// Finds what still calls a service that has ended: in types, policies, and commands wherever they stand.
struct EndedServiceCheck {
    private let resource: EvaluatedResource
    private let source: Source
    private let service: EndedService
    private var findings: [Finding] = []
    private var seen: Set<String> = []

    /// Enough to see that a resource has to be written anew.
    private static let limit = 20

    static func findings(in resource: EvaluatedResource, of source: Source) -> [Finding] {
        EndedService.all.flatMap { service in
            var check = EndedServiceCheck(resource: resource, source: source, service: service)
            check.run()
            return check.findings
        }
    }

    private init(resource: EvaluatedResource, source: Source, service: EndedService) {
        self.resource = resource
        self.source = source
        self.service = service
    }

    private mutating func run() {
        if resource.type.hasPrefix(service.types) {
            report(
                "The type of \"\(resource.logicalID)\" must be of a service that is there, but",
                hint: "Take the resource out.", ["Type"], at: resource.position)
        }
        walk(resource.properties, ["Properties"])
        for attribute in resource.attributes { walk(attribute.value, [attribute.name]) }
    }

    private mutating func walk(_ term: Term, _ path: [String]) {
        switch term.form {
        case .scalar(.string(let text)), .encoded(let text): check(text, path, at: term.position)
        case .scalar: break
        case .list(let items): for (index, item) in items.enumerated() { walk(item, path + [String(index)]) }
        case .object(let members):
            for member in members { walk(member.value, path + [member.name]) }
        case .opaque(let value): walk(value, path, at: term.position)
        }
    }

    /// The known pieces of what is not known as a whole.
    private mutating func walk(_ value: Value, _ path: [String], at position: Position) {
        switch value {
        case .string(let text): check(text, path, at: position)
        case .list(let items): for item in items { walk(item, path, at: position) }
        case .object(let object):
            if let joined = Self.joined(object) {
                check(joined, path, at: position)
            } else {
                for (_, item) in object { walk(item, path, at: position) }
            }
        case .null, .bool, .number: break
        }
    }

    /// The text that is put together, with a word for each part that is not known.
    private static func joined(_ object: Object) -> String? {
        guard case .list(let parameters)? = object[Function.join.rawValue], parameters.count == 2,
            let delimiter = parameters[0].string, case .list(let items) = parameters[1]
        else { return nil }
        return items.map { Scalars.text($0) ?? "_" }.joined(separator: delimiter)
    }

    private mutating func check(_ text: String, _ path: [String], at position: Position) {
        guard findings.count < Self.limit, text.contains(service.word) else { return }
        let name = "\"\(resource.logicalID)\""
        if text.utf8.count < 200, text.hasSuffix("\(service.word).amazonaws.com"),
            text == "\(service.word).amazonaws.com" || text.hasSuffix(".\(service.word).amazonaws.com")
        {
            report(
                "Resource \(name) must trust services that are there, but \"\(text)\" is none:",
                hint: "Take the principal out, or name the one that deploys now.", path, at: position)
        } else if text.hasPrefix("\(service.word):"), path.contains(where: { $0 == "Action" || $0 == "NotAction" }) {
            report(
                "Resource \(name) must allow actions of services that are there, but \"\(text.prefix(80))\" is none:",
                hint: "Take the action out of the statement.", path, at: position)
        } else {
            for command in commands(in: text) {
                report(
                    "Resource \(name) must call services that are there, but runs \"\(command)\":",
                    hint: "Take the command out, or call what deploys now.", path,
                    at: line(of: command, in: text, from: position))
            }
        }
    }

    /// Calls by the command line and by clients, such as `aws proton get-service`; each once.
    private func commands(in text: String) -> [String] {
        var found: [String] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split { !Self.isOfWord($0) }.map { String(decoding: $0, as: UTF8.self) }
            for (index, word) in words.enumerated() where word == service.word {
                guard let start = words[..<index].lastIndex(where: { $0 == "aws" || $0.hasSuffix("/aws") }) else {
                    let isClient = index > 0 && words[index - 1].hasSuffix("client")
                    if isClient { found.append("\(words[index - 1]) \(word)") }
                    continue
                }
                // Between the two only options and their values may stand.
                let between = words[(start + 1)..<index]
                guard between.first?.hasPrefix("-") ?? true, between.count <= 8 else { continue }
                let verb = index + 1 < words.count ? " \(words[index + 1])" : ""
                found.append("aws \(word)\(verb)")
            }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
    }

    /// The line of a long text that has the command; commands stand far below the start of their text.
    private func line(of command: String, in whole: String, from position: Position) -> Position {
        let words = command.split(separator: " ")
        guard let last = words.last else { return position }
        // Folded texts have a few more lines in the file than in the value.
        let count = whole.utf8.count { $0 == UInt8(ascii: "\n") } + 20
        for number in position.line..<max(position.line, min(position.line + count, source.lineCount + 1)) {
            guard let text = Position(line: number, column: 1).place(in: source).sourceLine else { continue }
            guard let start = text.firstRange(of: words[0]), let end = text.lastRange(of: last),
                start.lowerBound < end.upperBound
            else { continue }
            let column = text[..<start.lowerBound].unicodeScalars.count + 1
            let length = text[start.lowerBound..<end.upperBound].unicodeScalars.count
            return Position(line: number, column: column, length: length)
        }
        return position
    }

    private mutating func report(_ words: String, hint: String, _ path: [String], at position: Position) {
        let message = "\(words) \(service.name) ended on \(service.endedOn)."
        guard findings.count < Self.limit, seen.insert("\(position.line) \(message)").inserted else { return }
        findings.append(
            Finding(
                "cloudformation.endedService", .warning, message, hint: hint, place: position.place(in: source),
                pointer: Pointer(["Resources", resource.logicalID] + path)))
    }
}

extension String {
    fileprivate func lastRange(of part: some Collection<Character>) -> Range<Index>? { ranges(of: part).last }
}
