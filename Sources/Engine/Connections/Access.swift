package import Documents

/// What a person lets their programs do, and as whom: read from their own configuration, never from the workspace.
package struct Access: Hashable, Sendable {
    /// The connections whose deployments this person's programs carry out; `nil` for all.
    package var claims: Set<String>?
    /// By connection: the profile of the `aws` command that goes there. Without one the command's own default counts.
    package var profiles: [String: String]
    /// The `aws` command: a path, or a name that is looked for.
    package var program: String

    package init(claims: Set<String>? = ["local"], profiles: [String: String] = [:], program: String = "aws") {
        self.claims = claims
        self.profiles = profiles
        self.program = program
    }

    package func mayClaim(_ connection: String) -> Bool { claims?.contains(connection) ?? true }

    /// Reads the configuration's text; what can't be read of it counts as not said.
    ///
    ///     claim: [local, staging]     # or: all
    ///     profiles:
    ///       staging: acme-staging
    package static func read(_ text: String, name: String) -> (access: Access, findings: [Finding]) {
        var access = Access()
        let (document, faults) = Document.read(Source(name: name, text: text), as: .spec)
        guard let document, !faults.hasErrors else { return (access, faults) }
        if document.value == .null { return (access, []) }
        guard let members = document.value.object else {
            return (access, [fault("The configuration must hold names with values.", in: document, Pointer())])
        }
        var findings: [Finding] = []
        for (key, value) in members {
            let pointer = Pointer([key])
            switch key {
            case "claim":
                if value.string == "all" {
                    access.claims = nil
                } else if let names = value.list, names.allSatisfy({ $0.string != nil }) {
                    access.claims = Set(names.compactMap(\.string))
                } else {
                    findings.append(
                        fault("claim must be a list of connections, or the word all.", in: document, pointer))
                }
            case "profiles":
                guard let table = value.object, table.allSatisfy({ $0.value.string != nil }) else {
                    findings.append(
                        fault("profiles must give a profile's name for each connection.", in: document, pointer))
                    continue
                }
                access.profiles = Dictionary(table.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
            default:
                findings.append(
                    Finding(
                        "access.unknown", .warning, "The configuration has claim and profiles, but no \(key).",
                        hint: Spelling.nearest(to: key, among: ["claim", "profiles"]).map { "Did you mean \($0)?" },
                        place: document.place(of: pointer)))
            }
        }
        return (access, findings)
    }

    private static func fault(_ sentence: String, in document: Document, _ pointer: Pointer) -> Finding {
        Finding(
            "access.value", sentence, hint: "Write it as: claim: [local, staging]",
            place: document.place(of: pointer))
    }
}
