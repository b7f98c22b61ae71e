/// Where the catalog is kept, by the rule that `--workspace` comes before the environment, and that before the default.
package struct Workspace: Hashable, Sendable {
    /// An absolute path or one relative to the working directory.
    package var path: String

    package init(path: String) { self.path = path }

    /// - Parameters:
    ///   - option: What `--workspace` gave.
    ///   - environment: The process's environment.
    package init(option: String?, environment: [String: String]) {
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let option, !option.isEmpty {
            path = option
        } else if let named = given("BARYON_WORKSPACE") {
            path = named
        } else if let data = given("XDG_DATA_HOME") {
            path = "\(data)/baryon"
        } else {
            path = "\(given("HOME") ?? "/")/.local/share/baryon"
        }
    }
}
