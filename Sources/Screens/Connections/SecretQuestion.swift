import Catalog
import Documents
import Engine
import Terminal

/// The questions by which a secret of a connection is defined and deleted.
enum SecretQuestion {
    /// The name is said: its source is asked for next.
    struct Named: Sendable { var name: String }

    /// What an act came to.
    enum Outcome: Sendable {
        case defined(Secret, isChanged: Bool)
        case deleted(String)
        /// A definition of this name was refused: it can be said again.
        case refused(name: String, Refusal)
        case kept(Refusal)
    }

    static func name(on connection: String, first: String = "", _ fault: Refusal? = nil) -> Question {
        Question(
            "Define a secret of \(SafeText(untrusted: connection))",
            faults(fault) + [
                Line("Specs of what goes there may name it, in inputs that their schema marks x-secret."), Line(),
                Line("What it is called, such as db-password; its source is asked for next.", .dim),
            ], asking: "Name", first: first
        ) { [.answer(Named(name: $0.trimmed))] }
    }

    /// - Parameter old: Its definition so far; `nil` for a new one.
    static func source(of name: String, on connection: String, _ old: Secret?, _ fault: Refusal? = nil) -> Question {
        let title = old == nil ? "Where is \(name)?" : "Another source for \(name)?"
        let sources: [(String, SafeText)] = [
            ("ssm:/shop/db-password", "a parameter of Systems Manager"),
            ("secretsmanager:shop/db:password", "one of Secrets Manager, by key"),
            ("env:DB_PASSWORD", "a variable where the runner is"),
            ("file:/run/secrets/db", "a file where the runner is"),
            ("exec:pass show shop/db", "what a program prints there"),
        ]
        let room = sources.map { SafeText(untrusted: $0.0).width }.max() ?? 0
        return Question(
            SafeText(untrusted: title),
            faults(fault) + [Line("Where its value is, and never the value itself:")]
                + sources.map { example, words in
                    .columns([.init(Line(untrusted: example, .info), room), .init(Line(words, .dim), nil)])
                }, asking: "Source", first: old?.source.text ?? ""
        ) { text in
            [
                .perform { engine in
                    do throws(Refusal) {
                        let (secret, isChanged) = try engine.setSecret(name, source: text.trimmed, on: connection)
                        return Outcome.defined(secret, isChanged: isChanged)
                    } catch {
                        return Outcome.refused(name: name, error)
                    }
                }
            ]
        }
    }

    static func deletion(of secret: Secret) -> Question {
        let (name, connection) = (secret.name, secret.connection)
        return Question(
            "Delete the secret \(SafeText(untrusted: name))?",
            [
                Line(untrusted: "It is no longer defined on \(connection), where it is at:"),
                Line(untrusted: secret.source.text, .info), Line(),
                Line("The value itself stays where it is. A secret that a spec names is not deleted.", .dim),
            ],
            choices: [
                .init(
                    "y", "delete it",
                    [
                        .perform { engine in
                            do throws(Refusal) {
                                try engine.deleteSecret(name, on: connection)
                                return Outcome.deleted(name)
                            } catch {
                                return Outcome.kept(error)
                            }
                        }
                    ]), .init("n", "keep it", []),
            ])
    }

    /// Why the answer before was refused; what would be right stands in the question.
    private static func faults(_ refusal: Refusal?) -> [Line] {
        refusal.map { $0.findings.map { Line(untrusted: $0.message, .fail) } + [Line()] } ?? []
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
