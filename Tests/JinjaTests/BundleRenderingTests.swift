import Documents
import Jinja
import Testing

/// The CloudFormation files that others published, rendered with the contexts of the outside cases.
@Suite struct BundleRenderingTests {
    @Test(.enabled(if: !Cases.areAbsent, "skipped: no cases at \(Cases.folder)"))
    func `every CloudFormation file comes out byte for byte, or fails on the same line`() throws {
        let rows = try #require(Cases.json("bundles/index.json")?.list)
        var count = 0
        for row in rows where row["language"]?.string == "cloudformation" {
            let bundle = row["bundle"]?.string ?? ""
            let spec = row["spec"]?.string ?? ""
            let folder = spec.split(separator: "/").dropLast().joined(separator: "/")
            let result = try #require(Cases.json("bundles/oracle/\(folder)/result.json"))
            for file in result["files"]?.list ?? [] where file["engine"]?.string == "jinja" {
                try check(file, of: bundle, folder)
                count += 1
            }
        }
        #expect(count > 100)
    }

    private func check(_ file: Value, of bundle: String, _ folder: String) throws {
        let path = file["file"]?.string ?? ""
        let title = "\(folder) \(file["target"]?.string ?? "")"
        let bytes = try #require(Cases.bytes("bundles/bundles/\(bundle)/\(path)"))
        let context = try #require(Cases.json("bundles/oracle/\(file["context"]?.string ?? "")")?.object)
        for mode in [UndefinedMode.strict, .default] {
            let wanted = file[mode == .strict ? "strict" : "lenient"]
            var environment = Environment()
            environment.undefined = mode
            environment.filters = Self.filters
            do throws(TemplateError) {
                let template = try Template(Source(name: path, bytes: bytes), environment: environment)
                let rendering = try template.render(PreparedContext(context), keepsMap: true)
                guard wanted?["ok"]?.bool == true else {
                    Issue.record("\(title) must fail on line \(wanted?["line"]?.number?.text ?? "?")")
                    continue
                }
                guard let rendered = file["rendered"]?.string,
                    mode == .default || file["same_under_strict"]?.bool == true
                else { continue }
                let text = Cases.bytes("bundles/oracle/\(rendered)") ?? []
                #expect(rendering.bytes == text, "\(title)")
                let pieces = rendering.map?.pieces(in: 0..<rendering.bytes.count) ?? []
                for (one, next) in zip(pieces, pieces.dropFirst()) {
                    #expect(one.range.upperBound == next.range.lowerBound, "\(title)")
                }
            } catch {
                #expect(wanted?["ok"]?.bool == false, "\(title): \(error.finding.text)")
                #expect(error.line == wanted?["line"]?.number?.int, "\(title): \(error.finding.text)")
                #expect(error.kind.rawValue == wanted?["type"]?.string, "\(title)")
            }
        }
    }

    /// Proton's filters as far as these files need them; the real ones stand where bundles are read.
    private static let filters: [String: CustomFilter] = [
        "proton_cfn_iam_policy_arns": CustomFilter { call in
            let arns = call.value?.object?.values.compactMap(\.string).filter { $0.contains(":policy/") } ?? []
            return .string(lines(arns.map { "- \($0)" }, call.column))
        },
        "proton_cfn_ecs_task_definition_formatted_env_vars": CustomFilter { call in
            let members = call.value?.object.map { Array($0) } ?? []
            return .string(
                lines(members.flatMap { ["- Name: \($0.key)", "  Value: \($0.value.string ?? "")"] }, call.column))
        },
    ]

    private static func lines(_ lines: [String], _ column: Int) -> String {
        lines.joined(separator: "\n" + String(repeating: " ", count: column))
    }
}
