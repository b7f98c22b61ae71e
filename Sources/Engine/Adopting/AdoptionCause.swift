import Catalog
import Documents
import Provisioning

/// Why a stack is not as its template renders it, as far as can be told.
enum AdoptionCause {
    /// - Parameter refusal: Why the stack takes no update now.
    static func text(
        _ verdict: AdoptionVerdict, _ rendered: Rendered, _ changes: [Change], refusal: String? = nil
    ) -> String {
        switch verdict {
        case .clean: return ""
        case .unknown:
            if let refusal { return refusal }
            let first = rendered.findings.first { $0.severity == .error }
            return first.map { "It could not be rendered: \($0.message)" }
                ?? "The stack's own template could not be read."
        case .differs:
            let inputs = Set(changes.flatMap(\.causes).compactMap(\.input)).sorted()
            let added = changes.filter { $0.kind == .add || $0.kind == .remove }
            if added.count == changes.count, !added.isEmpty {
                return "It has other resources than this version makes: another version, or it was changed outside."
            }
            if !inputs.isEmpty, changes.allSatisfy({ change in change.causes.contains { $0.input != nil } }) {
                return "An input has another value there: \(inputs.prefix(5).joined(separator: ", "))."
            }
            return "It was changed outside, or made from another version."
        }
    }
}

extension ScannedStack {
    /// Takes over how a rendering stands to the stack.
    mutating func take(_ verdict: AdoptionVerdict, _ rendered: Rendered, _ found: [Change], of content: StackContent) {
        self.verdict = content.description.refusal == nil ? verdict : .unknown
        changes = rendered.located(found)
        cause = AdoptionCause.text(
            self.verdict, rendered, changes, refusal: content.description.refusal?.reason)
        texts.rendered = rendered.files.first
        texts.template = rendered.original
    }
}
