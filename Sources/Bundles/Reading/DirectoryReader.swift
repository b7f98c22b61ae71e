import Documents

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads a directory through handles, so that no link is followed even if one appears meanwhile.
struct DirectoryReader {
    private var collector: FileCollector

    init(name: String, limits: BundleLimits) {
        collector = FileCollector(name: name, limits: limits)
    }

    mutating func read(_ path: String) -> (files: BundleFiles?, findings: [Finding]) {
        let handle = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else {
            collector.refuse(
                "", "bundle.unreadable", "Could not read the directory: \(String(cString: strerror(errno))).",
                hint: "Check the path and its permissions.")
            return (nil, collector.findings)
        }
        read(handle, prefix: "")
        return (collector.result, collector.findings)
    }

    /// Takes ownership of `handle`.
    private mutating func read(_ handle: Int32, prefix: String) {
        guard let stream = fdopendir(handle) else {
            close(handle)
            return
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                    String(cString: $0)
                }
            }
            // A checkout's history is no part of its bundle.
            if ![".", "..", ".git", ".DS_Store"].contains(name) { names.append(name) }
        }
        for name in names.sorted() where !collector.isFull {
            readEntry(name, in: handle, path: prefix + name)
        }
    }

    private mutating func readEntry(_ name: String, in directory: Int32, path: String) {
        guard collector.accepts(path, size: 0) else { return }
        // Without O_NONBLOCK a pipe that nobody writes to would hold the program up.
        let handle = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard handle >= 0 else {
            if errno == ELOOP {
                collector.refuse(
                    path, "bundle.link", "A bundle must hold plain files, but \(path) is a link.",
                    hint: "Replace the link by the file.")
            } else {
                collector.refuse(
                    path, "bundle.unreadable", "Could not read \(path): \(String(cString: strerror(errno))).",
                    hint: "Check its permissions.")
            }
            return
        }
        var facts = stat()
        guard fstat(handle, &facts) == 0 else {
            close(handle)
            return
        }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR: read(handle, prefix: path + "/")
        case S_IFREG:
            defer { close(handle) }
            guard collector.accepts(path, size: Int(facts.st_size)) else { return }
            collector.add(path, Self.contents(handle, size: Int(facts.st_size)))
        default:
            close(handle)
            collector.refuse(
                path, "bundle.link", "A bundle must hold plain files, but \(path) is a device or another special file.",
                hint: "Remove it.")
        }
    }

    /// At most one byte more than `size`, should the file grow meanwhile.
    static func contents(_ handle: Int32, size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= size {
            let count = readOnce(handle, &buffer)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func readOnce(_ handle: Int32, _ buffer: inout [UInt8]) -> Int {
        buffer.withUnsafeMutableBytes { area in
            while true {
                #if canImport(Musl)
                    let count = Musl.read(handle, area.baseAddress, area.count)
                #else
                    let count = Glibc.read(handle, area.baseAddress, area.count)
                #endif
                if count >= 0 || errno != EINTR { return count }
            }
        }
    }

    /// The bytes of the file at `path`; `nil` when it can't be read or has more than `limit` bytes.
    static func file(_ path: String, limit: Int) -> [UInt8]? {
        let handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var facts = stat()
        guard fstat(handle, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= limit else { return nil }
        return contents(handle, size: Int(facts.st_size))
    }

    /// Whether a directory is at `path`; `nil` when nothing is.
    static func isDirectory(_ path: String) -> Bool? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return facts.st_mode & S_IFMT == S_IFDIR
    }
}
