import Bundles
import Catalog
import Documents
import Foundation

extension Engine {
    /// Renders the examples that a bundle carries and compares them with what it keeps of them; needs no workspace.
    ///
    /// - Parameter updates: Keeps what is rendered now, in place of what differs. What can't be rendered stays as it is.
    package static func testExamples(path: String, updates: Bool = false) async throws(Refusal) -> ExampleReport {
        let (read, faults) = await Bundle.read(path)
        guard let bundle = read else { throw Refusal(faults) }
        let broken = bundle.findings.filter { $0.severity == .error }
        if !broken.isEmpty { throw Refusal(broken) }
        guard !bundle.examples.isEmpty else {
            throw Refusal(
                "examples.none", "A bundle must carry an example spec to be tested, but \(path) has none in spec/.",
                hint: "Write spec/NAME.yaml, and spec/NAME.given.yaml with outputs that it reads; then say --update.")
        }
        var report = ExampleReport(path: path, lines: [])
        for example in bundle.examples { report.lines.append(try line(of: example, in: bundle)) }
        report.lines += bundle.forgottenResults.map { directory in
            let files = bundle.files.files.filter { $0.path.hasPrefix(directory + "/") }
            return ExampleReport.Line(
                path: place(directory, bundle), findings: [],
                files: files.map { file in
                    ExampleReport.File(
                        path: place(file.path, bundle), state: .gone, kept: String(decoding: file.bytes, as: UTF8.self),
                        rendered: "")
                })
        }
        if updates {
            guard isDirectory(path) else {
                throw Refusal(
                    "examples.archive", "Results can only be kept in a directory, but \(path) is an archive.",
                    hint: "Unpack it, and name the directory.")
            }
            for line in report.lines where !line.isRefused { try keep(line.files) }
            report.isUpdated = true
        }
        return report
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    private static func place(_ path: String, _ bundle: Bundles.Bundle) -> String {
        bundle.name.isEmpty ? path : "\(bundle.name)/\(path)"
    }

    private static func line(of example: Example, in bundle: Bundles.Bundle) throws(Refusal) -> ExampleReport.Line {
        var line = ExampleReport.Line(path: place(example.path, bundle), findings: [], files: [])
        let rendered: [(path: String, text: String)]
        do throws(Refusal) {
            let (files, remarks) = try render(bundle, spec: example.spec, given: example.given)
            rendered = files.map { ($0.path, $0.text) }
            line.findings = remarks
        } catch {
            line.findings = error.findings
            return line
        }
        for file in rendered {
            let kept = example.kept[file.path].map { String(decoding: $0, as: UTF8.self) }
            let isSame = kept.map { Key(ended($0)) == Key(ended(file.text)) } ?? false
            line.files.append(
                ExampleReport.File(
                    path: place("\(example.directory)/\(file.path)", bundle),
                    state: isSame ? .same : kept == nil ? .new : .changed, kept: kept ?? "", rendered: file.text))
        }
        for file in example.kept.files where !rendered.contains(where: { $0.path == file.path }) {
            line.files.append(
                ExampleReport.File(
                    path: place("\(example.directory)/\(file.path)", bundle), state: .gone,
                    kept: String(decoding: file.bytes, as: UTF8.self), rendered: ""))
        }
        return line
    }

    /// With a line end: editors put one there, and a rendering often has none.
    private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

    private static func keep(_ files: [ExampleReport.File]) throws(Refusal) {
        for file in files where file.state != .same {
            do {
                guard file.state != .gone else {
                    try FileManager.default.removeItem(atPath: file.path)
                    continue
                }
                let url = URL(fileURLWithPath: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(ended(file.rendered).utf8).write(to: url, options: .atomic)
            } catch {
                throw Refusal(
                    "examples.write", "Could not write \(file.path): \(error.localizedDescription).",
                    hint: "Check the permissions of its directory.")
            }
        }
    }
}
