import Glibc

/// Which file system a directory is on, by the kernel's table of mounts.
///
/// SQLite's log needs memory that all its users share, and locks that hold: neither is there over a network.
enum FileSystems {
    private static let overNetwork: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "glusterfs", "beegfs", "davfs",
        "fuse.sshfs", "fuse.glusterfs", "fuse.davfs2", "fuse.s3fs", "fuse.rclone", "fuse.ceph",
    ]

    /// The network file system that `directory` is on; `nil` for a local one, and where nobody can tell.
    static func networkKind(of directory: String) -> String? {
        guard let table = try? Files.read("/proc/self/mountinfo") else { return nil }
        let kind = kind(of: Files.realPath(directory) ?? directory, mounts: String(decoding: table, as: UTF8.self))
        return kind.flatMap { overNetwork.contains($0) ? $0 : nil }
    }

    /// The type of the mount with the longest path above `path`; of two at one place the later covers the earlier.
    static func kind(of path: String, mounts: String) -> String? {
        var best: (length: Int, kind: String)?
        for line in mounts.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count > 6, let dash = fields[6...].firstIndex(of: "-"), dash + 1 < fields.count else {
                continue
            }
            let point = plain(fields[4])
            let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
            if isAbove, point.utf8.count >= best?.length ?? 0 { best = (point.utf8.count, fields[dash + 1]) }
        }
        return best?.kind
    }

    /// Undoes the table's octal escapes: `\040` is a space.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            let isEscape = digits.count == 3 && digits.allSatisfy { (0x30...0x37).contains($0) }
            guard byte == UInt8(ascii: "\\"), isEscape else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }))
            rest = rest.dropFirst(3)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
