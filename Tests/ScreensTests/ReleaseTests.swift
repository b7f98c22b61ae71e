import Catalog
import Engine
import Terminal
import Testing

@testable import Screens

/// The ways out of what is stuck.
@Suite struct ReleaseTests {
    private func question(_ ways: [WaysOut.Way]) throws -> Question {
        let found = WaysOut(state: "UPDATE_ROLLBACK_FAILED", reason: "no room", ways: ways)
        return try #require(DeploymentPage.Freeing(target: .environment("net"), ways: found).question)
    }

    @Test(arguments: [
        (
            [WaysOut.Way.undo(skip: ["A", "B"]), .delete(keep: [])], ["u", "s", "d", "n"], "Could not be undone: A, B."
        ),
        ([.undo(skip: []), .delete(keep: [])], ["u", "d", "n"], "no room"),
        ([.delete(keep: ["A"]), .delete(keep: [])], ["k", "d", "n"], "Could not be deleted: A."),
        ([.delete(keep: [])], ["d", "n"], "UPDATE_ROLLBACK_FAILED"),
    ])
    func `only the ways that the stack's state allows are offered`(ways: [WaysOut.Way], keys: [KeyEvent], line: String)
        throws
    {
        let question = try question(ways)
        #expect(question.choices.map(\.key) == keys)
        #expect(question.lines.contains { $0.spans.map(\.text.string).joined().contains(line) })
    }

    @Test func `deleting is confirmed by the name`() throws {
        let delete = try #require(try question([.delete(keep: [])]).choices.first { $0.key == "d" })
        guard case .ask(let asked)? = delete.actions.first else {
            Issue.record("nothing is asked")
            return
        }
        #expect(asked.typed == "net")
    }

    @Test func `what is not stuck any more asks nothing`() {
        #expect(DeploymentPage.Freeing(target: .environment("net"), ways: nil).question == nil)
    }
}
