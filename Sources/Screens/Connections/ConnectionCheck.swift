import Catalog
import Engine
import Terminal

/// Whether a connection goes where it says: asked away from the keys, because the provider answers.
enum ConnectionCheck: Sendable {
    case running
    case right(caller: String, stacks: Int)
    case wrong(Refusal)

    /// What a check came to; a page may be about another connection by then.
    struct Answer: Sendable {
        var connection: String
        var check: ConnectionCheck
    }

    static func asking(_ name: String) -> Action {
        .perform { engine in
            do throws(Refusal) {
                let (caller, stacks) = try await engine.checkConnection(name)
                return Answer(connection: name, check: .right(caller: caller, stacks: stacks))
            } catch {
                return Answer(connection: name, check: .wrong(error))
            }
        }
    }

    static func availability(_ connection: Connection?, _ check: ConnectionCheck?) -> Availability {
        guard let connection else { return .no("no connection is selected") }
        if connection.isLocal { return .no("local goes to no account") }
        if case .running = check { return .no("it is being asked") }
        return .yes
    }

    /// The result in full.
    func lines(width: Int) -> [Line] {
        switch self {
        case .running: Line("> asking who you are there", .run).wrapped(to: width)
        case .right(let caller, let stacks):
            (Line("ok  ", .ok) + Line(untrusted: "you are \(caller)")).wrapped(to: width, indent: 4)
                + [Line("    \(Words.count(stacks, "stack")) there", .dim)]
        case .wrong(let refusal): Words.faults(refusal, width: width)
        }
    }

    /// The result in one line.
    func message(_ connection: String) -> Line {
        switch self {
        case .running: Line(untrusted: "Asking who you are in \(connection).", .run)
        case .right: Line(untrusted: "Connection \(connection) goes where it says.", .ok)
        case .wrong(let refusal): Line(untrusted: refusal.sentence, .error)
        }
    }
}
