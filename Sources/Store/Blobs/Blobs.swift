import Crypto
import Glibc

/// Files named by the SHA-256 of their content, spread over two levels of directories: `ab/cd/ef…`.
struct Blobs: Sendable {
    let directory: String

    static func digest(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }

    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private func folders(of digest: String) -> (outer: String, inner: String) {
        let outer = directory + "/" + digest.prefix(2)
        return (outer, outer + "/" + digest.dropFirst(2).prefix(2))
    }

    func path(of digest: String) -> String { folders(of: digest).inner + "/" + digest.dropFirst(4) }

    func holds(_ digest: String) -> Bool { Blobs.isDigest(digest) && Files.exists(path(of: digest)) }

    /// Keeps `bytes` and waits until they and their name are on the disk; the same content twice is one file.
    func put(_ bytes: [UInt8]) throws(Files.Fault) -> String {
        let digest = Blobs.digest(of: bytes)
        if holds(digest), (try? Files.read(path(of: digest))) == bytes { return digest }
        let (outer, inner) = folders(of: digest)
        try Files.makeDirectory(inner)
        // A name of its own, so that two writers never share a file that is half written.
        let temporary = inner + "/new-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        do throws(Files.Fault) {
            try Files.create(temporary, bytes)
            try Files.move(temporary, to: path(of: digest))
        } catch {
            Files.remove(temporary)
            throw error
        }
        for folder in [inner, outer, directory] { try Files.sync(directory: folder) }
        return digest
    }

    /// The bytes under `digest`, checked against it.
    func bytes(_ digest: String) throws(StoreError) -> [UInt8] {
        guard holds(digest) else {
            let place = Blobs.isDigest(digest) ? path(of: digest) : digest
            throw .missingBlobs([MissingBlob(what: "a stored file", path: place)])
        }
        let path = path(of: digest)
        let bytes: [UInt8]
        do throws(Files.Fault) { bytes = try Files.read(path) } catch { throw StoreError(error) }
        guard Blobs.digest(of: bytes) == digest else {
            throw .unreadable(path: path, cause: "its content does not have the digest that it is named by")
        }
        return bytes
    }

    /// Every digest that is kept, sorted.
    func digests() throws(Files.Fault) -> [String] {
        var digests: [String] = []
        for outer in try Files.names(in: directory) where outer.utf8.count == 2 {
            for inner in try Files.names(in: directory + "/" + outer) {
                for rest in try Files.names(in: directory + "/" + outer + "/" + inner) {
                    let digest = outer + inner + rest
                    if Blobs.isDigest(digest) { digests.append(digest) }
                }
            }
        }
        return digests
    }
}
