import Documents
import Engine
import Foundation

/// A person's own configuration: `baryon/` in `XDG_CONFIG_HOME`, else in `~/.config`.
///
/// `keys` has keys of their own, `config.yaml` what their programs may carry out and as whom.
enum PersonalFile {
    static func path(_ name: String, _ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? ""
        let configured = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (configured ?? home + "/.config") + "/baryon/" + name
    }

    /// Empty where there is none.
    static func text(_ name: String, _ environment: [String: String]) -> String {
        FileManager.default.contents(atPath: path(name, environment)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    static func access(_ environment: [String: String]) -> (access: Access, findings: [Finding]) {
        let text = text("config.yaml", environment)
        return text.isEmpty ? (Access(), []) : Access.read(text, name: path("config.yaml", environment))
    }
}
