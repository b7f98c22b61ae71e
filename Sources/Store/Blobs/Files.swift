import Glibc

/// The few calls on files that the store needs, with the system's reason where they do not succeed.
enum Files {
    struct Fault: Error, CustomStringConvertible {
        let code: CInt
        let path: String
        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }

    /// Makes `path` and what is missing above it; new ones can be entered by their owner alone.
    static func makeDirectory(_ path: String) throws(Fault) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST && isDirectory(path) { return }
        guard errno == ENOENT, let cut = path.dropLast().lastIndex(of: "/"), cut > path.startIndex else {
            throw Fault(code: errno, path: path)
        }
        try makeDirectory(String(path[..<cut]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Fault(code: errno, path: path) }
    }

    static func isDirectory(_ path: String) -> Bool { mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false }
    static func exists(_ path: String) -> Bool { mode(of: path) != nil }

    /// In bytes; `nil` where nothing is there.
    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Names in a directory, without `.` and `..`, sorted by their bytes.
    static func names(in directory: String) throws(Fault) -> [String] {
        guard let stream = opendir(directory) else { throw Fault(code: errno, path: directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func read(_ path: String) throws(Fault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(code: errno, path: path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Fault(code: errno, path: path) }
            bytes += buffer[..<count]
        }
    }

    /// Writes a new file and waits until it is on the disk. An existing one is refused.
    static func create(_ path: String, _ bytes: [UInt8]) throws(Fault) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Fault(code: errno, path: path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Fault(code: errno, path: path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw Fault(code: errno, path: path) }
    }

    /// Waits until the names in `directory` are on the disk.
    static func sync(directory: String) throws(Fault) {
        let file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(code: errno, path: directory) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw Fault(code: errno, path: directory) }
    }

    static func move(_ old: String, to new: String) throws(Fault) {
        guard rename(old, new) == 0 else { throw Fault(code: errno, path: new) }
    }

    static func remove(_ path: String) { unlink(path) }

    /// Waits until the content of a file is on the disk.
    static func sync(_ path: String) throws(Fault) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(code: errno, path: path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw Fault(code: errno, path: path) }
    }

    static func parent(of path: String) -> String {
        guard let cut = withoutSlash(path).lastIndex(of: "/") else { return "." }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }
}

extension StoreError {
    init(_ fault: Files.Fault) {
        switch fault.code {
        case ENOSPC, EDQUOT: self = .diskFull(path: fault.path)
        case EACCES, EPERM, EROFS: self = .readOnly(path: fault.path)
        default: self = .unreadable(path: fault.path, cause: String(cString: strerror(fault.code)))
        }
    }
}
