/// The files of a bundle by path, sorted by the bytes of their paths.
package struct BundleFiles: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// Relative, with slashes, such as `schema/schema.yaml`.
        package let path: String
        package let bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    package let files: [File]

    package init(_ files: [File]) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    package subscript(path: String) -> [UInt8]? {
        files.first { $0.path.utf8.elementsEqual(path.utf8) }?.bytes
    }

    package var paths: [String] { files.map(\.path) }

    /// The paths below `directory`, without it.
    package func paths(in directory: String) -> [String] {
        guard !directory.isEmpty else { return paths }
        return paths.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }
    }

    package func contains(directory: String) -> Bool {
        files.contains { $0.path.hasPrefix(directory + "/") }
    }

    /// What stands below `directory`, as a bundle of its own.
    package func inside(_ directory: String) -> BundleFiles {
        guard !directory.isEmpty else { return self }
        return BundleFiles(
            files.filter { $0.path.hasPrefix(directory + "/") }.map {
                File(path: String($0.path.dropFirst(directory.count + 1)), bytes: $0.bytes)
            })
    }
}

/// How big an archive or a directory may be before it is refused.
package struct BundleLimits: Sendable {
    package var fileCount = 10_000
    package var totalBytes = 64 << 20
    package var fileBytes = 5 << 20
    package var depth = 20
    /// How many bytes may come out of one compressed byte.
    package var ratio = 100

    package init() {}

    package static let standard = BundleLimits()
}
