import Catalog
import Documents
import Foundation
import Provisioning

/// A command that a workspace has as a check, run over one plan.
///
/// It works in a directory of its own with the rendered files, and gets what the plan is about as JSON on standard
/// input; no shell is asked, and nothing of a spec stands among its arguments.
struct ExternalCheck: Sendable {
    let definition: CheckDefinition
    let plan: Plan

    func run() async -> Check {
        let findings: [Finding]
        do {
            findings = try await answer()
        } catch let fault as Tool.Fault {
            findings = [notRun(sentence(of: fault))]
        } catch {
            findings = [notRun("The check \(definition.name) could not be run: \(error.localizedDescription).")]
        }
        var check = Check(definition.name, findings, passed: "\(tool) found nothing.")
        check.level = definition.level ?? .advisory
        return check
    }

    private var tool: String { definition.command.first.map { ($0 as NSString).lastPathComponent } ?? "" }

    private func answer() async throws -> [Finding] {
        let manager = FileManager.default
        let directory = manager.temporaryDirectory.appendingPathComponent("baryon-check-\(UUID().uuidString)").path
        try manager.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? manager.removeItem(atPath: directory) }
        var paths: [String] = []
        for file in plan.files {
            // Paths come from a bundle, whose reader lets none lead out of it.
            let path = "\(directory)/\(file.path)"
            try manager.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: URL(fileURLWithPath: path))
            paths.append(file.path)
        }
        let main = paths.first ?? ""
        let words = definition.command.map {
            $0.replacingOccurrences(of: "{file}", with: main).replacingOccurrences(of: "{directory}", with: directory)
        }
        let run = Tool(
            words[0], Array(words.dropFirst()), directory: directory, input: Array(input.json().utf8),
            timeLimit: .seconds(definition.timeoutSeconds))
        return CheckAnswer(definition.format, plan.files).findings(try await run.run())
    }

    private var input: Value {
        .object(
            Object([
                ("check", .string(definition.name)), ("target", .string(plan.target.id)),
                ("action", .string(plan.action.rawValue)), ("template", .string(plan.template)),
                ("version", .string(plan.version.description)), ("environment", .string(plan.environment)),
                ("stage", .string(plan.stage.rawValue)), ("connection", .string(plan.connection)),
                ("account", .string(plan.grounds.account)), ("region", .string(plan.grounds.region)),
                ("stack", .string(plan.stack)), ("files", .list(plan.files.map { .string($0.path) })),
                ("changes", .list(plan.changes.map(\.value))),
            ]))
    }

    private func notRun(_ sentence: String) -> Finding {
        Finding("check.notRun", sentence, hint: "Mend the command, or change the check: baryon check list")
    }

    private func sentence(of fault: Tool.Fault) -> String {
        switch fault {
        case .notFound(let path): "The check \(definition.name) needs \(path), which is not installed."
        case .notStarted(let reason): "The check \(definition.name) could not be started: \(reason)."
        case .tookTooLong(let limit):
            "The check \(definition.name) took longer than \(limit.components.seconds) seconds."
        }
    }
}

/// What a command said, read as its format has it.
struct CheckAnswer {
    private let format: CheckDefinition.Format
    private let files: [RenderedFile]
    /// A person reads no more, and what is printed without end is no answer.
    private static let most = 200

    init(_ format: CheckDefinition.Format, _ files: [RenderedFile]) {
        self.format = format
        self.files = files
    }

    func findings(_ answer: Tool.Answer) -> [Finding] {
        let text = String(decoding: answer.output, as: UTF8.self)
        guard format != .exitCode else { return byCode(answer, text) }
        if text.allSatisfy(\.isWhitespace) { return byCode(answer, text) }
        let read = Document.read(Source(name: "answer", text: text), as: .json)
        guard let value = read.document?.value else {
            if answer.code != 0 { return byCode(answer, text) }
            return [
                Finding(
                    "check.answer", "The check's answer must be JSON, but is not: \(Self.lastLine(of: text)).",
                    hint: "Let it print JSON alone, or give it the format exit-code.")
            ]
        }
        let found: [Finding]? =
            switch format {
            case .baryon: value["findings"]?.list?.map(own)
            case .cfnLint: value.list?.map(cfnLint)
            case .checkov: checkov(value)
            case .exitCode: []
            }
        guard let found else {
            return [
                Finding(
                    "check.answer", "The check's answer must be one of the format \(format.rawValue), but is not.",
                    hint: "Give the check the format that its command writes.")
            ]
        }
        // A tool that ends with a fault and names none has one all the same.
        if found.isEmpty, answer.code != 0 { return byCode(answer, text) }
        let worst = found.enumerated().sorted {
            ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
        }
        return worst.prefix(Self.most).map(\.element)
    }

    private func byCode(_ answer: Tool.Answer, _ text: String) -> [Finding] {
        guard answer.code != 0 else { return [] }
        let said = Self.lastLine(of: answer.talk.isEmpty ? text : answer.talk)
        return [
            Finding("check.failed", "It ended with code \(answer.code)\(said.isEmpty ? "." : ": \(said)")")
        ]
    }

    private static func lastLine(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
        return line.count > 300 ? "\(line.prefix(297))..." : line
    }

    private static let untold = "It found something that it does not say in words."

    private func own(_ value: Value) -> Finding {
        let message = value["message"]?.string ?? Self.untold
        let severity = value["severity"]?.string.flatMap(Finding.Severity.init) ?? .error
        return Finding(
            Finding.Code(rawValue: value["code"]?.string ?? "check.finding"), severity, message,
            hint: value["hint"]?.string,
            place: place(value["file"]?.string, value["line"]?.number?.int, value["column"]?.number?.int))
    }

    private func cfnLint(_ value: Value) -> Finding {
        let message = value["Message"]?.string ?? Self.untold
        let severity: Finding.Severity =
            switch value["Level"]?.string {
            case "Warning": .warning
            case "Informational": .note
            default: .error
            }
        let start = value["Location"]?["Start"]
        return Finding(
            Finding.Code(rawValue: value["Rule"]?["Id"]?.string ?? "cfn-lint"), severity, message,
            place: place(
                value["Filename"]?.string, start?["LineNumber"]?.number?.int, start?["ColumnNumber"]?.number?.int))
    }

    /// One report, or a list of them, a framework each.
    private func checkov(_ value: Value) -> [Finding]? {
        let reports = value.list ?? [value]
        // Without anything to look at it gives counts alone.
        guard reports.allSatisfy({ $0["results"] != nil || $0["passed"] != nil }) else { return nil }
        return reports.flatMap { $0["results"]?["failed_checks"]?.list ?? [] }.map { failed in
            let id = failed["check_id"]?.string ?? "checkov"
            let resource = failed["resource"]?.string.map { " (\($0))" } ?? ""
            return Finding(
                Finding.Code(rawValue: id), (failed["check_name"]?.string ?? id) + resource,
                hint: failed["guideline"]?.string.map { "Read \($0)." },
                place: place(
                    failed["file_path"]?.string, failed["file_line_range"]?.list?.first?.number?.int, nil))
        }
    }

    /// In the rendered file, with its line where there is such a file.
    private func place(_ name: String?, _ line: Int?, _ column: Int?) -> Place? {
        guard let name, let line else { return nil }
        let path = name.hasPrefix("/") ? String(name.dropFirst()) : name
        guard
            let file = files.first(where: {
                path == $0.path || path.hasSuffix("/\($0.path)") || $0.path.hasSuffix(path)
            })
        else { return Place(file: path, line: line, column: column ?? 1) }
        return Source(name: file.path, text: file.text).place(line: line, column: column ?? 1)
    }
}
