import Documents
import Schemas

/// Suites of schemas: verdicts, filled defaults, expected findings, faults of schemas themselves.
package enum SchemaCases {
    package static func run(file: String, _ tally: inout Tally) {
        let groups: [Value]
        do {
            groups = try CaseFiles(directory: file.hasPrefix("/") ? "" : ".").json(file).list ?? []
        } catch {
            tally.fail(file, "\(error)")
            return
        }
        for group in groups {
            let name = "\(group["id"]?.string ?? file) \(group["description"]?.string ?? "")"
            let source = group["schema"] ?? .null
            if let tests = group["tests"]?.list {
                let schema = Schema(source)
                for test in tests {
                    tally.note("\(name): \(test["description"]?.string ?? "")", reasons(test, group, schema))
                }
            } else if let errors = group["errors"]?.list {
                tally.note(name, errorReasons(Schema(source), group["data"] ?? .null, errors))
            } else if let lint = group["lint"]?.list {
                tally.note(name, lintReasons(Schema(source), lint))
            } else {
                tally.fail(name, "must have tests, errors or lint")
            }
        }
    }

    private static func reasons(_ test: Value, _ group: Value, _ schema: Schema) -> [String] {
        let data = test["data"] ?? .null
        if let result = test["result"] {
            let filled = schema.filled(data)
            return filled == result ? [] : ["must give \(result.json()), but gives \(filled.json())"]
        }
        let direction: Direction = group["mode"]?.string == "read" ? .read : .write
        let isValid = test["valid"] == true
        let findings = schema.validate(data, direction: direction)
        if schema.accepts(data, direction: direction) == isValid, findings.isEmpty == isValid { return [] }
        return [
            isValid
                ? "must be accepted, but: \(findings.first?.message ?? "is not")" : "must be refused, but is accepted"
        ]
    }

    private static func errorReasons(_ schema: Schema, _ data: Value, _ wanted: [Value]) -> [String] {
        let faults = schema.verdict(on: data).faults
        var reasons: [String] = []
        if faults.count != wanted.count {
            reasons.append("must have \(wanted.count) findings, but has \(faults.count)")
        }
        for (fault, expected) in zip(faults, wanted) {
            let pairs: [(String?, String?, String)] = [
                (expected["message"]?.string, fault.message, "message"),
                (expected["instancePath"]?.string, fault.pointer.description, "path"),
                (expected["keyword"]?.string, fault.keyword, "keyword"),
                (expected["suggestion"]?.string, fault.suggestion, "suggestion"),
            ]
            for (want, have, what) in pairs where want != have {
                reasons.append("\(what) must be \(want ?? "absent"), but is \(have ?? "absent")")
            }
        }
        return reasons
    }

    private static func lintReasons(_ schema: Schema, _ wanted: [Value]) -> [String] {
        let found = schema.findings.map { "#\($0.pointer ?? Pointer()) \($0.severity.rawValue) \($0.message)" }
        let expected = wanted.map {
            "\($0["schemaPath"]?.string ?? "") \($0["severity"]?.string ?? "") \($0["message"]?.string ?? "")"
        }
        return found == expected ? [] : ["must find \(expected), but finds \(found)"]
    }
}
