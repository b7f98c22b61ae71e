import Catalog
import Engine
import Terminal

/// From the rehearsal to an account.
extension TargetPage {
    /// Whether it is an environment that nothing exists of in a cloud.
    var isRehearsal: Bool {
        target.kind == .environment && detail?.record.connection == Connection.local.name
    }

    /// Where to; what is picked is planned and reviewed.
    var moveQuestion: Question {
        let shown = accounts.prefix(9)
        var lines = [
            Line("It is made anew there, then each of its instances."),
            Line("What was rehearsed is let go, step by step: none of it exists in a cloud.", .dim),
        ]
        if accounts.count > shown.count {
            lines.append(
                Line(untrusted: "Others by: baryon environment move \(target.name) --connection NAME", .dim))
        }
        let choices = zip("123456789", shown).map { key, place in
            let request = OrderRequest.moveEnvironment(
                EnvironmentMove(name: target.name, connection: place.connection))
            let title = "move \(target.title) to \(place.connection)"
            return Question.Choice(
                KeyEvent(key), SafeText(untrusted: "\(place.connection) \(place.account) \(place.region)"),
                [.open(ReviewPage(request: request, title: title))])
        }
        return Question(
            "Move \(SafeText(untrusted: target.title)) where?", lines, choices: choices + [.init("n", "nowhere", [])])
    }
}
