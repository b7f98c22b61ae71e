package import Catalog
import Documents
import Schemas
import Store

/// Secrets that connections define: platform engineers say where they are, developers name them in specs.
extension Engine {
    /// By name.
    package func secrets(on connection: String) throws(Refusal) -> [Secret] {
        _ = try existingConnection(connection)
        return try refusing { try store.secrets(of: connection) }
    }

    /// What a spec may name where its target goes to `connection`, by name.
    package func secretNames(on connection: String) throws(Refusal) -> [String] {
        try secrets(on: connection).map(\.name)
    }

    /// Defines a secret, or gives one that is defined another source.
    ///
    /// - Parameter source: As it is written: `env:DB_PASSWORD`.
    /// - Returns: The definition; `isChanged` where plans that were made with the former one are void now.
    @discardableResult
    package func setSecret(
        _ name: String, source: String, on connection: String = Connection.local.name, why: String = ""
    ) throws(Refusal) -> (secret: Secret, isChanged: Bool) {
        try Words.check(why: why)
        var findings: [Finding] = []
        if !SecretReference.isName(name) {
            findings.append(
                Finding(
                    "secret.name",
                    "A secret's name must be of letters, digits, -, _, . and /, with a letter or a digit in front and at most 100, but is not.",
                    hint: "Name it by what it is for, such as db-password."))
        }
        let known: [Secret]
        var read: SecretSource?
        do { read = try SecretSource(source) } catch { findings.append(error) }
        do { known = try secrets(on: connection) } catch { throw Refusal(findings + error.findings) }
        guard findings.isEmpty, let source = read else { throw Refusal(findings) }
        let secret = Secret(connection: connection, name: name, source: source)
        let old = known.first { $0.name == name }
        guard secret != old else { return (secret, false) }
        let detail = "\(name) \(old.map { "\($0.source.text) -> " } ?? "")\(source.text)"
        try refusing {
            try store.put(secret, history: entry(Engine.setSecretAct, connection, detail: detail, why: why))
        }
        return (secret, old != nil)
    }

    /// Refused while a spec names it.
    package func deleteSecret(
        _ name: String, on connection: String = Connection.local.name, why: String = ""
    ) throws(Refusal) {
        try Words.check(why: why)
        let known = try secrets(on: connection)
        guard known.contains(where: { $0.name == name }) else {
            throw Refusal(
                "secret.none", "There is no secret \"\(name)\" on connection \(connection).",
                hint: SecretView(connection, known).near(name))
        }
        let users: [Target] = try refusing { try self.users(ofSecret: name, on: connection) }
        guard users.isEmpty else {
            throw Refusal(
                "secret.inUse",
                "The secret \"\(name)\" of connection \(connection) is in use by \(users.map(\.title).few).",
                hint: "Take it out of these first, or give it another source with: baryon connection secret set \(name)"
            )
        }
        try refusing {
            try store.deleteSecret(
                name, of: connection, history: entry(Engine.deleteSecretAct, connection, detail: name, why: why))
        }
    }

    static let setSecretAct = "connection.secret.set"
    static let deleteSecretAct = "connection.secret.delete"

    /// What names a secret: as it is asked for, as it is, or on its way.
    private func users(ofSecret name: String, on connection: String) throws -> [Target] {
        let there = try store.records().filter { record in
            // Specs that don't have the word can't name it: only the others are read.
            guard record.connection == connection,
                [record.desired.spec, record.applied?.spec].contains(where: { $0?.contains(name) == true })
            else { return false }
            return try isNamed(name, by: record)
        }.map(\.target)
        let coming = try store.deployments(DeploymentQuery(isUnfinished: true, limit: .max)).filter { deployment in
            try deployment.connection == connection && !there.contains(deployment.target)
                && storedPlan(deployment)?.grounds.secrets[name] != nil
        }.map(\.target)
        return there + coming
    }

    private func isNamed(_ name: String, by record: TargetRecord) throws -> Bool {
        if try appliedPlan(of: record)?.grounds.secrets[name] != nil { return true }
        guard let version = try store.version(record.template, record.desired.version),
            let schema = try bundle(of: version).schemas[record.target.part]
        else { return false }
        return schema.secrets(in: try filledInputs(of: record)).contains { $0.name == name }
    }
}
