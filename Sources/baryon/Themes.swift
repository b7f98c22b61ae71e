import Documents
import Foundation
import Terminal

/// Colour schemes by name: the two that are built in, else a base16 file.
enum Themes {
    /// Whether there is a theme of that name.
    static func exists(_ name: String) -> Bool {
        ["", "terminal", "monochrome"].contains(name)
            || directories.contains { FileManager.default.fileExists(atPath: "\($0)/\(name).yaml") }
    }

    /// The names that `--theme` takes.
    static var names: [String] {
        let files = directories.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let named = Set(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) })
        return ["terminal", "monochrome"] + named.sorted()
    }

    /// The named theme; a name that is not found is said, and the terminal's own colours are taken.
    static func theme(named name: String?) -> Theme {
        guard let name, !name.isEmpty, name != "terminal" else { return .terminal }
        if name == "monochrome" { return .monochrome }
        for directory in directories {
            let path = "\(directory)/\(name).yaml"
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            do {
                return Theme(try Palette(Source(name: path, bytes: Array(bytes))))
            } catch {
                Console.talk(error.sentences.map { "\(path): \($0)." }.joined(separator: "\n"))
                return .terminal
            }
        }
        Console.talk("There is no colour scheme \(name); the terminal's own colours are used.")
        return .terminal
    }

    /// `BARYON_THEMES`, then `share/baryon/themes` beside the program's prefix, then the checkout.
    private static var directories: [String] {
        var found: [String] = []
        if let named = ProcessInfo.processInfo.environment["BARYON_THEMES"], !named.isEmpty { found.append(named) }
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let folder = (program as NSString).deletingLastPathComponent
        found.append("\(folder)/../share/baryon/themes")
        var above = folder
        for _ in 0..<4 {
            above = (above as NSString).deletingLastPathComponent
            found.append("\(above)/Themes")
        }
        return found
    }
}
