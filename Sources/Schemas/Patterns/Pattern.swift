internal import Foundation

/// A compiled `pattern`: ECMA-262, a search that is not anchored.
///
/// Swift's `Regex` is not used: authors' patterns can make it run for ever, and it can't be stopped. A class, because all
/// who check share one table.
package final class Pattern: Sendable {
    package enum Outcome: Sendable {
        case matches
        case differs
        /// The text is longer than a search without a table of states may look at.
        case tooLong
        /// The time for one search is used up, so nothing is known.
        case budgetSpent
    }

    private enum Engine: Sendable {
        case automaton(PatternAutomaton)
        case search(NSRegularExpression)
    }

    /// Scalars that a search may look at; beyond this ICU's stack can end with a wrong answer.
    package static let longestSearched = 10_000
    private static let budget = Duration.milliseconds(20)

    package let text: String
    let syntax: PatternSyntax
    private let engine: Engine

    init(_ text: String) throws(PatternFault) {
        self.text = text
        syntax = try PatternParser.parse(text)
        if let automaton = PatternAutomaton(syntax) {
            engine = .automaton(automaton)
        } else if let search = try? NSRegularExpression(pattern: syntax.icu) {
            engine = .search(search)
        } else {
            throw PatternFault(reason: "it refers to a group or a property that does not exist")
        }
    }

    /// Whether the time for a match grows with the text alone, however the pattern looks.
    var isLinear: Bool {
        if case .automaton = engine { true } else { false }
    }

    package func check(_ text: String) -> Outcome {
        switch engine {
        case .automaton(let automaton): automaton.matches(text) ? .matches : .differs
        case .search(let search): Self.check(text, with: search)
        }
    }

    /// Whether `text`, whose bytes are at hand, certainly matches.
    func matches(_ bytes: UnsafeBufferPointer<UInt8>, of text: String) -> Bool {
        switch engine {
        case .automaton(let automaton): return automaton.matches(bytes)
        case .search:
            if case .matches = check(text) { return true }
            return false
        }
    }

    private static func check(_ text: String, with search: NSRegularExpression) -> Outcome {
        guard text.unicodeScalars.count <= longestSearched else { return .tooLong }
        let clock = ContinuousClock()
        let end = clock.now + budget
        var outcome = Outcome.differs
        let range = NSRange(location: 0, length: text.utf16.count)
        search.enumerateMatches(in: text, options: [.reportProgress], range: range) { match, _, stop in
            if match != nil {
                outcome = .matches
                stop.pointee = true
            } else if clock.now > end {
                outcome = .budgetSpent
                stop.pointee = true
            }
        }
        return outcome
    }
}
