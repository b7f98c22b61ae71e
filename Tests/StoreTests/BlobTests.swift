import Catalog
import Foundation
import Testing

@testable import Store

@Suite struct BlobTests {
    @Test func `a blob is named by its content`() throws {
        let workspace = try Workspace()
        let digest = try workspace.store.put(Array("abc".utf8))
        #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try workspace.store.blob(digest) == Array("abc".utf8))
        #expect(try workspace.store.put(Array("abc".utf8)) == digest)
        let folder = workspace.directory + "/blobs/ba/78"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [String(digest.dropFirst(4))])
    }

    @Test func `an empty and a large blob come back whole`() throws {
        let workspace = try Workspace()
        for bytes in [[], [UInt8](repeating: 7, count: 300_000)] {
            #expect(try workspace.store.blob(workspace.store.put(bytes)) == bytes)
        }
    }

    @Test func `a blob that was changed outside is not given out, and can be put again`() throws {
        let workspace = try Workspace()
        let digest = try workspace.store.put(Array("abc".utf8))
        let path = workspace.store.blobs.path(of: digest)
        try Data("abd".utf8).write(to: URL(filePath: path))
        #expect(throws: StoreError.self) { try workspace.store.blob(digest) }
        #expect(try workspace.store.put(Array("abc".utf8)) == digest)
        #expect(try workspace.store.blob(digest) == Array("abc".utf8))
    }

    @Test(arguments: ["", "abc", "../../../etc/passwd", String(repeating: "0", count: 64)])
    func `an unknown digest is not found`(digest: String) throws {
        let workspace = try Workspace()
        let error = #expect(throws: StoreError.self) { try workspace.store.blob(digest) }
        guard case .missingBlobs(let blobs) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(blobs.map(\.what) == ["a stored file"])
    }

    @Test func `a version whose bundle is not on the disk is not registered`() throws {
        let workspace = try Workspace()
        let version = try workspace.register("net", .environment, .init(1, 0))
        var other = version
        other.number = .init(2, 0)
        other.digest = String(repeating: "a", count: 64)
        let template = try #require(try workspace.store.template("net"))
        #expect(throws: StoreError.self) {
            try workspace.store.register(template, other, history: Workspace.entry())
        }
        #expect(try workspace.store.versions(of: "net").map(\.number) == [.init(1, 0)])
    }
}
