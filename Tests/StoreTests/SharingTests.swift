import Catalog
import Documents
import Foundation
import Synchronization
import Testing

@testable import Store

/// Several connections to one workspace, as several processes have.
@Suite struct SharingTests {
    @Test func `each deployment is claimed by one of many`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        for number in 0..<20 { try workspace.submit(Workspace.step(.environment("e\(number)"))) }
        let claimed = Mutex<[Int]>([])
        let directory = workspace.directory
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            guard let store = try? Store.open(directory: directory) else { return }
            while let claim = try? store.claim(owner: "w\(worker)", now: Workspace.now, leaseMilliseconds: 60_000) {
                claimed.withLock { $0.append(claim.deployment.id.number) }
            }
            try? store.close()
        }
        #expect(claimed.withLock { $0.sorted() } == Array(1...20))
    }

    @Test func `of two changes from one revision one is kept`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let refusals = Mutex(0)
        let directory = workspace.directory
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try Store.open(directory: directory)
                let step = Workspace.step(.environment("dev"), .update, spec: "a: \(worker)\n", revision: 2, base: 1)
                do throws(StoreError) {
                    _ = try store.submit(Workspace.submission([step]))
                } catch {
                    refusals.withLock { $0 += 1 }
                }
                try store.close()
            } catch {
                Issue.record(error)
            }
        }
        #expect(refusals.withLock { $0 } == 3)
        #expect(try workspace.store.deployments(DeploymentQuery(target: .environment("dev"))).count == 2)
    }

    @Test func `no publishing is lost when many publish at once`() throws {
        let workspace = try Workspace()
        for minor in 0..<4 { try workspace.register("net", .environment, VersionNumber(1, minor)) }
        let directory = workspace.directory
        DispatchQueue.concurrentPerform(iterations: 4) { minor in
            do {
                let store = try Store.open(directory: directory)
                _ = try store.changeLine(of: "net", at: Workspace.now, history: Workspace.entry()) {
                    $0.publish(VersionNumber(1, minor))
                }
                try store.close()
            } catch {
                Issue.record(error)
            }
        }
        let line = try workspace.store.line(of: "net")
        #expect(line.entries.map(\.status) == [.published, .published, .published, .published])
        #expect(line.recommended == VersionNumber(1, 3))
    }

    @Test func `a new workspace can be opened by several at once`() throws {
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            do {
                let store = try Store.open(directory: directory)
                #expect(try store.isEmpty())
                try store.close()
            } catch {
                Issue.record(error)
            }
        }
    }

    @Test func `a commit by another connection is noticed, and idling is not`() throws {
        let workspace = try Workspace()
        let other = try Store.open(directory: workspace.directory)
        let watch = try workspace.store.watch()
        watch.drain()
        #expect(!watch.wait(milliseconds: 0))
        _ = try workspace.store.catalog(CatalogQuery())
        #expect(!watch.wait(milliseconds: 0))
        try other.set("theme", to: "1")
        #expect(watch.wait(milliseconds: 10_000))
        #expect(watch.drain())
        #expect(!watch.drain())
        try other.close()
    }

    @Test func `changes are a stream`() async throws {
        let workspace = try Workspace()
        let changes = try workspace.store.changes()
        try workspace.store.set("theme", to: "1")
        var seen = 0
        for await _ in changes {
            seen += 1
            break
        }
        #expect(seen == 1)
    }
}
