import Catalog
import Documents
import Foundation
import Testing

@testable import Store

@Suite struct MovingTests {
    private let dev = Target.environment("dev")

    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try body(directory)
    }

    private func fleet() throws -> Workspace {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let claim = try workspace.submit(Workspace.step(dev, .update, revision: 2, base: 1))
        _ = claim
        let held = try #require(try workspace.claim())
        let resource = ProvisionedResource(logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-1")
        try workspace.store.record(StackStep(entry: "{}", put: [resource]), by: held, at: Workspace.now)
        try workspace.store.save(
            Draft(
                id: "d1", title: "new service", template: "web", version: VersionNumber(1, 0), content: "{}",
                updatedAt: Workspace.now))
        try workspace.store.set("theme", to: "\"dark\"")
        return workspace
    }

    private func files(_ directory: String) throws -> [String: String] {
        var files: [String: String] = [:]
        let paths = try FileManager.default.subpathsOfDirectory(atPath: directory)
        for path in paths where !Files.isDirectory(directory + "/" + path) {
            files[path] = String(decoding: try Files.read(directory + "/" + path), as: UTF8.self)
        }
        return files
    }

    @Test func `a backup is one file, and a restored workspace has everything`() throws {
        let workspace = try fleet()
        try withDirectory { directory in
            try workspace.store.backup(to: directory + "/backup")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["backup"])
            try Store.restore(
                from: directory + "/backup", into: directory + "/again/", by: "bob", at: Workspace.now)
            let again = try Store.open(directory: directory + "/again")
            let store = workspace.store
            #expect(try again.catalog(CatalogQuery(text: "web")) == store.catalog(CatalogQuery(text: "web")))
            #expect(try again.services() == store.services())
            #expect(try again.resources(of: dev) == store.resources(of: dev))
            #expect(try again.drafts() == store.drafts())
            #expect(try again.setting("theme") == "\"dark\"")
            for version in try again.versions(of: "web") {
                #expect(try again.blob(version.digest) == store.blob(version.digest))
            }
            #expect(try again.history().first?.act == "workspace.restore")
            try again.close()
        }
    }

    @Test func `nobody knows what is there after a restore`() throws {
        let workspace = try fleet()
        try workspace.submit(Workspace.step(.environment("later")), Workspace.step(.environment("last")))
        try withDirectory { directory in
            try workspace.store.backup(to: directory + "/backup")
            try Store.restore(from: directory + "/backup", into: directory + "/again", by: "bob", at: Workspace.now)
            let again = try Store.open(directory: directory + "/again")
            #expect(try again.records().map(\.isUncertain) == [true, false, false, true])
            #expect(try again.counts(.all).uncertain == 2)
            #expect(
                try again.deployments().map(\.phase) == [.cancelled, .cancelled, .stuck, .succeeded, .succeeded])
            #expect(try again.claim(owner: "one", now: Workspace.now, leaseMilliseconds: 1) == nil)
            try again.close()
            #expect(try workspace.store.deployments(DeploymentQuery(isUnfinished: true)).count == 3)
        }
    }

    @Test func `nothing is written over`() throws {
        let workspace = try fleet()
        try withDirectory { directory in
            try workspace.store.backup(to: directory + "/backup")
            #expect(throws: StoreError.self) { try workspace.store.backup(to: directory + "/backup") }
            #expect(throws: StoreError.self) {
                try Store.restore(from: directory + "/backup", into: directory, by: "bob", at: Workspace.now)
            }
            #expect(throws: StoreError.self) { try workspace.store.export(to: directory) }
        }
    }

    @Test func `a file that is no backup, or a damaged one, restores nothing`() throws {
        let workspace = try fleet()
        try withDirectory { directory in
            let backup = directory + "/backup"
            try workspace.store.backup(to: backup)
            try Data("hello".utf8).write(to: URL(filePath: directory + "/text"))
            let whole = try Data(contentsOf: URL(filePath: backup))
            try whole.prefix(whole.count / 2).write(to: URL(filePath: directory + "/half"))
            for name in ["text", "half", "missing"] {
                #expect(throws: StoreError.self, "\(name)") {
                    try Store.restore(
                        from: directory + "/" + name, into: directory + "/again", by: "bob", at: Workspace.now)
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            #expect(names == ["backup", "half", "text"])
        }
    }

    @Test func `an export is plain files`() throws {
        let workspace = try fleet()
        try withDirectory { directory in
            try workspace.store.export(to: directory + "/out")
            let files = try files(directory + "/out")
            #expect(files["environments/dev/spec.yaml"] == "a: 1\n")
            #expect(files["environments/dev/stack.json"]?.contains("\"vpc-1\"") == true)
            #expect(files["services/shop/instances/prod/target.json"]?.contains("\"appliedVersion\": \"1.0\"") == true)
            #expect(files["templates/web/v1.0.json"]?.contains("\"status\": \"published\"") == true)
            let digest = try #require(try workspace.store.versions(of: "web").first).digest
            #expect(files["blobs/\(digest)"] == "web 1.0")
            #expect(files["events.json"] != nil)
            for name in ["checks", "hooks", "waivers", "exports", "kept"] { #expect(files["\(name).json"] == "[]\n") }
        }
    }

    @Test func `without ids and times, the same state gives the same files`() throws {
        let first = try fleet()
        let second = try Workspace()
        // Another way to the same state: an order more, which is cancelled, and a runner that is replaced.
        try second.makeFleet()
        try second.submit(Workspace.step(dev, .update, revision: 2, base: 1))
        let lost = try #require(try second.claim("lost"))
        let later = Workspace.now.adding(milliseconds: 100_000)
        let held = try #require(try second.claim("two", at: later))
        #expect(held.lease.fence == lost.lease.fence + 1)
        let resource = ProvisionedResource(logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-1")
        try second.store.record(StackStep(entry: "{}", put: [resource]), by: held, at: later)
        try second.store.save(
            Draft(
                id: "d2", title: "new service", template: "web", version: VersionNumber(1, 0), content: "{}",
                updatedAt: later))
        try second.store.set("theme", to: "\"dark\"")
        try first.store.finish(
            Claim(deployment: held.deployment, lease: try #require(try first.store.lease(of: held.deployment.id))),
            .succeeded([]), at: Workspace.now)
        try second.store.finish(held, .succeeded([]), at: later)
        try withDirectory { directory in
            try first.store.export(to: directory + "/first", withoutIDs: true)
            try second.store.export(to: directory + "/second", withoutIDs: true)
            #expect(try files(directory + "/first") == files(directory + "/second"))
            #expect(try !files(directory + "/first").isEmpty)
        }
    }
}
