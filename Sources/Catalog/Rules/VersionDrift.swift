/// How far a target is from the version that its template recommends.
package enum VersionDrift: String, Hashable, Sendable, CaseIterable {
    case current
    /// Same major, lower minor than recommended.
    case minor
    case major
    /// Its version was withdrawn, or an older one is recommended now.
    case back
    /// The template recommends nothing.
    case none

    package init(running: VersionNumber, in line: VersionLine) {
        if let wanted = line.recommended(inMajor: running.major), wanted < running {
            self = .back
        } else if line.status(of: running) == .withdrawn {
            self = .back
        } else if let recommended = line.recommended, recommended.major > running.major {
            self = .major
        } else if let wanted = line.recommended(inMajor: running.major), wanted > running {
            self = .minor
        } else {
            self = line.recommended == nil ? .none : .current
        }
    }

    /// As columns and sentences show it; majors stand out.
    package var title: String {
        switch self {
        case .current, .none: "-"
        case .minor: "minor"
        case .major: "MAJOR"
        case .back: "back"
        }
    }
}
