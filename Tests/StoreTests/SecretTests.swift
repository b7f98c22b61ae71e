import Catalog
import Foundation
import Testing

@testable import Store

@Suite struct SecretTests {
    private func secret(_ connection: String, _ name: String, _ source: String) throws -> Secret {
        Secret(connection: connection, name: name, source: try SecretSource(source))
    }

    @Test func `definitions are kept by connection and name, and go with their connection`() throws {
        let workspace = try Workspace()
        let store = workspace.store
        let there = Connection(
            name: "prod", provisioner: .cloudFormation, account: "1", region: "r", createdAt: Workspace.now)
        try store.put(there, base: nil, history: Workspace.entry())
        for (connection, name) in [("local", "b"), ("local", "a"), ("prod", "a")] {
            try store.put(try secret(connection, name, "env:X"), history: Workspace.entry())
        }
        try store.put(try secret("local", "a", "file:/a"), history: Workspace.entry("again"))
        #expect(try store.secrets(of: "local").map(\.source.text) == ["file:/a", "env:X"])
        #expect(try store.history().first?.act == "again")
        try store.deleteSecret("b", of: "local", history: Workspace.entry())
        #expect(throws: StoreError.self) { try store.deleteSecret("b", of: "local", history: Workspace.entry()) }
        try store.deleteConnection("prod", history: Workspace.entry())
        #expect(try store.secrets(of: "prod").isEmpty)
        #expect(try store.secrets(of: "local").map(\.name) == ["a"])
    }

    @Test func `a backup and an export have them`() throws {
        let workspace = try Workspace()
        let wanted = try secret("local", "db", "ssm:/db")
        try workspace.store.put(wanted, history: Workspace.entry())
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try workspace.store.backup(to: directory + "/backup")
        try Store.restore(from: directory + "/backup", into: directory + "/again", by: "bob", at: Workspace.now)
        let again = try Store.open(directory: directory + "/again")
        #expect(try again.secrets(of: "local") == [wanted])
        try again.close()
        try workspace.store.export(to: directory + "/export")
        let text = String(decoding: try Files.read(directory + "/export/secrets.json"), as: UTF8.self)
        #expect(text.contains("\"ssm:/db\""))
    }
}
