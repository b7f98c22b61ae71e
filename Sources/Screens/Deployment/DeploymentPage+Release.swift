import Catalog
import Engine
import Terminal

/// The ways out of a deployment that was undone only in part.
extension DeploymentPage {
    /// What has been freed.
    struct Released: Sendable {
        var target: Target
    }

    /// To undo the rest, to leave out what can't be undone, or to delete the stack, which asks for the name again.
    var releaseQuestion: Question? {
        guard let deployment else { return nil }
        let target = deployment.target
        let resource = deployment.failure?.resource ?? ""
        let title = SafeText(untrusted: target.title)
        var lines = [Line("It was undone only in part. Once it is free, it can be deployed again.")]
        var choices = [Question.Choice("u", "undo the rest", [DeploymentPage.release(target, deletes: false, [])])]
        if !resource.isEmpty {
            lines.append(Line(untrusted: "\(resource) can be left out of the undoing: it stays as it is now.", .dim))
            choices.append(.init("s", "skip it", [DeploymentPage.release(target, deletes: false, [resource])]))
        }
        let delete = Question(
            "Delete all of \(title)?", [Line("The whole stack is deleted, with what it holds.", .fail)],
            typing: target.title,
            then: [DeploymentPage.release(target, deletes: true, [])])
        choices += [.init("d", "delete all", [.ask(delete)]), .init("n", "not now", [])]
        return Question("Free \(title)?", lines, choices: choices)
    }

    private static func release(_ target: Target, deletes: Bool, _ keeping: [String]) -> Action {
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
