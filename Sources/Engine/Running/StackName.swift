import Catalog
import Store

/// The name of a target's stack: unique in a workspace, and within CloudFormation's alphabet.
///
/// Target names may hold `_`, which stack names may not; `--` keeps the parts apart.
enum StackName {
    /// What CloudFormation takes.
    private static let longest = 128

    static func of(_ target: Target) -> String {
        let parts =
            switch target {
            case .environment(let name): ["env", name]
            case .instance(let service, let name): ["svc", service, name]
            case .pipeline(let service): ["pipeline", service]
            case .component(let name): ["component", name]
            }
        let name = "baryon-" + parts.map(escaped).joined(separator: "--")
        guard name.utf8.count > longest else { return name }
        return String(name.prefix(longest - 13)) + "-" + Store.digest(of: Array(target.id.utf8)).prefix(12)
    }

    /// The stack that a target has, else the one that it will have.
    static func of(_ target: Target, _ record: TargetRecord?, in connection: Connection) -> String {
        guard let stack = record?.stack, stack.isIn(connection) else { return of(target) }
        return stack.name
    }

    /// `_` becomes `-u-`, and a run of dashes is broken up, so that two names never meet.
    private static func escaped(_ name: String) -> String {
        name.replacing("--", with: "-d-d-").replacing("_", with: "-u-")
    }
}
