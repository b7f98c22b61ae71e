import Foundation

/// A person's own editor on a text, in a private file.
enum Editor {
    static func edit(_ text: String, suffix: String) -> EditedText {
        let environment = ProcessInfo.processInfo.environment
        let command = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
        let words = command.split(separator: " ").map(String.init)
        guard let program = words.first else { return EditedText(text: nil, fault: "Set EDITOR to a program.") }
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("baryon-\(UUID().uuidString)", isDirectory: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let file = directory.appendingPathComponent("edit\(suffix)")
            try Data(text.utf8).write(to: file)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + words.dropFirst() + [file.path]
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                return EditedText(
                    text: nil, fault: "\(program) ended with \(process.terminationStatus); nothing is changed.")
            }
            let edited = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            return EditedText(text: edited == text ? nil : edited, fault: nil)
        } catch {
            return EditedText(text: nil, fault: "\(program) could not be started: \(error.localizedDescription)")
        }
    }
}
