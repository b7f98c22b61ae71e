package import Catalog
import Documents
import Foundation

extension Engine {
    /// Begins a bundle in a directory that must not be there, with the results of its examples.
    ///
    /// - Parameter path: The directory; its last part is the template's name.
    /// - Parameter environments: What a service can run in; it must be told for one.
    /// - Returns: The files, by their paths below the directory.
    package static func newBundle(
        at path: String, kind: TemplateKind, language: NewBundleLanguage,
        compatibleWith environments: [CompatibleEnvironment]
    ) async throws(Refusal) -> [String] {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        if let fault = Name.fault(
            in: url.lastPathComponent, what: "The \(kind == .component ? "component" : "template")'s name")
        {
            throw Refusal([fault])
        }
        let files = NewBundle.files(
            named: url.lastPathComponent, kind: kind, language: language, compatibleWith: environments)
        do {
            let parent = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            // Without the directories above it, it fails where something stands already: nothing is overwritten.
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
            for file in files {
                let target = url.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: target, options: .withoutOverwriting)
            }
        } catch CocoaError.fileWriteFileExists {
            throw Refusal(
                "bundle.exists", "\(path) is there already, and nothing is overwritten.",
                hint: "Choose another name, or remove it first.")
        } catch {
            throw Refusal(
                "bundle.write", "Could not write \(path): \(error.localizedDescription).",
                hint: "Check the permissions of the directory.")
        }
        // A component has no spec to be rendered with.
        guard kind != .component else { return files.map(\.path).sorted() }
        let report = try await testExamples(path: path, updates: true)
        let kept = report.lines.flatMap(\.files).map { file in
            file.path.hasPrefix(path + "/") ? String(file.path.dropFirst(path.count + 1)) : file.path
        }
        return (files.map(\.path) + kept).sorted()
    }
}
