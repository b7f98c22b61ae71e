import Catalog
import Engine
import Terminal

/// The questions before a version's standing is changed.
enum VersionQuestion {
    static func asking(_ command: String, _ version: TemplateVersion) -> Question? {
        let (name, number) = (version.template, version.number)
        let title = SafeText(untrusted: "\(name) \(number)")
        let notes = Line(untrusted: version.notes, .dim)
        switch command {
        case "template.publish":
            let lines = [
                Line("Everybody can order it, and the inbox recommends it where it is the highest."), Line(), notes,
            ]
            let publish = act { engine throws(Refusal) in try engine.publish(name, number) }
            return Question(
                "Publish \(title)?", lines, choices: [.init("y", "publish", [publish]), .init("n", "not yet", [])])
        case "template.recommend":
            let recommend = act { engine throws(Refusal) in try engine.recommend(name, number) }
            return Question(
                "Recommend \(title)?", [Line("New targets get it, and the inbox offers it to the others.")],
                choices: [.init("y", "recommend", [recommend]), .init("n", "leave it", [])])
        case "template.deprecate":
            return Question(
                "Deprecate \(title)?",
                [Line("It still runs and can be ordered, and is no longer recommended. Say why: people read it.")],
                asking: "Reason"
            ) { why in [act { engine throws(Refusal) in try engine.deprecate(name, number, why: why) }] }
        case "template.withdraw":
            return Question(
                "Withdraw \(title)?", [Line("Its targets are told to leave it. Say why: people read it.")],
                asking: "Reason"
            ) { why in [act { engine throws(Refusal) in try engine.withdraw(name, number, why: why) }] }
        default: return nil
        }
    }

    private static func act(
        _ body: @escaping @Sendable (Engine) throws(Refusal) -> TemplateVersion
    ) -> Action {
        .perform { engine in
            do throws(Refusal) {
                return try body(engine)
            } catch {
                return error
            }
        }
    }
}
