import Documents

/// Takes the entries of an archive or a directory one by one, and refuses what no bundle may hold.
struct FileCollector {
    private let name: String
    private let limits: BundleLimits
    private var files: [BundleFiles.File] = []
    private var seen: [String: String] = [:]
    private var totalBytes = 0
    private(set) var findings: [Finding] = []
    /// Whether a limit was passed: reading on makes no sense.
    private(set) var isFull = false

    init(name: String, limits: BundleLimits) {
        self.name = name
        self.limits = limits
    }

    var result: BundleFiles? { findings.isEmpty ? BundleFiles(files) : nil }

    mutating func refuse(_ path: String, _ code: Finding.Code, _ message: String, hint: String) {
        guard findings.count < 100 else { return }
        findings.append(Finding(code, message, hint: hint, place: Place(file: path.isEmpty ? name : name + "/" + path)))
    }

    /// Whether `path` may be a path in a bundle, and there is room for `size` more bytes.
    mutating func accepts(_ path: String, size: Int) -> Bool {
        if let reason = PathRule.fault(in: path, depth: limits.depth) {
            refuse(path, "bundle.path", "A path in a bundle must \(reason).", hint: "Rename the file and pack again.")
            return false
        }
        if files.count >= limits.fileCount {
            isFull = true
            refuse(
                "", "bundle.size", "A bundle must hold at most \(limits.fileCount) files, but holds more.",
                hint: "Leave out what the templates do not need.")
            return false
        }
        if size > limits.fileBytes {
            refuse(
                path, "bundle.size", "A file must have at most \(limits.fileBytes) bytes, but has \(size).",
                hint: "Leave the file out, or make it smaller.")
            return false
        }
        if totalBytes + size > limits.totalBytes {
            isFull = true
            refuse(
                "", "bundle.size", "A bundle must have at most \(limits.totalBytes) bytes, but has more.",
                hint: "Leave out what the templates do not need.")
            return false
        }
        return true
    }

    mutating func add(_ path: String, _ bytes: [UInt8]) {
        guard accepts(path, size: bytes.count) else { return }
        // Two names that differ in case only are one file where case does not count.
        if let other = seen.updateValue(path, forKey: path.lowercased()) {
            refuse(
                path, "bundle.path", "A path must stand once in a bundle, but \(other) names the same file.",
                hint: "Remove or rename one of the two.")
            return
        }
        totalBytes += bytes.count
        files.append(BundleFiles.File(path: path, bytes: bytes))
    }
}

/// What a path in a bundle may look like.
enum PathRule {
    /// What `path` breaks, as the end of "must …"; `nil` for a good one.
    static func fault(in path: String, depth: Int) -> String? {
        if path.isEmpty { return "have a name" }
        if path.utf8.count > 1024 { return "have at most 1024 bytes" }
        if path.hasPrefix("/") { return "be relative, but starts with a slash" }
        let scalars = path.unicodeScalars
        if scalars.contains("\\") { return "use slashes, but holds a backslash" }
        if scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) { return "hold no control characters" }
        if scalars.count > 1, scalars.dropFirst().first == ":" { return "name no drive" }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if parts.count > depth { return "be at most \(depth) directories deep" }
        for part in parts {
            if part.isEmpty { return "have a name between its slashes" }
            if part.elementsEqual("..".utf8) || part.elementsEqual(".".utf8) { return "not lead out of the bundle" }
        }
        return nil
    }
}
