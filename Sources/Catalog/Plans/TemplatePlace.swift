package import Documents

/// Where something stands in a rendered file, and in the bundle's own template that the file was made from.
package struct TemplatePlace: Hashable, Sendable {
    /// In the bundle, such as `infrastructure/cloudformation.yaml`.
    package var file: String
    /// Of the rendered text, from 1.
    package var line: Int
    /// Of the bundle's template, from 1; `nil` where it can't be told.
    package var templateLine: Int?

    package init(file: String, line: Int, templateLine: Int? = nil) {
        self.file = file
        self.line = line
        self.templateLine = templateLine
    }

    /// `infrastructure/cloudformation.yaml:12`: the template's line, else that of the rendered file, which then says so.
    package var text: String { templateLine.map { "\(file):\($0)" } ?? "\(file):\(line) as rendered" }
}

extension TemplatePlace {
    package var value: Value {
        .object(
            Object([
                ("file", .string(file)), ("line", .number(Number(line))),
                ("templateLine", templateLine.map { .number(Number($0)) } ?? .null),
            ]))
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let file = value["file"]?.string, let line = value["line"]?.number?.int else { return nil }
        self.init(file: file, line: line, templateLine: value["templateLine"]?.number?.int)
    }
}
