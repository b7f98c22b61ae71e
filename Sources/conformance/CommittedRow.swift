import Bundles
import Catalog
import Documents

/// A directory that the real service committed, made again from what it says of itself.
struct CommittedRow {
    let files: CaseFiles
    let row: Value
    let bundles: [String: (bundle: Bundle?, findings: [Finding])]

    private var names: [String] { (row["files"]?.list ?? []).compactMap(\.string) }

    func reasons() throws -> [String] {
        let metadata = try json(DeploymentMetadata.path)
        guard let part, let arn = (metadata["resourceMetadata"] ?? metadata["componentMetadata"])?["arn"]?.string else {
            return ["must be of a kind that is known"]
        }
        var reasons = try metadataReasons(metadata, arn)
        let tfvars = "proton.auto.tfvars.json"
        guard names.contains(tfvars) else { return reasons }
        let values = try json(tfvars)
        if row["jackson_exact"] == true, Array(values.json(.jackson).utf8) != (try bytes(tfvars)) {
            reasons.append("\(tfvars) must be written as it was")
        }
        return reasons + (try generateReasons(part, values, arn))
    }

    private var part: Bundle.Part? {
        switch row["kind"]?.string {
        case "environment": .environment
        case "service_instance": .instance
        case "pipeline": .pipeline
        case "component": .component
        default: nil
        }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try files.bytes("real-terraform/\(row["case"]?.string ?? "")/\(name)")
    }

    private func json(_ name: String) throws -> Value {
        try files.json("real-terraform/\(row["case"]?.string ?? "")/\(name)")
    }

    private func metadataReasons(_ read: Value, _ arn: String) throws -> [String] {
        // The first months had no flag for what is deleted.
        guard read["isResourceDeleted"] != nil else { return [] }
        let isDeleted = read["isResourceDeleted"] == true
        let source: DeploymentMetadata.Source
        if let resource = read["resourceMetadata"] {
            let number =
                "\(resource["templateMajorVersion"]?.string ?? "").\(resource["templateMinorVersion"]?.string ?? "")"
            guard let version = VersionNumber(number) else { return ["must name a version"] }
            source = .template(
                arn: resource["templateArn"]?.string ?? "", version: version,
                environment: resource["environmentArn"]?.string)
        } else {
            let component = read["componentMetadata"]
            source = .component(
                environment: component?["environmentArn"]?.string ?? "", service: component?["serviceArn"]?.string,
                instance: component?["serviceInstanceArn"]?.string)
        }
        let made = DeploymentMetadata(
            arn: arn, source: source, deployment: isDeleted ? nil : read["deploymentId"]?.string)
        var own = String(decoding: try bytes(DeploymentMetadata.path), as: UTF8.self)
        // Until spring 2022 what was deleted kept the number of its last deployment.
        if isDeleted { own.replace(read["deploymentId"]?.string ?? "", with: "<proton-resource-deleted>") }
        return made.text == own
            ? [] : ["\(DeploymentMetadata.path) must be written as it was"]
    }

    /// The bundle that the directory was made from makes it again; without one, its own files stand for the bundle.
    private func generateReasons(_ part: Bundle.Part, _ values: Value, _ arn: String) throws -> [String] {
        let isDeleted = row["deleted"] == true
        let copies = names.filter { $0.hasSuffix(".tf") && !$0.hasSuffix(".variables.tf") }
        var content: [BundleFiles.File] = [
            BundleFiles.File(
                path: path(part, "manifest.yaml"),
                bytes: Array(
                    "infrastructure: {templates: [{file: \"*\", rendering_engine: hcl, template_language: terraform}]}"
                        .utf8))
        ]
        let upstream = try upstreamFiles(copies)
        for name in copies {
            let own = try withoutHeader(try bytes(name))
            content.append(BundleFiles.File(path: path(part, name), bytes: upstream?[name] ?? own))
        }
        if part != .component { content.append(BundleFiles.File(path: "schema/schema.yaml", bytes: schema(part))) }
        let bundle = Bundle(files: BundleFiles(content))
        let (made, findings) = bundle.generate(part, values, arn: arn, isDeleted: isDeleted)
        var reasons = findings.map(\.text)
        for file in made where names.contains(file.path) {
            guard isOfLatestForm(file.path, values) else { continue }
            let own = String(decoding: try bytes(file.path), as: UTF8.self)
                // A slip of the first months.
                .replacing("no longer is accessible", with: "no longer accessible")
            if own != file.text { reasons.append("\(file.path) must be made as it was") }
        }
        let missing = names.filter { $0.hasSuffix(".tf") && $0 != "manifest.yaml" }.filter { name in
            !made.contains { $0.path == name }
        }
        return reasons + missing.map { "\($0) must be made" }
    }

    /// The form of the files grew until the end of 2022; older ones are held to what did not change.
    private func isOfLatestForm(_ name: String, _ values: Value) -> Bool {
        if name.hasSuffix(".variables.tf") { return row["variables_as_latest"] == true }
        guard name == "proton.auto.tfvars.json" else { return true }
        guard values["//"]?.string?.hasPrefix("arn:") == true, row["jackson_exact"] == true else { return false }
        guard let instance = values["service_instance"], part == .instance else { return true }
        return instance["components"] != nil
    }

    private func path(_ part: Bundle.Part, _ name: String) -> String {
        part == .component ? name : "\(part.directory)/\(name)"
    }

    private func schema(_ part: Bundle.Part) -> [UInt8] {
        let type = part == .environment ? "environment" : "service"
        let pipeline = part == .pipeline ? ", pipeline_input_type: T" : ""
        return Array(
            "schema: {format: {openapi: \"3.0.0\"}, \(type)_input_type: T\(pipeline), types: {T: {type: object}}}\n"
                .utf8)
    }

    /// The files of the bundle that the index names, where it holds all of them.
    private func upstreamFiles(_ copies: [String]) throws -> [String: [UInt8]]? {
        guard row["bundle_sources"]?.list?.isEmpty == false else { return nil }
        for source in (row["bundle_sources"]?.list ?? []).compactMap(\.string) {
            let steps = source.split(separator: "/").map(String.init)
            guard let directory = steps.last, let bundle = bundles[steps.dropLast().joined(separator: "/")]?.bundle
            else { continue }
            let found = copies.compactMap { name in bundle.files["\(directory)/\(name)"].map { (name, $0) } }
            // Several bundles may have had a file by a name; the committed one was copied from one of them.
            guard found.count == copies.count,
                try found.allSatisfy({ name, content in try withoutHeader(bytes(name)) == content })
            else { continue }
            return Dictionary(found) { first, _ in first }
        }
        throw UnreadableCase(description: "must be copied from a bundle that the index names")
    }

    private func withoutHeader(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let end = String(decoding: bytes, as: UTF8.self).firstRange(of: "*/\n\n") else {
            throw UnreadableCase(description: "must begin with a header")
        }
        return Array(String(decoding: bytes, as: UTF8.self)[end.upperBound...].utf8)
    }
}
