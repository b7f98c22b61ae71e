import Catalog
import Documents
import Foundation
import Testing

@testable import Store

/// Reading beside others that write, and copies that must not be half made.
@Suite struct LockTests {
    @Test func `reading needs no lock, even to open`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        let (directory, copy) = (workspace.directory, workspace.directory + "/copy")
        let start = ContinuousClock.now
        // While this closure runs, the lock is held.
        try workspace.store.write { _ in
            let store = try Store.open(directory: directory)
            #expect(try store.template("net") != nil)
            try store.backup(to: copy)
            try store.export(to: directory + "/export")
            try store.close()
        }
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a catalog that was emptied beside its files is not taken for a new one`() throws {
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try Store.open(directory: directory)
        _ = try store.put([1, 2, 3])
        try store.close()
        for name in ["catalog.sqlite-wal", "catalog.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: directory + "/" + name)
        }
        try Data().write(to: URL(filePath: directory + "/catalog.sqlite"))
        let error = #expect(throws: StoreError.self) { try Store.open(directory: directory) }
        #expect(error?.finding.message.contains("blobs/ beside it holds what it had") == true)
    }

    @Test func `an export that does not succeed leaves nothing`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        let digest = try #require(try workspace.store.version("net", VersionNumber(1, 0))).digest
        try Data("other".utf8).write(to: URL(filePath: workspace.store.blobs.path(of: digest)))
        let place = workspace.directory + "/exports"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        #expect(throws: StoreError.self) { try workspace.store.export(to: place + "/one") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).isEmpty)
    }

    @Test func `what a destruction takes is spec drift from its first resource on`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let target = Target.instance(service: "shop", name: "prod")
        try workspace.submit(
            Workspace.step(target, .destroy, "web", spec: "a: 1\n", revision: 2, base: 1, environment: "dev"))
        let claim = try #require(try workspace.claim())
        #expect(try workspace.store.row(target)?.hasSpecDrift == false)
        try workspace.store.record(StackStep(remove: ["Task"]), by: claim, at: Workspace.now)
        #expect(try workspace.store.row(target)?.hasSpecDrift == true)
        #expect(try workspace.store.spec(of: target, revision: 2) == "a: 1\n")
    }
}
