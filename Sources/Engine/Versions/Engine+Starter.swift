import Bundles
import CEmbedded
import Catalog
import Documents
import Store

/// The catalog that an empty workspace starts with.
extension Engine {
    /// Registers the embedded bundles; what is older than the first draft of a template is published.
    func loadStarterCatalog() throws(Refusal) {
        for starter in StarterBundle.all() {
            let bundle = Bundle(files: BundleFiles(starter.files), name: starter.template)
            _ = try register(
                bundle,
                Registration(
                    path: "starter", name: starter.template, numbering: .exact(starter.number),
                    owner: "platform")
            )
            if starter.number == VersionNumber(1, 0) {
                _ = try publish(starter.template, starter.number, why: "starter catalog")
            }
        }
    }
}

/// One embedded bundle: `<template>/v<major>.<minor>/...`.
struct StarterBundle {
    var template: String
    var number: VersionNumber
    var files: [BundleFiles.File]

    /// Environments first, because services are checked against their outputs.
    static func all() -> [StarterBundle] {
        var bundles: [String: StarterBundle] = [:]
        for index in 0..<baryon_starter_count() {
            let path = String(cString: baryon_starter_path(index))
            let start = baryon_starter_bytes(index)
            let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3, let number = VersionNumber(String(parts[1].dropFirst())) else { continue }
            let bytes = Array(UnsafeBufferPointer(start: start, count: baryon_starter_length(index)))
            let key = "\(parts[0]) \(parts[1])"
            bundles[key, default: StarterBundle(template: parts[0], number: number, files: [])].files.append(
                BundleFiles.File(path: parts[2], bytes: bytes))
        }
        return bundles.values.sorted {
            let (left, right) = ($0.isEnvironment ? 0 : 1, $1.isEnvironment ? 0 : 1)
            return (left, $0.template, $0.number) < (right, $1.template, $1.number)
        }
    }

    private var isEnvironment: Bool { files.contains { $0.path.hasPrefix("infrastructure/") } }
}
