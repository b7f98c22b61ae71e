package import Documents

/// A check as a workspace has it: one that is built in, or a command.
package struct CheckDefinition: Hashable, Sendable, Identifiable {
    /// How a command's answer is read.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// `{"findings": [{"severity", "code", "message", "file", "line", "column", "hint"}]}`.
        case baryon
        case cfnLint = "cfn-lint"
        case checkov
        /// The exit code alone: 0 passes, anything else fails with what it said.
        case exitCode = "exit-code"
    }

    package var name: String
    /// `nil` turns it off.
    package var level: Check.Level?
    /// The program and its arguments; `{file}` stands for the rendered template, `{directory}` for where all files are.
    /// Empty for a check that is built in.
    package var command: [String]
    package var format: Format
    package var timeoutSeconds: Int

    package var id: String { name }
    package var isBuiltIn: Bool { command.isEmpty }

    package init(
        name: String, level: Check.Level?, command: [String] = [], format: Format = .baryon, timeoutSeconds: Int = 60
    ) {
        self.name = name
        self.level = level
        self.command = command
        self.format = format
        self.timeoutSeconds = timeoutSeconds
    }

    package var value: Value {
        .object(
            Object([
                ("name", .string(name)), ("level", .string(level?.rawValue ?? "off")),
                ("command", .list(command.map(Value.string))), ("format", .string(format.rawValue)),
                ("timeoutSeconds", .number(Number(timeoutSeconds))),
            ]))
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let name = value["name"]?.string else { return nil }
        self.init(
            name: name, level: value["level"]?.string.flatMap(Check.Level.init),
            command: (value["command"]?.list ?? []).compactMap(\.string),
            format: value["format"]?.string.flatMap(Format.init) ?? .baryon,
            timeoutSeconds: value["timeoutSeconds"]?.number?.int ?? 60)
    }

    /// Those that every workspace has. What only the service can know for sure is soft; what is no fault is advisory.
    package static let builtIn = [
        CheckDefinition(name: "inputs", level: .hard), CheckDefinition(name: "rendering", level: .hard),
        CheckDefinition(name: "template", level: .hard), CheckDefinition(name: "limits", level: .hard),
        CheckDefinition(name: "stack", level: .soft), CheckDefinition(name: "resources", level: .soft),
        CheckDefinition(name: "runtimes", level: .soft),
        CheckDefinition(name: "ended services", level: .advisory), CheckDefinition(name: "access", level: .advisory),
    ]

    /// Without these there is nothing to deploy: their level stays.
    package static let fixed: Set<String> = ["inputs", "rendering", "template"]
}
