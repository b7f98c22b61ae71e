package import Catalog
package import Engine
package import Terminal

/// What every page has at hand.
package struct Desk: Sendable {
    package var engine: Engine
    /// Whose things are shown first; empty for everyone's.
    package var owner: String
    /// The room for the page's content.
    package var content: Rect
    /// The whole terminal.
    package var size: Size
    package var runner: RunnerOptions
    /// Whether a runner works inside this program now.
    package var isRunning: Bool
    /// Where environments of the workspace go: what the screens say that are about no one place.
    package var places: [Place]

    package init(engine: Engine, owner: String = "", size: Size = Size(80, 24), runner: RunnerOptions = RunnerOptions())
    {
        self.engine = engine
        self.owner = owner
        self.size = size
        self.runner = runner
        content = Chrome.content(of: size)
        isRunning = false
        places = []
    }

    package var now: Instant { engine.now() }

    /// How long ago, short: `4m`, `2h`, `41d`.
    package func age(of instant: Instant) -> SafeText {
        SafeText(untrusted: Age.text(milliseconds: now.milliseconds - instant.milliseconds))
    }
}

/// Times as columns show them.
package enum Age {
    /// `12s`, `4m`, `2h`, `41d`, `3y`.
    package static func text(milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3600)h"
        case ..<(86_400 * 730): return "\(seconds / 86_400)d"
        default: return "\(seconds / (86_400 * 365))y"
        }
    }

    /// A span of work: `0.4s`, `12s`, `2m44s`.
    package static func took(milliseconds: Int64) -> String {
        let milliseconds = max(0, milliseconds)
        if milliseconds < 10_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s" }
        let seconds = milliseconds / 1000
        if seconds < 60 { return "\(seconds)s" }
        let rest = seconds % 60
        if seconds < 3600 { return "\(seconds / 60)m\(rest < 10 ? "0" : "")\(rest)s" }
        let minutes = seconds / 60 % 60
        return "\(seconds / 3600)h\(minutes < 10 ? "0" : "")\(minutes)m"
    }
}
