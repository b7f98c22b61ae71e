import Documents

/// Where the catalog is kept, by the rule that `--workspace` comes before the environment, and that before the default.
package struct Workspace: Hashable, Sendable {
    /// An absolute path or one relative to the working directory; empty where nothing tells one.
    package var path: String
    /// What `HOME` says where it is of no use.
    private var badHome: String?

    package init(path: String) { self.path = path }

    /// - Parameters:
    ///   - option: What `--workspace` gave.
    ///   - environment: The process's environment.
    package init(option: String?, environment: [String: String]) {
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        path = ""
        if let option, !option.isEmpty {
            path = option
        } else if let named = given("BARYON_WORKSPACE") {
            path = named
        } else if let data = given("XDG_DATA_HOME"), data.hasPrefix("/") {
            // The specification has relative paths ignored.
            path = "\(data)/baryon"
        } else if let home = given("HOME"), home.hasPrefix("/") {
            path = "\(home)/.local/share/baryon"
        } else {
            badHome = given("HOME") ?? ""
        }
    }

    /// This workspace where it has a place; else a sentence about what is to be set.
    package func checked() throws(Refusal) -> Workspace {
        guard let badHome else { return self }
        throw Refusal(
            "workspace.home",
            badHome.isEmpty
                ? "HOME must name your directory, but is not set."
                : "HOME must be an absolute path, but is \"\(badHome)\".",
            hint: "Set it, or name a workspace with --workspace DIR.")
    }
}
