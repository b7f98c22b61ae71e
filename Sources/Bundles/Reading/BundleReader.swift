package import Documents

/// Finds the bundle in what was read: 0 to 2 directories may stand around it.
enum BundleRoot {
    /// The directory that holds the bundle; findings when there is none, or more than one.
    static func find(in files: BundleFiles, name: String) -> (directory: String?, findings: [Finding]) {
        let byDepth = Dictionary(grouping: candidates(files.paths, ending: "schema/schema.yaml")) { $0.depth }
        for depth in 0...2 {
            guard let roots = byDepth[depth] else { continue }
            guard roots.count > 1 else { return (roots[0].directory, []) }
            let names = roots.map { "\"\($0.directory)\"" }.joined(separator: " and ")
            return (
                nil,
                [
                    Finding(
                        "bundle.root", "A directory must hold one bundle, but holds \(names).",
                        hint: "Name the directory of one of them.", place: Place(file: name))
                ]
            )
        }
        // A component has no schema: one manifest and one file.
        let manifests = candidates(files.paths, ending: "manifest.yaml").filter { $0.depth <= 2 }
        if let root = manifests.min(by: { $0.depth < $1.depth }), !isPart(root.directory) {
            return (root.directory, [])
        }
        return (nil, [missing(files, name: name)])
    }

    private static func candidates(_ paths: [String], ending: String) -> [(directory: String, depth: Int)] {
        paths.compactMap { path in
            if path == ending { return ("", 0) }
            guard path.hasSuffix("/" + ending) else { return nil }
            let directory = String(path.dropLast(ending.count + 1))
            return (directory, directory.split(separator: "/").count)
        }
    }

    private static func isPart(_ directory: String) -> Bool {
        guard let last = directory.split(separator: "/").last else { return false }
        return ["infrastructure", "instance_infrastructure", "pipeline_infrastructure", "pipeline"].contains(last)
    }

    private static func missing(_ files: BundleFiles, name: String) -> Finding {
        let near = files.paths.first {
            let last = $0.lowercased().split(separator: "/").last ?? ""
            return last == "schema.yml" || last == "schema.yaml" || last == "schema.json"
        }
        return Finding(
            "bundle.root", "A bundle must hold schema/schema.yaml, but \(name) does not.",
            hint: near.map { "Move \($0) to schema/schema.yaml." }
                ?? "Name a directory or archive that holds a bundle.",
            place: Place(file: name))
    }
}

extension Bundle {
    /// Reads the bundle at `path`: a directory, or a tar archive with or without gzip.
    ///
    /// - Parameter path: Also names the places of findings.
    /// - Returns: No bundle where nothing could be read; a bundle with faults tells them itself.
    package static func read(_ path: String, limits: BundleLimits = .standard) async -> (
        bundle: Bundle?, findings: [Finding]
    ) {
        let name = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        switch DirectoryReader.isDirectory(path) {
        case nil:
            let finding = Finding(
                "bundle.unreadable", "A bundle must be a directory or an archive, but nothing is at \(name).",
                hint: "Check the path.", place: Place(file: name))
            return (nil, [finding])
        case true?:
            var reader = DirectoryReader(name: name, limits: limits)
            return made(of: reader.read(path), name: name)
        case false?:
            guard let bytes = DirectoryReader.file(path, limit: limits.totalBytes) else {
                let finding = Finding(
                    "bundle.unreadable", "Could not read \(name), or it has more than \(limits.totalBytes) bytes.",
                    hint: "Check its permissions and size.", place: Place(file: name))
                return (nil, [finding])
            }
            return await read(archive: bytes, name: name, limits: limits)
        }
    }

    package static func isDirectory(_ path: String) -> Bool { DirectoryReader.isDirectory(path) == true }

    /// The bytes of a lone file that is no larger than one of a bundle may be; `nil` for anything else.
    package static func file(_ path: String) -> [UInt8]? {
        guard DirectoryReader.isDirectory(path) == false else { return nil }
        return DirectoryReader.file(path, limit: BundleLimits.standard.fileBytes)
    }

    /// Reads a tar archive, with or without gzip.
    package static func read(archive bytes: [UInt8], name: String, limits: BundleLimits = .standard) async -> (
        bundle: Bundle?, findings: [Finding]
    ) {
        if let format = OtherArchive.name(of: bytes) {
            let finding = Finding(
                "bundle.archive", "An archive must be .tar.gz, .tgz or .tar, but \(name) is \(format).",
                hint: "Unpack it and name the directory, or pack it with: tar -czf bundle.tar.gz -C DIR .",
                place: Place(file: name))
            return (nil, [finding])
        }
        guard Gzip.isCompressed(bytes) else {
            var reader = TarReader(bytes, name: name, limits: limits)
            return made(of: reader.read(), name: name)
        }
        // A small archive may unpack to blocks of zeros without being a bomb.
        let limit = min(limits.totalBytes, max(1 << 20, bytes.count * limits.ratio))
        switch await Gzip.unpacked(bytes, limit: limit) {
        case .bytes(let unpacked):
            var reader = TarReader(unpacked, name: name, limits: limits)
            return made(of: reader.read(), name: name)
        case .tooLarge:
            let finding = Finding(
                "bundle.size", "An archive must unpack to at most \(limit) bytes, but unpacks to more.",
                hint: "Leave out what the templates do not need.", place: Place(file: name))
            return (nil, [finding])
        case .unreadable(let words):
            let finding = Finding(
                "bundle.archive", "Could not unpack \(name): \(words).", hint: "Pack or fetch it again.",
                place: Place(file: name))
            return (nil, [finding])
        }
    }

    /// Reads what `archive` gave, as it is kept: a tar archive without directories around the bundle.
    package static func read(stored bytes: [UInt8], name: String = "") -> (bundle: Bundle?, findings: [Finding]) {
        var reader = TarReader(bytes, name: name, limits: .standard)
        return made(of: reader.read(), name: name)
    }

    private static func made(of read: (files: BundleFiles?, findings: [Finding]), name: String) -> (Bundle?, [Finding])
    {
        guard let files = read.files else { return (nil, read.findings) }
        let (directory, findings) = BundleRoot.find(in: files, name: name)
        guard let directory else { return (nil, read.findings + findings) }
        let root = directory.isEmpty ? name : name.isEmpty ? directory : name + "/" + directory
        return (Bundle(files: files.inside(directory), name: root), read.findings)
    }
}
