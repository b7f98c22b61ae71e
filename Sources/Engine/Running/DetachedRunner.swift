import Documents
import Foundation
import Store

extension Engine {
    /// Starts `baryon runner --until-idle` in a session of its own, so that it outlives this process and its terminal.
    ///
    /// Its log is `runner.log` in the workspace.
    ///
    /// - Parameter connections: Where the work goes; `nil` for wherever something is not finished.
    /// - Returns: `false` when a live runner has the work already, or this person's programs may not take any of it;
    ///   nothing is started then.
    @discardableResult
    package func startDetachedRunner(
        _ options: RunnerOptions = RunnerOptions(), for connections: Set<String>? = nil
    ) throws(Refusal) -> Bool {
        let all = if let connections { connections } else { try refusing { try store.unfinishedConnections() } }
        let claimed = all.filter { access.mayClaim($0) }
        if claimed.isEmpty || hasLiveRunner(for: claimed) { return false }
        var arguments = [DetachedRunner.program, "runner", "--until-idle", "--workspace", workspace.path]
        if let failAt = options.failAt { arguments += ["--fail-at", failAt] }
        if options.paceMilliseconds > 0 { arguments += ["--pace", String(options.paceMilliseconds)] }
        let status = DetachedRunner.spawn(arguments, log: "\(workspace.path)/runner.log")
        guard status == 0 else {
            throw Refusal(
                "runner.start", "Baryon could not start a runner: \(String(cString: strerror(status))).",
                hint: "Run it yourself: baryon runner --until-idle"
            )
        }
        return true
    }
}

enum DetachedRunner {
    /// This program's own file.
    static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments.first ?? "baryon"
    }

    /// Starts a program with no terminal and its output at the end of `log`; gives the error number, 0 for none.
    static func spawn(_ arguments: [String], log: String) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Whoever reads this process's pipes must see their end when it ends, not when the runner does.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that this process blocks or ignores for its screen must reach the runner.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        return posix_spawn(&process, arguments[0], &actions, &attributes, words, environ)
    }

    /// `POSIX_SPAWN_SETSID` of glibc, which Swift does not import.
    private static let newSession: Int32 = 0x80
}
