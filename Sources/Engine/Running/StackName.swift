import Catalog

/// The name of a target's stack: unique in a workspace, and within CloudFormation's alphabet.
///
/// Target names may hold `_`, which stack names may not; `--` keeps the parts apart.
enum StackName {
    static func of(_ target: Target) -> String {
        let parts =
            switch target {
            case .environment(let name): ["env", name]
            case .instance(let service, let name): ["svc", service, name]
            case .pipeline(let service): ["pipeline", service]
            }
        return "baryon-" + parts.map(escaped).joined(separator: "--")
    }

    /// `_` becomes `-u-`, and a run of dashes is broken up, so that two names never meet.
    private static func escaped(_ name: String) -> String {
        name.replacing("--", with: "-d-d-").replacing("_", with: "-u-")
    }
}
