import Catalog
import Engine
import Terminal

/// The ways out of a deployment that was undone only in part.
extension DeploymentPage {
    /// What has been freed.
    struct Released: Sendable {
        var target: Target
    }

    /// Asks the provider first: what is offered are the ways that the stack's state allows.
    var lookForWaysOut: [Action] {
        guard let target = deployment?.target else { return [] }
        let look: @Sendable (Engine) async -> any Sendable = { engine in
            do throws(Refusal) {
                return Freeing(target: target, ways: try await engine.waysOut(of: target))
            } catch {
                return error
            }
        }
        return [.say(Line("Asking how it can be freed...", .dim)), .perform(look)]
    }

    /// What was found of the ways out.
    struct Freeing: Sendable {
        var target: Target
        var ways: WaysOut?

        /// Each way by its key; deleting asks for the name again.
        var question: Question? {
            guard let ways else { return nil }
            let title = SafeText(untrusted: target.title)
            var lines = [Line(untrusted: "The stack is in \(ways.state).")]
            if !ways.reason.isEmpty { lines.append(Line(untrusted: ways.reason, .dim)) }
            var choices: [Question.Choice] = []
            for way in ways.ways {
                switch way {
                case .undo(let skip):
                    choices.append(.init("u", "undo the rest", [DeploymentPage.release(target, deletes: false, [])]))
                    guard !skip.isEmpty else { continue }
                    lines.append(Line(untrusted: "Could not be undone: \(skip.joined(separator: ", ")).", .warn))
                    choices.append(
                        .init("s", "undo without it", [DeploymentPage.release(target, deletes: false, skip)]))
                case .delete(let keep) where keep.isEmpty:
                    choices.append(.init("d", "delete all", [.ask(deletion(keeping: []))]))
                case .delete(let keep):
                    lines.append(Line(untrusted: "Could not be deleted: \(keep.joined(separator: ", ")).", .warn))
                    choices.append(.init("k", "delete, and keep it", [.ask(deletion(keeping: keep))]))
                }
            }
            lines.append(Line("Once it is free, it can be deployed again.", .dim))
            choices.append(.init("n", "not now", []))
            return Question("Free \(title)?", lines, choices: choices)
        }

        private func deletion(keeping keep: [String]) -> Question {
            let what = keep.isEmpty ? "with what it holds" : "but for \(keep.joined(separator: ", "))"
            return Question(
                "Delete all of \(SafeText(untrusted: target.title))?",
                [Line(untrusted: "The whole stack is deleted, \(what).", .fail)], typing: target.title,
                then: [DeploymentPage.release(target, deletes: true, keep)])
        }
    }

    fileprivate static func release(_ target: Target, deletes: Bool, _ keeping: [String]) -> Action {
        .perform { engine in
            do throws(Refusal) {
                try await engine.release(target, deletes: deletes, keeping: keeping)
                return Released(target: target)
            } catch {
                return error
            }
        }
    }
}
