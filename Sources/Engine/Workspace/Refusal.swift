package import Documents

/// Why an act could not be done, in sentences for people: all faults at once, nothing half-done.
package struct Refusal: Error, Hashable, Sendable {
    package var findings: [Finding]

    package init(_ findings: [Finding]) { self.findings = findings }

    package init(_ code: Finding.Code, _ message: String, hint: String? = nil) {
        findings = [Finding(code, message, hint: hint)]
    }

    /// The first error's sentence, for one line of a screen.
    package var sentence: String {
        (findings.first { $0.severity == .error } ?? findings.first)?.message ?? ""
    }
}
