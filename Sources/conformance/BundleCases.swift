import Bundles
import Catalog
import Documents
import Schemas

/// Bundles with specs, and what a careful reading of the service's rules makes of them.
package struct BundleCases: Sendable {
    let files: CaseFiles

    package init(directory: String) { files = CaseFiles(directory: directory) }

    package func tally() async throws -> Tally {
        var tally = Tally()
        var bundles: [String: (bundle: Bundle?, findings: [Finding])] = [:]
        for row in try files.json("index.json").list ?? [] {
            let name = row["bundle"]?.string ?? ""
            if bundles[name] == nil { bundles[name] = await Bundle.read(files.path("bundles/\(name)")) }
            let (bundle, findings) = bundles[name] ?? (nil, [])
            let id = "\(name)/\(row["spec_name"]?.string ?? "")"
            guard let bundle else {
                tally.fail(id, findings.first?.text ?? "could not be read")
                continue
            }
            tally.note(id, reasons { try BundleRow(files: files, row: row, bundle: bundle).reasons() })
        }
        for (name, read) in bundles.sorted(by: { $0.key < $1.key }) {
            let path = "oracle/\(name)/inputs-validation.json"
            guard files.exists(path) else { continue }
            tally.note("\(name)/inputs-validation", reasons { try inputReasons(read.0, path) })
        }
        try await runUpstream(&tally)
        if files.exists("real-terraform/index.json") {
            for row in try files.json("real-terraform/index.json").list ?? [] {
                let id = "real-terraform/\(row["case"]?.string ?? "")"
                tally.note(id, reasons { try CommittedRow(files: files, row: row, bundles: bundles).reasons() })
            }
        }
        return tally
    }

    private func reasons(_ body: () throws -> [String]) -> [String] {
        do { return try body() } catch { return ["\(error)"] }
    }

    /// Verdicts on inputs, defaults filled in first as everywhere.
    private func inputReasons(_ bundle: Bundle?, _ path: String) throws -> [String] {
        guard let schemaFile = bundle?.schema else { return ["must have a schema, but has none that can be read"] }
        var reasons: [String] = []
        for item in try files.json(path).list ?? [] {
            let type = item["input_type"]?.string ?? ""
            let what = item["what"]?.string ?? ""
            guard let kind = SchemaFile.InputType(rawValue: type), let schema = schemaFile.types[kind]?.schema else {
                reasons.append("\(type) must be declared")
                continue
            }
            let findings = schema.validate(schema.filled(item["inputs"] ?? .null))
            if findings.isEmpty != (item["valid"] == true) {
                reasons.append("\(what): must be \(item["valid"] == true ? "accepted" : "refused")")
            }
        }
        return reasons
    }

    /// Renderings that the service's own checker published.
    private func runUpstream(_ tally: inout Tally) async throws {
        guard files.exists("upstream-expected.json") else { return }
        for item in try files.json("upstream-expected.json").list ?? [] {
            let name = item["bundle"]?.string ?? ""
            let (bundle, findings) = await Bundle.read(files.path("bundles/\(name)"))
            guard let bundle else {
                tally.fail(name, findings.first?.text ?? "could not be read")
                continue
            }
            tally.note("\(name)/upstream", reasons { try upstreamReasons(bundle, item) })
        }
    }

    private func upstreamReasons(_ bundle: Bundle, _ item: Value) throws -> [String] {
        let file = item["file"]?.string ?? ""
        guard
            let part = Bundle.Part.allCases.first(where: { file.hasPrefix($0.directory + "/") && !$0.directory.isEmpty }
            )
        else { return ["must have a part for \(file)"] }
        let context = try files.json("oracle/" + (item["context"]?.string ?? ""))
        let (rendered, findings) = bundle.render(part, context)
        let expected = try files.bytes("oracle/" + (item["rendered"]?.string ?? ""))
        guard let rendered else { return [findings.first?.text ?? "must render"] }
        return rendered.bytes == expected ? [] : ["\(file) must be rendered as the checker did"]
    }
}
