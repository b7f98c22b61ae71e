import Documents
import Schemas

extension ManifestReader {
    /// How a CodeBuild part is run; every word of it is held against what the service knew.
    mutating func settings(_ entry: Object, at pointer: Pointer) -> CodeBuildSettings? {
        let pointer = pointer.appending("settings")
        guard let settings = entry["settings"]?.object else {
            report(
                "manifest.settings", "An entry for codebuild must have settings, but has not.",
                hint: "Add settings with provision and deprovision commands.", at: pointer)
            return nil
        }
        let provision = commands(settings, "provision", at: pointer)
        let deprovision = commands(settings, "deprovision", at: pointer)
        checkWords(settings, at: pointer)
        return CodeBuildSettings(
            inputType: inputType(settings, at: pointer), provision: provision, deprovision: deprovision,
            settings: settings)
    }

    private mutating func commands(_ settings: Object, _ key: String, at pointer: Pointer) -> [String] {
        guard let value = settings[key] else {
            report(
                "manifest.settings", "CodeBuild settings must have \(key) commands, but have none.",
                hint: "Add \(key).", at: pointer, severity: .warning)
            return []
        }
        let commands = (value.list ?? []).compactMap(\.string)
        if commands.isEmpty || commands.count != value.list?.count {
            report(
                "manifest.settings", "\(key) must be a list of commands, but is \(value.kind).",
                hint: "Write each command as an item, in quotes if it holds \": \".", at: pointer.appending(key))
        }
        return commands
    }

    private mutating func inputType(_ settings: Object, at pointer: Pointer) -> CodeBuildSettings.InputType {
        guard let value = settings["input_type"] else { return .json }
        if let type = value.string.flatMap({ CodeBuildSettings.InputType(rawValue: $0.uppercased()) }) { return type }
        report(
            "manifest.settings", "input_type must be JSON or HCL, but is \(value.string ?? value.kind).",
            hint: "Write JSON, or leave it out.", at: pointer.appending("input_type"))
        return .json
    }

    private mutating func checkWords(_ settings: Object, at pointer: Pointer) {
        let known = ["image", "runtimes", "env", "provision", "deprovision", "project_properties", "input_type"]
        for key in settings.keys where !known.contains(key) {
            let near = NearWord.nearest(to: key, among: known)
            report(
                "manifest.key", "CodeBuild settings must hold \(known.joined(separator: ", ")), but hold \(key).",
                hint: near.map { "Write \($0)." } ?? "Remove it.", at: pointer.appending(key), severity: .warning)
        }
        for key in ["image", "runtimes"] where settings[key] == nil {
            report(
                "manifest.settings", "CodeBuild settings must have \(key), but have not.",
                hint: key == "image"
                    ? "Name the build's image, such as aws/codebuild/standard:7.0."
                    : "Name a runtime and its version, such as nodejs: 20; the service asked for one.",
                at: pointer, severity: .warning)
        }
        if let image = settings["image"], image.string == nil {
            report(
                "manifest.settings", "image must be text, but is \(image.kind).", hint: "Put the value into quotes.",
                at: pointer.appending("image"))
        }
        for key in ["runtimes", "env", "project_properties"] {
            guard let value = settings[key], value.object == nil else { continue }
            report(
                "manifest.settings", "\(key) must be an object, but is \(value.kind).",
                hint: "Write a name and a value a line below it.", at: pointer.appending(key))
        }
    }
}
