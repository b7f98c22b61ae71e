package import Catalog
internal import CloudFormation
import Synchronization

/// What other stacks export, and what of it a template has asked for.
package final class Imports: Sendable {
    private let values: [String: String]
    private let asked = Mutex<Set<String>>([])

    package init(_ exports: [StackExport]) {
        values = Dictionary(exports.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Whether a template can import at all; a glance at its text.
    package static func areIn(_ template: String) -> Bool { template.contains("ImportValue") }

    package func value(of name: String) -> String? {
        asked.withLock { _ = $0.insert(name) }
        return values[name]
    }

    /// Asked for and not there, in the order of their names.
    package var missing: [String] { asked.withLock { $0 }.filter { values[$0] == nil }.sorted() }

    /// In the order of their names.
    var used: [StackExport] {
        asked.withLock { $0 }.sorted().compactMap { name in values[name].map { StackExport(name: name, value: $0) } }
    }

    /// Why a rehearsal can't give what was asked for, by the first name that is missing; `nil` where it can.
    var failure: Failure? { missing.first.map(failure) }

    /// Why a rehearsal can't give what is exported under no such name.
    package func failure(_ name: String) -> Failure {
        let names = values.keys.sorted()
        let known = "Look at what is exported: \(names.prefix(12).joined(separator: ", "))."
        let hint = Nearest.hint(to: name, among: names) ?? (names.isEmpty ? "Deploy first what exports it." : known)
        return Failure(reason: "Nothing exports \(name).", hint: hint)
    }
}
