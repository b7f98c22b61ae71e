import ArgumentParser

/// What came of the cases.
package struct Tally: Sendable {
    package private(set) var passed = 0
    package private(set) var skipped = 0
    /// A line a failed case.
    package private(set) var failures: [String] = []

    package init() {}

    package mutating func pass() { passed += 1 }

    package mutating func skip(_ count: Int = 1) { skipped += count }

    package mutating func fail(_ name: String, _ reason: String) {
        failures.append("\(name): \(reason)".replacing("\n", with: " "))
    }

    /// One case passes when nothing is said against it.
    package mutating func note(_ name: String, _ reasons: [String]) {
        if reasons.isEmpty { pass() } else { fail(name, reasons.joined(separator: "; ")) }
    }

    package var lastLine: String { "\(passed) passed, \(failures.count) failed, \(skipped) skipped" }

    func finish() throws {
        for failure in failures { print(failure) }
        print(lastLine)
        if !failures.isEmpty { throw ExitCode(1) }
    }
}
