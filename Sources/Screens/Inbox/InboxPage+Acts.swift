import Catalog
import Engine
package import Terminal

extension InboxPage {
    package func availability(of command: String) -> Availability {
        switch command {
        case "inbox.owner": return Owners.availability(owner)
        case "inbox.group", "inbox.filter": return browser.rows.isEmpty ? .no("nothing is recommended") : .yes
        case "inbox.preview": return selected == nil ? .no("select an update") : .yes
        case "inbox.update":
            if tree.count == 0 { return .no("nothing is recommended") }
            return marked.isEmpty && selected == nil ? .no("mark what is to be updated: Space marks the group") : .yes
        default: return tree.count == 0 ? .no("nothing is recommended") : .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if browser.run(command) {
            rebuild()
            return []
        }
        switch command {
        case "preview.leave": reader.leave()
        case "inbox.preview": reader.open()
        case "inbox.filter": browser.isFiltering = true
        case "inbox.open": return open()
        case "inbox.update": return marked.isEmpty ? selected.map { Moves.opening($0, desk) } ?? [] : updateMarked(desk)
        case "inbox.mark": mark()
        case "inbox.markAll": state.toggleMarks(of: browser.shown.map { browser.rows[$0].id })
        case "inbox.markRange": markRange()
        case "inbox.markSafe": return markSafe()
        case "inbox.group":
            grouping = grouping.next
            rebuild()
        case "inbox.owner":
            showsAll.toggle()
            return [.reload]
        default: break
        }
        return []
    }

    private mutating func open() -> [Action] {
        guard let node = selectedNode else { return [] }
        if let move = selected { return [.open(TargetPage(move.target))] }
        fold(node)
        return []
    }

    private func updateMarked(_ desk: Desk) -> [Action] { Moves.opening(marked, desk) }

    // MARK: Marks

    private mutating func mark() {
        guard let node = selectedNode else { return }
        if node.hasChildren {
            state.toggleMarks(of: node.item.moves.map { browser.rows[$0].id })
        } else {
            state.toggleMark()
        }
    }

    private mutating func markRange() {
        let shown = tree
        state.markRange(count: shown.count, id: shown.id)
        // Groups can be selected, but only moves are marked.
        state.marks.formIntersection(browser.rows.map(\.id))
    }

    /// Plans those minors that were not looked at yet, some at a time, and marks the safe ones at the end.
    private mutating func markSafe() -> [Action] {
        unchecked = minors.filter { risks[$0] == nil }
        guard unchecked.isEmpty else { return [next()] }
        return [finishMarking()]
    }

    private var minors: [Recommendation] {
        browser.shown.map { browser.rows[$0] }.filter { $0.step == .minor }
    }

    private func next() -> Action { .perform(RiskCheck(moves: Array(unchecked.prefix(RiskCheck.atOnce))).run) }

    private mutating func finishMarking() -> Action {
        let minors = minors
        let safe = minors.filter { risks[$0] == .safe }
        state.marks.formUnion(safe.map(\.id))
        let rest = minors.count - safe.count
        if minors.isEmpty { return .say(Line("No minor update is shown.", .warn)) }
        if safe.isEmpty { return .say(Line("None of \(minors.count) minor updates is safe.", .warn)) }
        return .say(
            Line(
                rest == 0
                    ? "All \(safe.count) minor updates are safe, and marked."
                    : "\(safe.count) of \(minors.count) minor updates are safe, and marked; look at the others.", .ok))
    }

    // MARK: Planning

    package mutating func tick(_ desk: Desk) -> [Action] {
        guard nextTick != nil, let move = selected else { return [] }
        planning = move.id
        return [.perform(Preview(move: move).run)]
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        switch answer {
        case let found as Prospect:
            if planning == found.move.id { planning = nil }
            risks[found.move] = found.risk
            if found.move == selected { prospect = found }
            return []
        case let found as RiskCheck.Found:
            risks.merge(found.risks) { $1 }
            let checked = Set(found.moves)
            unchecked.removeAll { checked.contains($0) }
            guard unchecked.isEmpty else {
                return [.say(Line("planning: \(unchecked.count) to go", .dim)), next()]
            }
            return [finishMarking()]
        case let refusal as Refusal:
            planning = nil
            return [.say(Line(untrusted: refusal.sentence, .error))]
        default: return []
        }
    }

    /// Plans one move away from the keys.
    struct Preview: Sendable {
        var move: Recommendation

        func run(_ engine: Engine) async -> any Sendable {
            do throws(Refusal) {
                return try Prospect(move, engine)
            } catch {
                return error
            }
        }
    }

    /// Plans several moves for their risk alone.
    struct RiskCheck: Sendable {
        static let atOnce = 20
        var moves: [Recommendation]

        struct Found: Sendable {
            var moves: [Recommendation]
            var risks: [Recommendation: Risk]
        }

        func run(_ engine: Engine) async -> any Sendable {
            var risks: [Recommendation: Risk] = [:]
            for move in moves { risks[move] = (try? Prospect(move, engine))?.risk ?? .blocked }
            return Found(moves: moves, risks: risks)
        }
    }
}
