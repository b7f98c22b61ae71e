import Catalog
import Documents
import Foundation
import Testing

@testable import Store

@Suite struct OpeningTests {
    @Test func `a new workspace is empty and its owner's alone`() throws {
        let workspace = try Workspace()
        #expect(try workspace.store.isEmpty())
        #expect(try workspace.store.schemaVersion() == Store.schemaVersion)
        #expect(mode(workspace.directory) == 0o700)
        #expect(mode(workspace.store.path) == 0o600)
        #expect(mode(workspace.store.path + "-wal") == 0o600)
        #expect(mode(workspace.directory + "/blobs") == 0o700)
    }

    @Test func `what was kept is there when it is opened again`() throws {
        let workspace = try Workspace()
        try workspace.register("net", .environment, .init(1, 0))
        try workspace.store.close()
        let again = try Store.open(directory: workspace.directory)
        #expect(try again.template("net")?.owner == "platform")
        #expect(try !again.isEmpty())
        try again.close()
    }

    @Test func `a commit waits for the disk`() throws {
        let workspace = try Workspace()
        let level = try workspace.store.write { try $0.int("PRAGMA synchronous") }
        #expect(level == 2)
        #expect(try workspace.store.read { try $0.text("PRAGMA journal_mode") } == "wal")
        #expect(try workspace.store.write { try $0.int("PRAGMA foreign_keys") } == 1)
    }

    @Test func `a newer database is refused and left as it is`() throws {
        let workspace = try Workspace()
        try workspace.store.write { try $0.run("PRAGMA user_version = 99") }
        try workspace.store.close()
        let error = #expect(throws: StoreError.self) { try Store.open(directory: workspace.directory) }
        #expect(
            error?.finding.message
                == "The workspace must have layout \(Store.schemaVersion) or older, but is of layout 99, of a newer Baryon."
        )
    }

    @Test func `another program's database is refused and left as it is`() throws {
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var header = [UInt8](repeating: 0, count: 4096)
        header.replaceSubrange(0..<16, with: Array("SQLite format 3\0".utf8))
        header[18] = 1
        try Data(header).write(to: URL(filePath: directory + "/catalog.sqlite"))
        let error = #expect(throws: StoreError.self) { try Store.open(directory: directory) }
        #expect(error?.finding.message.contains("another program's database") == true)
        #expect(try Data(contentsOf: URL(filePath: directory + "/catalog.sqlite")) == Data(header))
    }

    @Test func `a file that is no database is refused`() throws {
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data("hello".utf8).write(to: URL(filePath: directory + "/catalog.sqlite"))
        let error = #expect(throws: StoreError.self) { try Store.open(directory: directory) }
        #expect(error?.finding.message == "Could not read or write the workspace: the file is not a catalog.")
    }

    @Test func `a file in the way of the directory is told by name`() throws {
        let error = #expect(throws: StoreError.self) { try Store.open(directory: "/dev/null/catalog") }
        #expect(error?.finding.place?.file.hasPrefix("/dev/null") == true)
    }

    @Test func `a read-only directory is told as such`() throws {
        // Root may write everywhere but where the kernel itself refuses.
        let error = #expect(throws: StoreError.self) { try Store.open(directory: "/proc/baryon") }
        #expect(error != nil)
    }

    /// Each older layout is made by the steps up to it; the rest then have to lead to the newest.
    @Test(arguments: 0...Migrations.steps.count)
    func `every older layout becomes the newest`(layout: Int) throws {
        let workspace = try Workspace()
        let newest = try workspace.store.read {
            try $0.rows("SELECT sql FROM sqlite_schema ORDER BY name") { $0.text() }
        }
        let directory = Workspace.newDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let first = try Store.open(directory: directory, upTo: layout)
        #expect(try first.read { try $0.int("PRAGMA user_version") } == layout)
        try first.close()
        let store = try Store.open(directory: directory)
        #expect(try store.schemaVersion() == Store.schemaVersion)
        #expect(try store.read { try $0.rows("SELECT sql FROM sqlite_schema ORDER BY name") { $0.text() } } == newest)
        try store.close()
    }

    @Test func `the mount with the longest path decides`() {
        let table = """
            22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
            40 22 0:30 / /home rw - nfs4 server:/home rw
            41 40 0:31 / /home/my\\040disk rw shared:3 - xfs /dev/sdb rw
            """
        #expect(FileSystems.kind(of: "/var/lib", mounts: table) == "ext4")
        #expect(FileSystems.kind(of: "/home/ann", mounts: table) == "nfs4")
        #expect(FileSystems.kind(of: "/homework", mounts: table) == "ext4")
        #expect(FileSystems.kind(of: "/home/my disk/x", mounts: table) == "xfs")
        #expect(FileSystems.kind(of: "/x", mounts: "") == nil)
    }

    private func mode(_ path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }
}
