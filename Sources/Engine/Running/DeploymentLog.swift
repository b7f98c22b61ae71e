import Catalog
import Foundation

/// What tools printed during a deployment, whole, as a file of the workspace: `logs/12.log`.
struct DeploymentLog: Sendable {
    let path: String

    init(directory: String, _ id: Deployment.ID) { path = "\(directory)/logs/\(id.number).log" }

    /// A log is for reading: a disk without room must not end a deployment whose state can still be kept.
    func append(_ text: String) {
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        var bytes = ArraySlice(Array(text.utf8))
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
