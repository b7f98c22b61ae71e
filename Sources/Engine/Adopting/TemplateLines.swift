import Catalog
import Documents

/// Finds the lines of a CloudFormation template at which its resources and their properties stand.
package struct TemplateLines: Sendable {
    private let document: Document?

    /// A text that can't be read has no lines.
    package init(_ text: String) {
        document = Document.read(Source(name: "template", text: text), as: .cloudFormation).document
    }

    /// The line of a property, or of what would hold it; from 1.
    ///
    /// - Parameter property: As `Properties/Tags/0/Value`; empty for the resource itself.
    /// - Returns: `nil` where there is no such resource.
    package func line(of resource: String, _ property: String = "") -> Int? {
        let root = Pointer(["Resources", resource])
        guard let document, document.value[root] != nil else { return nil }
        var pointer = Pointer(root.steps + property.split(separator: "/").map(String.init))
        while document.value[pointer] == nil { pointer = pointer.parent }
        return document.keyPlace(of: pointer).line
    }
}

extension Rendered {
    /// The changes with the lines at which they stand in the rendered file and in the bundle's template.
    func located(_ changes: [Change]) -> [Change] {
        guard let file = files.first, !changes.isEmpty else { return changes }
        let lines = TemplateLines(file.text)
        func place(_ resource: String, _ property: String) -> TemplatePlace? {
            lines.line(of: resource, property).map {
                TemplatePlace(file: file.path, line: $0, templateLine: templateLine(of: $0))
            }
        }
        return changes.map { change in
            var change = change
            change.place = place(change.resource, "")
            for index in change.causes.indices {
                change.causes[index].place = place(change.resource, change.causes[index].property)
            }
            return change
        }
    }
}
