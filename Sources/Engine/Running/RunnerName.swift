import Foundation

/// Who holds a lease: the host, the process and when it started, so that a reused process number is not mistaken.
struct RunnerName: Hashable, Sendable {
    var host: String
    var process: Int32
    var start: String

    static let current = RunnerName(
        host: ProcessInfo.processInfo.hostName, process: getpid(), start: startTime(of: getpid()) ?? "0"
    )

    var text: String { "\(host):\(process):\(start)" }

    init(host: String, process: Int32, start: String) {
        self.host = host
        self.process = process
        self.start = start
    }

    init?(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 3, let process = Int32(parts[1]) else { return nil }
        self.init(host: parts[0], process: process, start: parts[2])
    }

    /// Whether the owner is known to be gone: only this host's processes can be looked at.
    static func isDead(_ owner: String) -> Bool {
        guard let name = RunnerName(owner), name.host == current.host else { return false }
        return startTime(of: name.process) != name.start
    }

    /// When a process started, in the kernel's ticks; `nil` for one that is not there, or only as a zombie.
    private static func startTime(of process: Int32) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return FileManager.default.fileExists(atPath: "/proc") ? nil : (kill(process, 0) == 0 ? "0" : nil)
        }
        // The command's name stands in parentheses and may hold spaces: fields are counted behind it.
        guard let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[close...].split(separator: " ")
        guard fields.count > 20, fields[1] != "Z" else { return nil }
        return String(fields[20])
    }
}
