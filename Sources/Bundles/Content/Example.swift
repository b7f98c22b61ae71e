import Catalog
package import Documents

/// A spec that a bundle carries, and what its author keeps of how it is rendered.
///
/// It stands where bundles have always carried their sample specs, in `spec/` (or `specs/`), which nothing else reads:
/// `spec/small.yaml` is the spec, `spec/small.given.yaml` what a deployment would know beside it, and
/// `spec/rendered/small/` holds the files that come of it.
package struct Example: Sendable {
    package let name: String
    /// In the bundle, such as `spec/small.yaml`.
    package let path: String
    package let spec: Source
    /// What a deployment would know: names, outputs, account, tags.
    package let given: Source?
    /// The directory of the kept files, in the bundle.
    package let directory: String
    /// The kept files, by their paths below the directory.
    package let kept: BundleFiles

    fileprivate static let directories = ["spec", "specs"]
    fileprivate static let endings = [".yaml", ".yml"]
    fileprivate static let givenMark = ".given"
    fileprivate static let keptDirectory = "rendered"
}

extension Bundle {
    /// The specs in `spec/` that are for a bundle of this kind; a service's directory may hold its environment's too.
    package var examples: [Example] {
        Example.directories.flatMap { directory in
            files.paths(in: directory).compactMap { file -> Example? in
                guard !file.contains("/"), let name = Bundle.stem(of: file), !name.hasSuffix(Example.givenMark),
                    let spec = source("\(directory)/\(file)"), isOfOwnKind(spec)
                else { return nil }
                let given = Example.endings.lazy.compactMap { ending in
                    source("\(directory)/\(name)\(Example.givenMark)\(ending)")
                }
                let kept = "\(directory)/\(Example.keptDirectory)/\(name)"
                return Example(
                    name: name, path: "\(directory)/\(file)", spec: spec, given: given.first, directory: kept,
                    kept: files.inside(kept))
            }
        }
    }

    /// Directories of kept files whose spec is not there any more, in the bundle.
    package var forgottenResults: [String] {
        let known = Set(examples.map(\.directory))
        let directories = Example.directories.flatMap { directory -> [String] in
            let kept = "\(directory)/\(Example.keptDirectory)"
            return files.paths(in: kept).compactMap { path in
                path.firstIndex(of: "/").map { "\(kept)/\(path[..<$0])" }
            }
        }
        return Set(directories).subtracting(known).sorted()
    }

    private static func stem(of file: String) -> String? {
        Example.endings.first(where: file.hasSuffix).map { String(file.dropLast($0.count)) }
    }

    /// What is unreadable, or has no `proton`, is taken for one of the bundle's own, so that its faults are told.
    private func isOfOwnKind(_ spec: Source) -> Bool {
        guard let tag = Document.read(spec, as: .spec).document?.value["proton"]?.string else { return true }
        return tag != (kind == .service ? "EnvironmentSpec" : "ServiceSpec")
    }
}
